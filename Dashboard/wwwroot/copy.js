// Copies a text at a click on a button with `data-copy`, the id of the element that holds it, and says on the button whether it worked.
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

document.addEventListener('click', async event => {
  const button = event.target.closest('[data-copy]');
  const source = button && document.getElementById(button.dataset.copy);
  if (!source) {
    return;
  }

  button.dataset.said = await copy(source.textContent.trim().replace(/\s+/g, ' ')) ? 'Copied' : 'Select and copy it';
  button.focus();
  setTimeout(() => delete button.dataset.said, saidForMs);
});
