import { drawFrame, gutter } from './frame.js';
import { clock, inUtc } from './timeaxis.js';

/**
 * Saves a drawn chart as a file, made in the browser: the file shows what the page shows. Its times are in UTC, whatever the page shows:
 * the file is read elsewhere, by others.
 */
export async function save(plot, kind) {
  if (plot.drawn === null) return;
  const name = `${plot.spec.title} ${inUtc(() => clock(plot.drawn.view.to))}`.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase();
  const blob = kind === 'csv' ? new Blob([csv(plot.drawn)], { type: 'text/csv' }) : await picture(plot);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${name}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** One row per time, in UTC; an unknown value is an empty cell. */
export function csv({ series, view, spec }) {
  const rows = new Map();
  series.forEach(({ track }, column) => {
    for (let i = track.at(view.from); i < track.t.length && track.t[i] <= view.to; i++) {
      if (!rows.has(track.t[i])) rows.set(track.t[i], Array(series.length).fill(''));
      rows.get(track.t[i])[column] = track.v[i] ?? '';
    }
  });
  const head = ['time', ...spec.series.map(one => `${one.id} (${spec.unit})`)];
  const body = [...rows].sort(([a], [b]) => a - b).map(([time, values]) => [new Date(time).toISOString(), ...values]);
  return [head, ...body].map(cells => cells.join(',')).join('\r\n') + '\r\n';
}

/** Paints the picture on a canvas, because an SVG outside its page would lose the page's colours and font. */
async function picture(plot) {
  const { host, spec } = plot;
  const style = getComputedStyle(host);
  const pen = document.createElement('canvas').getContext('2d');
  const top = 30;
  const scale = 2;
  pen.canvas.width = host.clientWidth * scale;
  pen.canvas.height = (host.clientHeight + top) * scale;
  pen.scale(scale, scale);
  pen.fillStyle = style.getPropertyValue('--panel') || '#fff';
  pen.fillRect(0, 0, host.clientWidth, host.clientHeight + top);
  words(pen, style.getPropertyValue('--ink'), `600 14px ${style.fontFamily}`, 'start', spec.title, 10, 20);
  const at = plot.drawn.view.live ? `at ${inUtc(() => clock(plot.drawn.view.to))} UTC` : 'times in UTC';
  words(pen, style.getPropertyValue('--soft'), `12px ${style.fontFamily}`, 'end', at, host.clientWidth - gutter.right, 20);
  pen.translate(0, top);
  const frame = host.querySelector('.chart-frame');
  inUtc(() => drawFrame(frame, plot.drawn));
  for (const shape of frame.children) paint(pen, shape);
  drawFrame(frame, plot.drawn);
  pen.translate(gutter.left, gutter.top + 0.8);
  for (const shape of host.querySelectorAll('.apexcharts-rangeArea[d], .apexcharts-line[d]')) paint(pen, shape);
  return new Promise(done => pen.canvas.toBlob(done, 'image/png'));
}

function paint(pen, shape) {
  const look = getComputedStyle(shape);
  const at = name => Number(shape.getAttribute(name));
  if (shape.tagName === 'text') {
    words(pen, look.fill, `${look.fontSize} ${look.fontFamily}`, { start: 'start', middle: 'center', end: 'end' }[look.textAnchor], shape.textContent, at('x'), at('y'));
    return;
  }
  const path = new Path2D(shape.getAttribute('d') ?? '');
  if (shape.tagName === 'line') {
    path.moveTo(at('x1'), at('y1'));
    path.lineTo(at('x2'), at('y2'));
  } else if (shape.tagName === 'rect') {
    path.rect(at('x'), at('y'), at('width'), at('height'));
  }
  pen.save();
  pen.globalAlpha = look.fill === 'none' ? Number(look.opacity) : Number(look.opacity) * Number(look.fillOpacity);
  pen.setLineDash(look.strokeDasharray === 'none' ? [] : look.strokeDasharray.split(',').map(parseFloat));
  pen.lineWidth = parseFloat(look.strokeWidth);
  if (look.fill !== 'none' && shape.tagName !== 'line') Object.assign(pen, { fillStyle: look.fill }).fill(path);
  if (look.stroke !== 'none') Object.assign(pen, { strokeStyle: look.stroke }).stroke(path);
  pen.restore();
}

function words(pen, colour, font, align, text, x, y) {
  Object.assign(pen, { fillStyle: colour, font, textAlign: align }).fillText(text, x, y);
}
