import { gutter } from './frame.js';

/** A pointer that has not moved for this long (ms) no longer counts as reading. */
const patience = 15_000;
/** A movement of less than this many pixels is a click, not a drag. */
const slack = 5;

/**
 * The pointer over the charts: a person reads an instant in all of them, and with a mouse or pen drags or clicks to choose a range of
 * time. A finger only reads; what it read stays until it taps elsewhere.
 */
export class Pointer {
  #board;
  #plot = null;
  #start = null;
  #select = null;
  #time = null;
  #asked = false;
  #movedAt = 0;

  constructor(board, root) {
    this.#board = board;
    const on = (name, act) => root.addEventListener(name, act, { signal: board.closed });
    on('pointermove', event => this.#move(event));
    on('pointerdown', event => this.#down(event));
    on('pointerup', event => this.#up(event));
    on('pointercancel', () => this.leave());
    on('pointerleave', event => event.pointerType !== 'touch' && this.leave());
    const page = root.ownerDocument;
    page.addEventListener('keydown', event => event.key === 'Escape' && this.leave(), { signal: board.closed });
    page.addEventListener('pointerdown', event => board.plotOf(event.target) === null && this.leave(), { signal: board.closed });
  }

  /** Whether a person is reading now: then nothing may move under the pointer. */
  get isReading() {
    return this.#plot !== null && performance.now() - this.#movedAt < patience;
  }

  /** Reads again what is under a resting pointer, after a redraw moved it. */
  refresh() {
    if (this.#plot !== null) this.#show();
  }

  leave() {
    if (this.#plot === null) return;
    this.#drop();
    this.#plot = null;
    this.#board.each(plot => plot.unread());
    this.#board.resume();
  }

  #move(event) {
    const plot = this.#start !== null ? this.#plot : this.#board.plotOf(event.target);
    if (plot === null || plot.drawn === null) return this.leave();
    this.#plot = plot;
    this.#time = plot.timeAt(event.clientX);
    this.#movedAt = performance.now();
    if (this.#start !== null && Math.abs(event.clientX - this.#start.x) >= slack) this.#stretch();
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      if (this.#plot !== null) this.#show();
    });
  }

  #show() {
    this.#board.each(plot => plot.onScreen ? plot.read(this.#time, plot === this.#plot) : plot.unread());
  }

  #down(event) {
    const plot = this.#board.plotOf(event.target);
    if (event.pointerType === 'touch') return this.#move(event);
    if (plot === null || plot.drawn === null || event.button !== 0 || !this.#board.canZoom) return;
    this.#plot = plot;
    this.#start = { x: event.clientX, time: plot.timeAt(event.clientX) };
    plot.host.setPointerCapture(event.pointerId);
    event.preventDefault();
  }

  #up(event) {
    if (this.#start === null) return;
    const { x, time } = this.#start;
    const { from, to } = this.#plot.drawn.view;
    const other = this.#plot.timeAt(event.clientX);
    this.#drop();
    if (Math.abs(event.clientX - x) >= slack) {
      this.#board.zoom(Math.min(time, other), Math.max(time, other));
    } else {
      const half = (to - from) / 8;
      const middle = Math.min(to - half, Math.max(from + half, time));
      this.#board.zoom(middle - half, middle + half);
    }
  }

  #stretch() {
    this.#select ??= this.#plot.host.appendChild(Object.assign(document.createElement('div'), { className: 'chart-select' }));
    const [left, right] = [this.#plot.leftOf(this.#start.time), this.#plot.leftOf(this.#time)].sort((a, b) => a - b);
    this.#select.style.transform = `translate(${left}px, ${gutter.top}px)`;
    this.#select.style.width = `${right - left}px`;
    this.#select.style.height = `${this.#plot.drawn.height}px`;
  }

  #drop() {
    this.#select?.remove();
    this.#select = this.#start = null;
  }
}
