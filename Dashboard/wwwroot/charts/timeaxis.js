/** Places the labels of the time axis at round times and formats them. All in UTC, like the rest of the page and the servers' logs. */
const second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;
const steps = [
  second, 2 * second, 5 * second, 10 * second, 15 * second, 30 * second,
  minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute,
  hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day, 14 * day, 28 * day,
];
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** Time of day to the second. */
export function clock(time) {
  return new Date(time).toISOString().slice(11, 19);
}

/** A time as precise as a window of this length (ms) requires, with the day where the time of day alone would be ambiguous. */
export function stamp(time, length) {
  return length >= 12 * hour ? `${dayFormat.format(time)} ${clock(time).slice(0, length >= 7 * day ? 5 : 8)}` : clock(time);
}

/** Ticks {time, label} between two instants with at least `spacing` pixels between them. */
export function timeTicks(from, to, width, spacing = 84) {
  const step = steps.find(candidate => candidate / (to - from) * width >= spacing) ?? 28 * day;
  return step >= day ? days(from, to, step / day) : clocks(from, to, step);
}

function clocks(from, to, step) {
  const ticks = [];
  for (let time = Math.ceil(from / step) * step; time <= to; time += step) {
    const full = clock(time);
    const label = full === '00:00:00' ? dayFormat.format(time) : step < minute ? full : full.slice(0, 5);
    ticks.push({ time, label });
  }
  return ticks;
}

function days(from, to, step) {
  const ticks = [];
  for (let time = Math.ceil(from / day) * day; time <= to; time += step * day) ticks.push({ time, label: dayFormat.format(time) });
  return ticks;
}
