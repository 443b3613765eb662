const frames = 30;

// The field may appear some frames after it is asked for.
export const focus = (id, left = frames) => requestAnimationFrame(() => {
  const field = document.getElementById(id);
  if (field) {
    field.focus({ preventScroll: true });
  } else if (left > 0) {
    focus(id, left - 1);
  }
});

// Brings what was begun before the eyes.
export const show = id => {
  const panel = document.getElementById(id);
  panel?.scrollIntoView({ block: 'nearest' });
  panel?.focus({ preventScroll: true });
};
