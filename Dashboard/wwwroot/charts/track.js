/** Maximum number of points of one line: the server decimates, this is a safeguard. */
export const limit = 600;

/**
 * The points of one line: ascending times in unix ms, values, and, where the server decimated, the low and high of each bucket. A null
 * value is a gap.
 */
export class Track {
  t = [];
  v = [];
  lo = [];
  hi = [];

  /** Replaces everything. */
  seed(sent) {
    this.t = [];
    this.v = [];
    this.lo = [];
    this.hi = [];
    this.tail(sent);
  }

  /** Drops what is at or after the first point sent, then appends: sending the same tail twice changes nothing. */
  tail(sent) {
    if (sent.t.length === 0) return;
    this.#cut(this.at(sent.t[0]));
    for (let i = 0; i < sent.t.length; i++) {
      this.t.push(sent.t[i]);
      this.v.push(sent.v[i] ?? null);
      this.lo.push(sent.lo?.[i] ?? null);
      this.hi.push(sent.hi?.[i] ?? null);
    }
    this.#shift(this.t.length - limit);
  }

  /** Drops points older than the window except one, so that the line enters at the left edge. */
  trim(from) {
    this.#shift(this.at(from) - 1);
  }

  /** Index of the first point at or after this time. */
  at(time) {
    let low = 0;
    let high = this.t.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.t[middle] < time) low = middle + 1; else high = middle;
    }
    return low;
  }

  /** Index of the point nearest to this time, -1 when there is none. */
  nearest(time) {
    const after = this.at(time);
    if (after === 0) return this.t.length === 0 ? -1 : 0;
    if (after === this.t.length) return after - 1;
    return time - this.t[after - 1] <= this.t[after] - time ? after - 1 : after;
  }

  /** Lowest, mean, highest and last known value between two instants; null where nothing is known. */
  summary(from, to) {
    let low = null, high = null, last = null, sum = 0, known = 0;
    for (let i = this.at(from); i < this.t.length && this.t[i] <= to; i++) {
      const value = this.v[i];
      if (value === null) continue;
      low = Math.min(low ?? Infinity, this.lo[i] ?? value);
      high = Math.max(high ?? -Infinity, this.hi[i] ?? value);
      last = value;
      sum += value;
      known++;
    }
    return { low, high, last, mean: known === 0 ? null : sum / known };
  }

  get hasBand() {
    return this.lo.some(low => low !== null);
  }

  #cut(length) {
    for (const list of [this.t, this.v, this.lo, this.hi]) list.length = length;
  }

  #shift(count) {
    if (count <= 0) return;
    for (const list of [this.t, this.v, this.lo, this.hi]) list.splice(0, count);
  }
}
