// The explanation of a number stays while the pointer is on the number or on the explanation, and Escape closes it (WCAG 1.4.13). The focus
// stays where it is.
const crossingMs = 250; // For the pointer on its way from one to the other.
let shown = null; // The number whose explanation the pointer opened.
let closing;

const close = root => {
  root.dispatchEvent(new PointerEvent('pointerleave'));
  if (shown === root) {
    shown = null;
  }
};

const isOn = (event, selector) => event.target instanceof Element && event.target.matches(selector);

window.addEventListener('pointerenter', event => {
  if (isOn(event, '.help-root, .help-text')) {
    clearTimeout(closing);
  }
  if (isOn(event, '.help-root')) {
    if (shown && shown !== event.target) {
      close(shown);
    }
    shown = event.target;
  }
}, true);

// The page hears that the pointer left only once it is on neither.
window.addEventListener('pointerleave', event => {
  if (!event.isTrusted || !shown || !isOn(event, '.help-root, .help-text')) {
    return;
  }

  event.stopImmediatePropagation();
  const root = shown;
  clearTimeout(closing);
  closing = setTimeout(() => close(root), crossingMs);
}, true);

document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') {
    return;
  }

  for (const name of document.querySelectorAll('.help:hover, .help:focus')) {
    const root = name.closest('.mud-tooltip-root');
    root?.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
  }
  for (const root of new Set([shown, document.querySelector('.help-root:hover')])) {
    if (root) {
      close(root);
    }
  }
});
