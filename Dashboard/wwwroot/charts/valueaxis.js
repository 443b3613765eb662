/** Chooses the value axis: round steps, zero as the floor unless the metric says otherwise, and unchanged while the data still fits. */
const tens = [1, 2, 2.5, 5, 10];
const twos = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

function step(rough, unit) {
  const binary = unit === 'Bytes' || unit === 'BytesPerSecond';
  const power = binary ? 1024 : 10;
  const base = power ** Math.floor(Math.log(rough) / Math.log(power) + 1e-9);
  const found = (binary ? twos : tens).find(factor => factor * base >= rough * 0.999) * base;
  return unit === 'Count' || binary ? Math.max(1, Math.ceil(found)) : found;
}

/** The smallest height of an axis, so that noise about a steady value does not look dramatic. */
const least = { Percent: 5, Count: 4, PerSecond: 1, Bytes: 1024, BytesPerSecond: 1024, Milliseconds: 0.5, Ratio: 0.5 };

/** The axis always includes spec.min and spec.max, and never cuts off data beyond them. */
export function valueAxis(low, high, spec, before) {
  if (before?.known && fits(low, high, spec, before)) return before;
  const known = low !== null;
  let floor = spec.min ?? (spec.unit === 'Percent' && known ? low : 0);
  if (known) floor = Math.min(floor, low);
  let top = Math.max(spec.max ?? -Infinity, known ? high : floor);
  const height = least[spec.unit] ?? 1;
  if (!known && spec.max === null) top = spec.unit === 'Percent' ? 100 : floor + height;
  if (top - floor < height) top = floor + height;
  if (spec.unit === 'Percent' && top > 100 && !(high > 100)) [floor, top] = [Math.max(0, 100 - (top - floor)), 100];
  const pace = step((top - floor) / 4, spec.unit);
  const from = Math.floor(floor / pace + 1e-9) * pace;
  const to = Math.ceil(top / pace - 1e-9) * pace;
  const ticks = [];
  for (let i = 0; i <= Math.round((to - from) / pace); i++) ticks.push(from + i * pace);
  return { low: from, high: to, ticks, known };
}

/** Whether the data fits. A floating floor (a percentage without a given minimum) must also not lie far below the data. */
function fits(low, high, { unit, min }, axis) {
  if (low === null) return true;
  const span = axis.high - axis.low;
  const tight = unit !== 'Percent' || min !== null || low - axis.low < 0.6 * span;
  return low >= axis.low && high <= axis.high && high - axis.low > 0.3 * span && tight;
}
