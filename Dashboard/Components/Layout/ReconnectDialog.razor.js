// Our own reconnect dialog. The URL holds the whole view, so loading it again restores the page.
const dialog = document.getElementById('components-reconnect-modal');
const since = document.getElementById('reconnect-since');
const button = document.getElementById('components-reconnect-button');
const everyMs = 3000;

// The console's time of what the page shows, in the zone of the page; the browser's own where the page has no clock.
const shownAt = () => {
  const [, time, offset] = /(\d\d:\d\d:\d\d)(?: ([+-]\d\d:\d\d))?/.exec(document.querySelector('[data-clock]')?.textContent ?? '') ?? [];
  return `${time ?? new Date().toISOString().slice(11, 19)} ${offset ?? 'UTC'}`;
};

let timer = 0;

const show = state => {
  dialog.dataset.state = state;
  if (!dialog.open) {
    since.textContent = shownAt();
    dialog.showModal();
  }
};

// Blazor.reconnect returns true (reconnected), false (the server does not know this circuit), or throws (no server).
const tryAgain = async () => {
  clearTimeout(timer);
  try {
    if (!await Blazor.reconnect()) {
      location.reload();
    }
  } catch {
    timer = setTimeout(tryAgain, everyMs);
  }
};

dialog.addEventListener('components-reconnect-state-changed', event => {
  const state = event.detail.state;
  if (state === 'hide') {
    clearTimeout(timer);
    dialog.close();
  } else if (state === 'rejected') {
    show('rejected');
    location.reload();
  } else if (state === 'failed') {
    show('failed');
    timer = setTimeout(tryAgain, everyMs);
  } else {
    show(state === 'retrying' && event.detail.secondsToNextAttempt > 0 ? 'counting' : 'trying');
  }
});

button.addEventListener('click', tryAgain);
dialog.addEventListener('cancel', event => event.preventDefault());
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && dialog.dataset.state === 'failed') {
    tryAgain();
  }
});
