const waitMs = 10000;

// The dialog appears some time after it is asked for, on a slow network or a busy machine later.
export const focus = (id, until = performance.now() + waitMs) => requestAnimationFrame(() => {
  const field = document.getElementById(id);
  if (field) {
    field.focus({ preventScroll: true });
  } else if (performance.now() < until) {
    focus(id, until);
  }
});

// Brings what was begun before the eyes.
export const show = id => {
  const panel = document.getElementById(id);
  panel?.scrollIntoView({ block: 'nearest' });
  panel?.focus({ preventScroll: true });
};
