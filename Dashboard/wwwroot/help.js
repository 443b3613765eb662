// Escape closes the explanation of a number, whether it was opened by the focus or by the mouse. The focus stays where it is.
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') {
    return;
  }

  for (const name of document.querySelectorAll('.help:hover, .help:focus')) {
    const root = name.closest('.mud-tooltip-root');
    root?.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
    root?.dispatchEvent(new PointerEvent('pointerleave'));
  }
});
