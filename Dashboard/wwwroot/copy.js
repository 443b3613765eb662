// Copies a text at a click on a button with `data-copy-text`, the text, or `data-copy`, the id of the element that holds it; says on the
// button whether it worked.
const saidForMs = 2000;

const copy = async text => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Over plain http there is no clipboard API.
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'sr-only';
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
};

/** What people read: the cells of a table apart, rows and items below each other. */
const textOf = source => {
  const rows = [...source.querySelectorAll('tr, li')];
  const plain = node => node.textContent.trim().replace(/\s+/g, ' ');
  return rows.length === 0 ? plain(source) : rows.map(row => [...row.cells ?? [row]].map(plain).join('\t')).join('\n');
};

document.addEventListener('click', async event => {
  const button = event.target.closest('[data-copy], [data-copy-text]');
  const source = button?.dataset.copy && document.getElementById(button.dataset.copy);
  const text = button?.dataset.copyText ?? (source ? textOf(source) : null);
  if (text === null) {
    return;
  }

  const worked = await copy(text);
  document.getElementById('copied').textContent = worked ? 'Copied' : 'Not copied. Select the text and copy it.';
  button.dataset.said = worked ? 'Copied' : 'Select and copy it';
  button.focus();
  setTimeout(() => {
    delete button.dataset.said;
    document.getElementById('copied').textContent = '';
  }, saidForMs);
});
