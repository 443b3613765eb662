/** Time (ms) between two redraws of a chart for a person who prefers reduced motion. */
const calmInterval = 10_000;

/**
 * Decides which chart is drawn when. At most one per frame; only charts on screen whose picture would move by a pixel; none while a
 * person reads one or the tab is hidden; and after each draw a rest nine times as long as it took, so that drawing takes at most a
 * tenth of the main thread however slow the machine is.
 */
export class Scheduler {
  #plots;
  #board;
  #pending = false;
  #restUntil = 0;
  #timer;
  #channel = new MessageChannel();
  #calm = matchMedia('(prefers-reduced-motion: reduce)');

  /** The share of the main thread that drawing may take. */
  static share = 0.1;

  /** `board` provides view(), isRead() and drawn(plot, cost). */
  constructor(plots, board) {
    this.#plots = plots;
    this.#board = board;
  }

  /** Schedules what is due. Cheap to call often. */
  wake() {
    if (this.#pending || document.hidden) return;
    const next = this.#next();
    if (next === undefined) return;
    const rest = next.isStale ? 0 : this.#restUntil - performance.now();
    this.#pending = true;
    if (rest > 0) this.#timer = setTimeout(() => this.#frame(), rest); else this.#frame();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#channel.port1.close();
    this.#pending = true;
  }

  /** The chart that has waited longest; a stale one comes before one that lags. */
  #next() {
    const view = this.#board.view();
    let found;
    for (const plot of this.#plots()) {
      if (!plot.onScreen || !plot.wouldMove(view) || (!plot.isStale && this.#isHeld(plot))) continue;
      if (found === undefined || plot.isStale > found.isStale || (plot.isStale === found.isStale && plot.drawnAt < found.drawnAt)) found = plot;
    }
    return found;
  }

  #isHeld(plot) {
    return this.#board.isRead() || (this.#calm.matches && performance.now() - plot.drawnAt < calmInterval);
  }

  #frame() {
    requestAnimationFrame(() => {
      const plot = document.hidden ? undefined : this.#next();
      const start = performance.now();
      if (plot) plot.draw(this.#board.view());
      this.#afterPaint(() => {
        const end = performance.now();
        this.#pending = false;
        if (plot) {
          plot.drawnAt = end;
          this.#restUntil = end + (end - start) * (1 / Scheduler.share - 1);
          this.#board.drawn(plot, end - start);
        }
        this.wake();
      });
    });
  }

  /** Runs after style, layout and paint of the current frame, which belong to the cost of a draw. */
  #afterPaint(then) {
    this.#channel.port1.onmessage = then;
    this.#channel.port2.postMessage(null);
  }
}
