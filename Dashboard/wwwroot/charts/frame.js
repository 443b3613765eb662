import { axisText } from './format.js';
import { across, down } from './shape.js';
import { timeTicks } from './timeaxis.js';

/**
 * Width of the value labels left of the plot, height of the time labels below and of the space above it, in pixels: the same in every
 * chart, so that plots align.
 */
export const gutter = { left: 64, bottom: 22, top: 10, right: 10 };
const space = 'http://www.w3.org/2000/svg';

/** Draws what surrounds the lines: grid, labels of both axes, marks with their texts. */
export function drawFrame(svg, { spec, view, axis, marks, width, height }) {
  const parts = [];
  for (const tick of axis.ticks) {
    const y = Math.round(gutter.top + down(axis, height, tick)) + 0.5;
    parts.push(node('line', 'grid', { x1: gutter.left, x2: gutter.left + width, y1: y, y2: y }));
    if (axis.known) parts.push(label('value', gutter.left - 10, y + 4, axisText(spec.unit, tick, axis.high)));
  }
  const end = view.live ? 44 : 0;
  for (const tick of timeTicks(view.from, view.to, width)) {
    const x = across(view, width, tick.time);
    if (x < 14 || x > width - Math.max(end, 16)) continue;
    parts.push(label('time', gutter.left + x, gutter.top + height + 17, tick.label));
  }
  if (view.live) parts.push(label('now', gutter.left + width, gutter.top + height + 17, 'now'));
  parts.push(...markParts(marks, view, width, height));
  svg.replaceChildren(...parts);
}

function markParts(marks, view, width, height) {
  const parts = [];
  let free = -Infinity;
  for (const mark of marks) {
    if ((mark.until ?? mark.time) < view.from || mark.time > view.to) continue;
    const x = across(view, width, Math.max(mark.time, view.from));
    const left = gutter.left + x;
    if (mark.until) {
      const right = across(view, width, Math.min(mark.until, view.to));
      parts.push(node('rect', 'span', { x: left, y: gutter.top, width: Math.max(1, right - x), height }));
      continue;
    }
    parts.push(node('line', 'mark', { x1: left, x2: left, y1: gutter.top, y2: gutter.top + height }));
    const length = mark.text.length * 5.8 + 8;
    const flip = x + length > width;
    const start = flip ? x - length : x;
    if (start < free) continue;
    free = start + length;
    parts.push(label(flip ? 'word end' : 'word', flip ? left - 5 : left + 5, gutter.top + 9, mark.text));
  }
  return parts;
}

function label(kind, x, y, words) {
  const made = node('text', kind, { x, y });
  made.textContent = words;
  return made;
}

function node(name, kind, attributes) {
  const made = document.createElementNS(space, name);
  made.setAttribute('class', kind);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
