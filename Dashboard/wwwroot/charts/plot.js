import { Crosshair } from './crosshair.js';
import { drawFrame, gutter } from './frame.js';
import { Lines } from './lines.js';
import { across, band, down, line } from './shape.js';
import { Track } from './track.js';
import { valueAxis } from './valueaxis.js';

/** One chart: the data that the server sent, and the picture once its element is on the page. */
export class Plot {
  spec = null;
  tracks = [];
  marks = [];
  host = null;
  onScreen = false;
  /** The picture last drawn, null before the first. */
  drawn = null;
  drawnAt = 0;
  #stale = true;
  #fresh = true;
  #tooSmall = false;
  #lines;
  #svg;
  #cross;

  /** Takes a seed or a tail. */
  accept(sent, view) {
    if (sent.spec) this.spec = sent.spec;
    if (sent.marks) this.marks = sent.marks;
    if (sent.seed) {
      this.tracks = sent.tracks.map(() => new Track());
      this.#fresh = true;
    }
    sent.tracks.forEach((one, i) => sent.seed ? this.tracks[i]?.seed(one) : this.tracks[i]?.tail(one));
    if (sent.seed || sent.marks || sent.spec) this.#stale = true;
    if (view.live) for (const track of this.tracks) track.trim(view.from);
  }

  /** Puts the picture into this element; does nothing when it is there already. */
  mount(host) {
    if (host === this.host) return;
    this.unmount();
    this.host = host;
    this.#svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    this.#svg.setAttribute('class', 'chart-frame');
    const lines = document.createElement('div');
    lines.className = 'chart-lines';
    host.append(this.#svg, lines);
    this.#lines = new Lines(lines);
    this.#cross = new Crosshair(host);
    this.#fresh = true;
    this.outdate();
  }

  unmount() {
    this.#lines?.destroy();
    this.host?.replaceChildren();
    this.host = this.drawn = this.#lines = this.#svg = this.#cross = null;
    this.onScreen = false;
  }

  /** Has the chart drawn at the next frame, whatever moved. */
  outdate() {
    this.#stale = true;
    this.#tooSmall = false;
  }

  /** Whether it needs its first picture, has other data, or another size: such a redraw does not wait. */
  get isStale() {
    return this.#stale;
  }

  /** Whether a redraw would move the picture by a pixel. */
  wouldMove(view) {
    if (this.host === null || this.spec === null || this.#tooSmall) return false;
    if (this.#stale || this.drawn === null) return true;
    const { width, height, axis, view: before, ends } = this.drawn;
    if (Math.abs(view.to - before.to) / (view.to - view.from) * width >= 1) return true;
    return this.tracks.some((track, i) => {
      const value = track.v.at(-1) ?? null;
      return (value === null) !== (ends[i] === null) || (value !== null && Math.abs(down(axis, height, value) - down(axis, height, ends[i])) >= 1);
    });
  }

  draw(view) {
    const width = Math.floor(this.host.clientWidth - gutter.left - gutter.right);
    const height = Math.floor(this.host.clientHeight - gutter.top - gutter.bottom);
    this.#tooSmall = width < 20 || height < 20;
    if (this.#tooSmall) return;
    const over = this.tracks.map(track => track.summary(view.from, view.to));
    const low = over.reduce((least, one) => one.low === null ? least : Math.min(least ?? Infinity, one.low), null);
    const high = over.reduce((most, one) => one.high === null ? most : Math.max(most ?? -Infinity, one.high), null);
    const axis = valueAxis(low, high, this.spec, this.#fresh ? null : this.drawn?.axis);
    const series = this.tracks.map((track, i) => ({ name: this.spec.series[i]?.name ?? '', track }));
    this.drawn = { spec: this.spec, view, axis, marks: this.marks, width, height, hostWidth: this.host.clientWidth, series, ends: this.tracks.map(track => track.v.at(-1) ?? null) };
    drawFrame(this.#svg, this.drawn);
    this.#drawLines(view, axis, width, height);
    this.#stale = this.#fresh = false;
  }

  #drawLines(view, axis, width, height) {
    const lines = this.tracks.map(track => ({ type: 'line', data: line(track, view, axis, width, height) }));
    if (this.tracks.length === 1 && this.tracks[0].hasBand) {
      lines.unshift({ type: 'rangeArea', data: band(this.tracks[0], view, axis, width, height) });
    }
    if (lines.every(one => one.data.length === 0)) this.#lines.destroy(); else this.#lines.draw(lines, width, height);
  }

  /** The instant under this x of the screen, clamped to the plot; null before the first picture. */
  timeAt(clientX) {
    if (this.drawn === null) return null;
    const x = clientX - this.host.getBoundingClientRect().left - gutter.left;
    const { view, width } = this.drawn;
    return view.from + Math.min(1, Math.max(0, x / width)) * (view.to - view.from);
  }

  /** Where an instant is drawn, in pixels from the left edge of the element. */
  leftOf(time) {
    return gutter.left + across(this.drawn.view, this.drawn.width, time);
  }

  read(time, whole) {
    if (this.drawn !== null) this.#cross.show(time, this.drawn, whole);
  }

  unread() {
    this.#cross?.hide();
  }
}
