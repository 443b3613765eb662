/** Formats numbers for people exactly as UnitFormat does on the server; a browser test compares the two. */
const thin = '\u202F';
const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Rounds as .NET does, by the exact binary value; Intl rounds the shortest decimal instead. */
function digits(number, decimals) {
  const [whole, fraction] = (number === 0 ? 0 : number).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thin);
  return fraction ? `${grouped}.${fraction}` : grouped;
}

/** At most this many decimals, without trailing zeros. */
function trimmed(number, decimals) {
  const made = digits(number, decimals);
  return made.includes('.') ? made.replace(/\.?0+$/, '') : made;
}

/** Decimals of a number under 10: one, but two where one would show 0.0, and none for 0 itself. */
const fine = number => number === 0 ? 0 : Math.abs(number) < 0.095 ? 2 : 1;

function threeDigits(number) {
  const size = Math.abs(number);
  return digits(number, size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2);
}

function short(number) {
  const size = Math.abs(number);
  if (size >= 999_500_000) return [threeDigits(number / 1e9), 'G'];
  if (size >= 999_500) return [threeDigits(number / 1e6), 'M'];
  if (size >= 99_999.5) return [digits(number / 1e3, 0), 'k'];
  if (size >= 9.95) return [digits(number, 0), ''];
  return [digits(number, Number.isInteger(number) ? 0 : fine(number)), ''];
}

function bytes(number, per) {
  let step = 0;
  while (Math.abs(number) >= 1023.5 && step < byteUnits.length - 1) {
    number /= 1024;
    step++;
  }
  return [step === 0 ? digits(number, 0) : threeDigits(number), byteUnits[step] + per];
}

/** The number and its unit; a dash and nothing for unknown (null). */
export function parts(unit, value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return ['–', ''];
  switch (unit) {
    case 'Percent': return [digits(value, Math.abs(value) >= 99.95 || value === 0 ? 0 : 1), '%'];
    case 'PerSecond': return [short(value)[0], short(value)[1] + '/s'];
    case 'Bytes': return bytes(value, '');
    case 'BytesPerSecond': return bytes(value, '/s');
    case 'Milliseconds': return value >= 999.5 ? [digits(value / 1000, 1), 's'] : [digits(value, value >= 9.95 ? 0 : fine(value)), 'ms'];
    case 'Ratio': return [digits(value, 2), ''];
    default: return short(value);
  }
}

/** Number and unit in one string. */
export function text(unit, value) {
  const [number, suffix] = parts(unit, value);
  return suffix === '' || suffix[0] === '/' ? number + suffix : number + thin + suffix;
}

/**
 * A label of the value axis that ends at `top`: all labels in the unit of the top one, no more digits than needed, nothing that the
 * legend shows already.
 */
export function axisText(unit, value, top = value) {
  if (value === 0) return '0';
  const size = Math.abs(top);
  if (unit === 'Bytes' || unit === 'BytesPerSecond') {
    const step = Math.min(byteUnits.length - 1, Math.max(0, Math.floor(Math.log2(size) / 10 + 1e-9)));
    return trimmed(value / 1024 ** step, 2) + thin + byteUnits[step];
  }
  if (unit === 'Milliseconds') return size >= 2000 ? `${trimmed(value / 1000, 2)}${thin}s` : `${trimmed(value, 3)}${thin}ms`;
  const [power, suffix] = size >= 1e9 ? [1e9, 'G'] : size >= 1e6 ? [1e6, 'M'] : size >= 1e4 ? [1e3, 'k'] : [1, ''];
  return trimmed(value / power, 3) + (suffix && thin + suffix);
}
