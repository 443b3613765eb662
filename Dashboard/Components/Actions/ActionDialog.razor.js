const waitMs = 10000;
const settleMs = 2000;

// The dialog appears some time after it is asked for, on a slow network or a busy machine later.
export const focus = (id, until = performance.now() + waitMs) => requestAnimationFrame(() => {
  const field = document.getElementById(id);
  if (field) {
    field.focus({ preventScroll: true });
  } else if (performance.now() < until) {
    focus(id, until);
  }
});

// Brings what was begun before the eyes. A dialog that closes gives the focus back to its button, at a moment of its own; the panel has it
// until the person presses something.
export const show = id => {
  const panel = document.getElementById(id);
  const pressed = new AbortController();
  for (const kind of ['keydown', 'pointerdown']) {
    document.addEventListener(kind, () => pressed.abort(), { capture: true, signal: pressed.signal });
  }
  hold(panel, pressed, performance.now() + settleMs);
};

const hold = (panel, pressed, until) => {
  if (pressed.signal.aborted || !panel?.isConnected || performance.now() > until) {
    pressed.abort();
    return;
  }

  if (document.activeElement !== panel) {
    panel.focus({ preventScroll: true });
  }
  // While a dialog is open, the page does not scroll.
  if (!document.querySelector('.mud-dialog')) {
    panel.scrollIntoView({ block: 'nearest' });
  }
  requestAnimationFrame(() => hold(panel, pressed, until));
};
