// Says when a page no longer follows the console, long before the connection counts as lost: the clock in its bar stands still. The clock's
// `data-clock` is how long it may stand still, in milliseconds.
const lookEveryMs = 500;
let shown = null;
let since = performance.now();

const look = () => {
  const clock = document.querySelector('[data-clock]');
  if (!clock) {
    return;
  }

  if (clock.textContent !== shown) {
    shown = clock.textContent;
    since = performance.now();
  }

  const still = performance.now() - since;
  const isStill = still > Number(clock.dataset.clock);
  if (isStill) {
    clock.dataset.still = Math.floor(still / 1000);
  } else {
    delete clock.dataset.still;
  }

  // A screen reader says it once, not every second.
  const said = isStill ? 'No news from the console. What is shown may be old.' : '';
  const status = document.getElementById('no-news');
  if (status.textContent !== said) {
    status.textContent = said;
  }
};

setInterval(look, lookEveryMs);
// A hidden page gets no beats, and the first one after it is shown again takes a moment.
document.addEventListener('visibilitychange', () => {
  shown = null;
  look();
});
