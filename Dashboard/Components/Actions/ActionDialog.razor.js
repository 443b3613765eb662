const waitMs = 10000;
const settleMs = 2000;

// The dialog appears some time after it is asked for, on a slow network or a busy machine later.
export const focus = (id, until = performance.now() + waitMs) => requestAnimationFrame(() => {
  const field = document.getElementById(id);
  if (field) {
    keep(field);
  } else if (performance.now() < until) {
    focus(id, until);
  }
});

// Brings what was begun before the eyes.
export const show = id => keep(document.getElementById(id));

// A dialog that opens or closes moves the focus at a moment of its own; the element has it until the person presses something.
const keep = element => {
  const pressed = new AbortController();
  for (const kind of ['keydown', 'pointerdown']) {
    document.addEventListener(kind, () => pressed.abort(), { capture: true, signal: pressed.signal });
  }
  hold(element, pressed, performance.now() + settleMs);
};

const hold = (element, pressed, until) => {
  if (pressed.signal.aborted || !element?.isConnected || performance.now() > until) {
    pressed.abort();
    return;
  }

  if (document.activeElement !== element && !isUsed(element.closest('.mud-dialog'))) {
    element.focus({ preventScroll: true });
  }
  // While a dialog is open, the page does not scroll.
  if (!document.querySelector('.mud-dialog')) {
    element.scrollIntoView({ block: 'nearest' });
  }
  requestAnimationFrame(() => hold(element, pressed, until));
};

// Whether somebody is at another field or button of the dialog, perhaps without a key or a pointer.
const isUsed = dialog => dialog?.contains(document.activeElement)
  && document.activeElement.matches('a, button, input, select, summary, textarea');
