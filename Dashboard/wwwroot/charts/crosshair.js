import { text } from './format.js';
import { gutter } from './frame.js';
import { across, down } from './shape.js';
import { stamp, zoneAt } from './timeaxis.js';

/** One instant read in one chart: the line, a dot on each series, and the text. ApexCharts would lose its own crosshair at every redraw. */
export class Crosshair {
  #root = element('div', 'chart-cross');
  #rule = element('div', 'rule');
  #dots = [];
  #tip = element('div', 'tip');

  constructor(host) {
    this.#root.append(this.#rule, this.#tip);
    this.#root.hidden = true;
    host.append(this.#root);
  }

  /** Shows the points nearest to this instant; the chart under the pointer shows all details, the others only their values. */
  show(time, picture, whole) {
    const { view, axis, width, height, series, spec } = picture;
    if (time < view.from || time > view.to) return this.hide();
    const read = series.map(one => reading(one, time));
    const at = read.find(one => one.time !== null)?.time ?? time;
    const x = gutter.left + Math.min(width, Math.max(0, across(view, width, at)));
    this.#root.hidden = false;
    place(this.#rule, x, gutter.top);
    this.#rule.style.height = `${height}px`;
    this.#place(read, x, axis, height);
    this.#tip.classList.toggle('whole', whole);
    this.#tip.replaceChildren(...(whole ? full(at, read, picture) : brief(read, spec)));
    const side = x > gutter.left + width / 2 ? x - this.#tip.offsetWidth - 10 : x + 10;
    place(this.#tip, Math.max(0, side), gutter.top + (whole ? this.#freeHalf(read, axis, height) : 2));
  }

  hide() {
    this.#root.hidden = true;
  }

  /** Top of the text, where it hides none of the points it describes: below them when all lie in the upper half. */
  #freeHalf(read, axis, height) {
    const tops = read.filter(one => one.value !== null).map(one => down(axis, height, one.value));
    return tops.length > 0 && tops.every(top => top < height / 2) ? height - this.#tip.offsetHeight - 2 : 2;
  }

  #place(read, x, axis, height) {
    while (this.#dots.length < read.length) this.#dots.push(element('div', `dot tone-${this.#dots.length}`));
    read.forEach((one, i) => {
      const dot = this.#dots[i];
      if (one.value === null) return dot.remove();
      if (!dot.isConnected) this.#root.insertBefore(dot, this.#tip);
      place(dot, x, gutter.top + down(axis, height, one.value));
    });
  }
}

function reading({ name, track }, time) {
  const i = track.nearest(time);
  return i < 0
    ? { name, track, time: null, value: null, low: null, high: null }
    : { name, track, time: track.t[i], value: track.v[i], low: track.lo[i], high: track.hi[i] };
}

function brief(read, { unit }) {
  return read.map((one, i) => {
    const line = element('span', `tone-${i}`);
    line.textContent = text(unit, one.value);
    return line;
  });
}

function full(time, read, { view, spec, marks }) {
  const when = element('p', 'when');
  when.textContent = `${stamp(time, view.to - view.from)} ${zoneAt(time)}`;
  const table = element('table');
  table.append(row('th', '', '', ['', 'min', 'avg', 'max', 'last']));
  read.forEach((one, i) => {
    const over = one.track.summary(view.from, view.to);
    const value = text(spec.unit, one.value) + (one.low !== null && one.low !== one.high ? ` (${text(spec.unit, one.low)} to ${text(spec.unit, one.high)})` : '');
    table.append(row('td', `tone-${i}`, one.name, [value, ...[over.low, over.mean, over.high, over.last].map(number => text(spec.unit, number))]));
  });
  const near = marks.filter(mark => mark.until ? mark.time <= time && time <= mark.until : Math.abs(mark.time - time) < (view.to - view.from) / 100);
  return [when, table, ...near.map(mark => Object.assign(element('p', 'why'), { textContent: mark.text }))];
}

function row(kind, tone, name, cells) {
  const made = element('tr');
  const head = element('th', tone);
  head.textContent = name;
  made.append(head, ...cells.map(words => Object.assign(element(kind), { textContent: words })));
  return made;
}

function element(name, kind = '') {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  return made;
}

function place(made, x, y) {
  made.style.transform = `translate(${Math.round(x * 10) / 10}px, ${Math.round(y * 10) / 10}px)`;
}
