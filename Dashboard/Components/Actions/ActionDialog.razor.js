export const open = dialog => {
  if (!dialog.open) {
    dialog.showModal();
  }
};

export const focus = id => document.getElementById(id)?.focus();

export const close = dialog => dialog.close();

// Brings what was begun before the eyes.
export const show = id => document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
