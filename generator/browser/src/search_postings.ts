// Some of the records of the site, read from postings; see `generator/search/postings.py`.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES = new Uint8Array(128);
Array.from(DIGITS).forEach((digit, value) => {
  VALUES[digit.charCodeAt(0)] = value;
});
const PER_DIGIT = 6;
const FULL = (1 << PER_DIGIT) - 1;
const HIGHEST = 1 << (PER_DIGIT - 1);
const ALL = "*".charCodeAt(0);
const LISTED = ".".charCodeAt(0);
const MAPPED = ",".charCodeAt(0);
const UNIT_DIGITS = 36;

/** Return the number that digits stand for. */
export function numberOf(digits: string, start = 0, end = digits.length): number {
  let value = 0;
  for (let at = start; at < end; at += 1) value = value * DIGITS.length + (VALUES[digits.charCodeAt(at)] ?? 0);
  return value;
}

/** How many records each unit has, and where its bytes are: six records a byte, the first at the highest bit. */
export class Places {
  readonly starts: readonly number[];
  readonly size: number;
  /** Digits of the number of a unit. */
  readonly width: number;

  constructor(readonly counts: readonly number[]) {
    let size = 0;
    this.starts = counts.map((count) => {
      const start = size;
      size += Math.ceil(count / PER_DIGIT);
      return start;
    });
    this.size = size;
    let width = 1;
    while (UNIT_DIGITS ** width < counts.length) width += 1;
    this.width = width;
  }
}

/** Some of the records of the site, a bit for each. */
export class Records {
  private constructor(
    private readonly places: Places,
    private readonly bytes: Uint8Array,
  ) {}

  static none(places: Places): Records {
    return new Records(places, new Uint8Array(places.size));
  }

  static all(places: Places): Records {
    const all = Records.none(places);
    places.counts.forEach((_, unit) => all.addUnit(unit));
    return all;
  }

  /** Read the postings of a gram. */
  static read(postings: string, places: Places): Records {
    const found = Records.none(places);
    for (let at = 0; at < postings.length; ) {
      const start = at + places.width;
      let end = start;
      let sign = postings.charCodeAt(end);
      while (sign !== ALL && sign !== LISTED && sign !== MAPPED && end < postings.length) {
        end += 1;
        sign = postings.charCodeAt(end);
      }
      found.addPosting(parseInt(postings.slice(at, start), UNIT_DIGITS), sign, postings, start, end);
      at = end + 1;
    }
    return found;
  }

  private addPosting(unit: number, sign: number, postings: string, start: number, end: number): void {
    const first = this.places.starts[unit];
    const count = this.places.counts[unit] ?? 0;
    if (first === undefined) return;
    if (sign === ALL) {
      this.addUnit(unit);
    } else if (sign === MAPPED) {
      for (let at = start; at < end; at += 1) this.bytes[first + at - start] = VALUES[postings.charCodeAt(at)] ?? 0;
    } else {
      const width = count <= 64 ? 1 : count <= 4096 ? 2 : 3;
      for (let at = start; at < end; at += width) this.add(unit, numberOf(postings, at, at + width));
    }
  }

  private addUnit(unit: number): void {
    const first = this.places.starts[unit] ?? 0;
    const count = this.places.counts[unit] ?? 0;
    const whole = Math.floor(count / PER_DIGIT);
    this.bytes.fill(FULL, first, first + whole);
    if (count % PER_DIGIT) this.bytes[first + whole] = FULL & (FULL << (PER_DIGIT - (count % PER_DIGIT)));
  }

  add(unit: number, local: number): void {
    const at = this.byteOf(unit, local);
    this.bytes[at] = (this.bytes[at] ?? 0) | (HIGHEST >> local % PER_DIGIT);
  }

  remove(unit: number, local: number): void {
    const at = this.byteOf(unit, local);
    this.bytes[at] = (this.bytes[at] ?? 0) & ~(HIGHEST >> local % PER_DIGIT);
  }

  has(unit: number, local: number): boolean {
    return ((this.bytes[this.byteOf(unit, local)] ?? 0) & (HIGHEST >> local % PER_DIGIT)) !== 0;
  }

  private byteOf(unit: number, local: number): number {
    return (this.places.starts[unit] ?? 0) + Math.floor(local / PER_DIGIT);
  }

  copy(): Records {
    return new Records(this.places, this.bytes.slice());
  }

  and(other: Records): Records {
    return new Records(this.places, this.bytes.map((byte, at) => byte & (other.bytes[at] ?? 0)));
  }

  or(other: Records): Records {
    return new Records(this.places, this.bytes.map((byte, at) => byte | (other.bytes[at] ?? 0)));
  }

  without(other: Records): Records {
    return new Records(this.places, this.bytes.map((byte, at) => byte & ~(other.bytes[at] ?? 0)));
  }

  /** Return the first record of a unit from one of its numbers on and before another; -1 where there is none. */
  next(unit: number, from: number, end: number): number {
    for (let local = from; local < end; local += 1) {
      if (this.has(unit, local)) return local;
      // Where nothing else is in the byte, the next one follows.
      if (local % PER_DIGIT === 0 && (this.bytes[this.byteOf(unit, local)] ?? 0) === 0) local += PER_DIGIT - 1;
    }
    return -1;
  }

  /** Count those of the units before one. */
  count(unitsEnd: number): number {
    const end = unitsEnd < this.places.starts.length ? (this.places.starts[unitsEnd] ?? 0) : this.places.size;
    let count = 0;
    for (let at = 0; at < end; at += 1) count += ONES[this.bytes[at] ?? 0] ?? 0;
    return count;
  }
}

/** How many bits of a byte are set. */
const ONES = Uint8Array.from({ length: FULL + 1 }, (_, byte) => Array.from(byte.toString(2)).filter((bit) => bit === "1").length);
