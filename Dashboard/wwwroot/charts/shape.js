import { Lines } from './lines.js';

/** Where an instant falls across the plot, in pixels. */
export function across(view, width, time) {
  return (time - view.from) / (view.to - view.from) * width;
}

/** Where a value falls, in pixels from the top of the plot. */
export function down(axis, height, value) {
  return Lines.stroke / 2 + (height - Lines.stroke) * (1 - (value - axis.low) / (axis.high - axis.low));
}

/**
 * The line of a track as ApexCharts takes it: {x, y} in pixels, y from the bottom. Unknown values at either end and repeated ones are
 * left out (ApexCharts misplaces a line that begins with one); a value alone between two gaps becomes a dash, because it would not show.
 */
export function line(track, view, axis, width, height) {
  return walk(track, view, width, (i, x) => {
    const value = track.v[i];
    return value === null ? null : { x, y: round(scale(axis, height, value)) };
  });
}

/** The band of a track, from the low to the high of each bucket. */
export function band(track, view, axis, width, height) {
  return walk(track, view, width, (i, x) => {
    const low = track.lo[i] ?? track.v[i];
    const high = track.hi[i] ?? track.v[i];
    return low === null ? null : { x, y: [round(scale(axis, height, low)), round(scale(axis, height, high))] };
  });
}

function walk(track, view, width, point) {
  const data = [];
  let run = 0;
  const close = () => {
    if (run === 1) data.push({ ...data.at(-1), x: data.at(-1).x + 0.6 });
  };
  for (let i = Math.max(0, track.at(view.from) - 1); i < track.t.length && track.t[i] <= view.to; i++) {
    const x = round(across(view, width, track.t[i]));
    const made = point(i, x);
    if (made !== null) {
      data.push(made);
      run++;
    } else if (run > 0) {
      close();
      data.push({ x, y: null });
      run = 0;
    }
  }
  close();
  if (data.length > 0 && data.at(-1).y === null) data.pop();
  return data;
}

function scale(axis, height, value) {
  return (value - axis.low) / (axis.high - axis.low) * height;
}

function round(pixels) {
  return Math.round(pixels * 10) / 10;
}
