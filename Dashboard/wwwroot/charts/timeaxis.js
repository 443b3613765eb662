/**
 * Places the labels of the time axis at round times and formats them, in the time zone of the page: UTC, like the servers' logs, unless
 * the person chose their own.
 */
const second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;
const steps = [
  second, 2 * second, 5 * second, 10 * second, 15 * second, 30 * second,
  minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute,
  hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day, 14 * day, 28 * day,
];
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const utc = { isUtc: true, offset: () => 0 };
let zone = utc;

/** From now on, times are in the zone of this IANA id; in UTC where the browser does not know it. */
export function useZone(id) {
  try {
    zone = id === 'UTC' ? utc : local(id);
  } catch {
    zone = utc;
  }
}

/** Runs an act while times are in UTC, for what is read outside the page. */
export function inUtc(act) {
  const before = zone;
  zone = utc;
  try {
    return act();
  } finally {
    zone = before;
  }
}

/** The name of the zone at a time: `UTC`, or the offset, e.g. `+02:00`. */
export function zoneAt(time) {
  if (zone.isUtc) return 'UTC';
  const offset = zone.offset(time);
  return `${offset < 0 ? '-' : '+'}${new Date(Math.abs(offset)).toISOString().slice(11, 16)}`;
}

/** Time of day to the second. */
export function clock(time) {
  return new Date(shown(time)).toISOString().slice(11, 19);
}

/** E.g. `12:03:11–12:04:00 UTC`; both have their offset where the clocks were changed in between. */
export function clocks(from, to) {
  const [first, last] = [zoneAt(from), zoneAt(to)];
  return `${clock(from)}${first === last ? '' : ` ${first}`}–${clock(to)} ${last}`;
}

/** A time as precise as a window of this length (ms) requires, with the day where the time of day alone would be ambiguous. */
export function stamp(time, length) {
  return length >= 12 * hour ? `${dayOf(time)} ${clock(time).slice(0, length >= 7 * day ? 5 : 8)}` : clock(time);
}

/** Ticks {time, label} between two instants with at least `spacing` pixels between them. */
export function timeTicks(from, to, width, spacing = 84) {
  const step = steps.find(candidate => candidate / (to - from) * width >= spacing) ?? 28 * day;
  return step >= day ? days(from, to, step) : times(from, to, step);
}

function times(from, to, step) {
  const ticks = [];
  for (let time = next(from, step); time <= to; time = next(time + 1, step)) {
    const full = clock(time);
    const label = full === '00:00:00' ? dayOf(time) : step < minute ? full : full.slice(0, 5);
    ticks.push({ time, label });
  }
  return ticks;
}

/** Midnights; days of the zone, which are not all of 24 hours. */
function days(from, to, step) {
  const ticks = [];
  for (let time = next(from, day); time <= to; time = next(time + step - day / 2, day)) ticks.push({ time, label: dayOf(time) });
  return ticks;
}

/** The first instant, at this one or later, at which the time shown is a multiple of the step. */
function next(time, step) {
  const found = round(time, step, zone.offset(time));
  const offset = zone.offset(found);
  if (offset === zone.offset(time)) return found;
  // The clocks are changed in between: it is the first one after the change.
  let after = round(time, step, offset);
  while (after < found && zone.offset(after) !== offset) after += step;
  return after;
}

function round(time, step, offset) {
  return Math.ceil((time + offset) / step) * step - offset;
}

function shown(time) {
  return time + zone.offset(time);
}

function dayOf(time) {
  return dayFormat.format(shown(time));
}

/** A zone by its IANA id. Offsets are remembered: a format of the browser costs too much for each label of each picture. */
function local(id) {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: id, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric',
  });
  const known = new Map();
  const quarter = 15 * minute;
  const offset = time => {
    // Clocks are changed at quarters of an hour only.
    const key = Math.floor(time / quarter);
    if (!known.has(key)) {
      if (known.size >= 1000) known.clear();
      const part = Object.fromEntries(format.formatToParts(key * quarter).map(one => [one.type, Number(one.value)]));
      known.set(key, Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute) - key * quarter);
    }
    return known.get(key);
  };
  return { isUtc: false, offset };
}
