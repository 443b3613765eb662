import { Plot } from '../../charts/plot.js';
import { Pointer } from '../../charts/pointer.js';
import { save } from '../../charts/save.js';
import { Scheduler } from '../../charts/scheduler.js';
import { clocks, useZone } from '../../charts/timeaxis.js';

/**
 * Opens the board of a page. `page` is a .NET reference that is told the range a person chose, or null when nobody asks; times are in the
 * zone of this IANA id.
 */
export function open(root, page, zone = 'UTC') {
  useZone(zone);
  return new Board(root, page);
}

/** All charts of a page: one message a tick feeds them, one scheduler draws them, one pointer reads them. */
class Board {
  #root;
  #page;
  #plots = new Map();
  #view = { from: 0, to: 1, live: true };
  #abort = new AbortController();
  #scheduler = new Scheduler(() => this.#plots.values(), { view: () => this.#view, isRead: () => this.#pointer.isReading, drawn: (plot, cost) => this.#drawn(plot, cost) });
  #pointer;
  #seen = new IntersectionObserver(entries => this.#see(entries), { rootMargin: '48px' });
  #sized = new ResizeObserver(entries => this.#size(entries));

  constructor(root, page) {
    this.#root = root;
    this.#page = page;
    this.#pointer = new Pointer(this, root);
    root.addEventListener('click', event => this.#save(event), { signal: this.closed });
    document.addEventListener('visibilitychange', () => this.resume(), { signal: this.closed });
  }

  get closed() {
    return this.#abort.signal;
  }

  get canZoom() {
    return this.#page !== null;
  }

  /** Takes everything that is new since the last tick: {now, window, frozen, charts: [{id, seed, spec, marks, tracks}]}. */
  tick({ now, window, frozen, charts }) {
    this.#view = { from: now - window, to: now, live: !frozen };
    for (const sent of charts) {
      if (!this.#plots.has(sent.id)) this.#plots.set(sent.id, new Plot());
      this.#plots.get(sent.id).accept(sent, this.#view);
    }
    this.#adopt();
    this.resume();
  }

  /** Shows times in another zone, an IANA id. */
  show(zone) {
    useZone(zone);
    this.each(plot => plot.outdate());
    this.resume();
  }

  close() {
    this.#scheduler.stop();
    this.#abort.abort();
    this.#seen.disconnect();
    this.#sized.disconnect();
    this.each(plot => plot.unmount());
    this.#plots.clear();
  }

  each(act) {
    this.#plots.forEach(act);
  }

  plotOf(target) {
    const host = target?.closest?.('[data-chart]');
    return host && this.#root.contains(host) ? this.#plots.get(host.dataset.chart) ?? null : null;
  }

  resume() {
    this.#scheduler.wake();
  }

  zoom(from, to) {
    this.#pointer.leave();
    this.#page?.invokeMethodAsync('ZoomedAsync', Math.round(from), Math.round(to));
  }

  #save({ target }) {
    const button = target.closest?.('[data-chart-save]');
    const plot = button && this.plotOf(button.closest('section')?.querySelector('[data-chart]'));
    if (plot) save(plot, button.dataset.chartSave);
  }

  /** Charts come and go with the page's own rendering: take the new elements, let go of the gone ones. */
  #adopt() {
    for (const [id, plot] of this.#plots) {
      const host = plot.host?.isConnected ? plot.host : this.#root.querySelector(`[data-chart="${CSS.escape(id)}"]`);
      if (host === plot.host) continue;
      if (plot.host) this.#forget(plot.host);
      if (host === null) {
        plot.unmount();
        continue;
      }
      plot.mount(host);
      this.#seen.observe(host);
      this.#sized.observe(host);
    }
  }

  #forget(host) {
    this.#seen.unobserve(host);
    this.#sized.unobserve(host);
  }

  #see(entries) {
    for (const { target, isIntersecting } of entries) {
      const plot = this.plotOf(target);
      if (plot?.host === target) plot.onScreen = isIntersecting;
    }
    this.resume();
  }

  #size(entries) {
    for (const { target, contentRect } of entries) {
      const plot = this.plotOf(target);
      const before = plot?.drawn;
      if (before && contentRect.width !== before.hostWidth) plot.outdate();
    }
    this.resume();
  }

  #drawn(plot, cost) {
    this.#explain(plot);
    this.#pointer.refresh();
    plot.host?.dispatchEvent(new CustomEvent('chartdraw', { bubbles: true, detail: { cost } }));
  }

  /** Says under the plot why the newest gap in view is there. */
  #explain(plot) {
    const line = plot.host?.closest('section')?.querySelector('[data-chart-gap]');
    if (!line) return;
    const gap = plot.marks.findLast(mark => mark.until && mark.until >= this.#view.from && mark.time <= this.#view.to);
    const words = gap ? `gap ${clocks(gap.time, gap.until)}: ${gap.text}` : '';
    if (line.textContent !== words) line.textContent = words;
  }
}
