// Grams of a query, the shards they are in, and which records have them; see `generator/search`.

const LONG = 4;
const LONG_RUNS = /[0-9a-z.%]{4,}/gu;
const LETTERS = /^[0-9]*[a-z][0-9a-z]*$/u;
/** Grams that are asked for at first: a shard is about half the size of a record. */
const MOST = 6;

export interface Term {
  readonly text: string;
  readonly grams: readonly string[];
  /** Its other grams, asked for where the first ones say too little. */
  readonly rest: readonly string[];
  /** Whether its one gram is all there is to it. */
  readonly isExact: boolean;
  /** Whether it may be the initials of a name. */
  readonly isInitials: boolean;
}

/** Return what to ask for a folded term. */
export function termOf(text: string): Term {
  const characters = Array.from(text);
  const inLong = new Set<number>();
  const long: [number, string][] = [];
  let unit = 0;
  const places = new Map<number, number>();
  characters.forEach((character, at) => {
    places.set(unit, at);
    unit += character.length;
  });
  for (const match of text.matchAll(LONG_RUNS)) {
    const start = places.get(match.index ?? 0) ?? 0;
    const last = match[0].length - LONG;
    for (let at = 0; at < match[0].length - 1; at += 1) inLong.add(start + at);
    for (let at = 0; at < last; at += LONG) long.push([start + at, match[0].slice(at, at + LONG)]);
    long.push([start + last, match[0].slice(last)]);
  }
  const pairs = characters.slice(0, -1).flatMap((character, at): [number, string][] => {
    return inLong.has(at) ? [] : [[at, character + (characters[at + 1] ?? "")]];
  });
  const all = [...long, ...pairs].sort((one, other) => one[0] - other[0]).map(([, gram]) => gram);
  const isOne = all.length === 1 && all[0] === text;
  const grams = spread(all);
  const rest = Array.from(new Set(all)).filter((gram) => !grams.includes(gram));
  return { text, grams, rest, isExact: isOne, isInitials: characters.length > 1 && LETTERS.test(text) };
}

function spread(grams: readonly string[]): string[] {
  const last = grams.length - 1;
  if (last < MOST) return Array.from(new Set(grams));
  const chosen = Array.from({ length: MOST }, (_, number) => grams[Math.round((number * last) / (MOST - 1))] ?? "");
  return Array.from(new Set(chosen));
}

/** Return the name of the shard that has a gram; there are as many as a power of two. */
export function shardOf(gram: string, shards: number): string {
  let hash = 0;
  for (const character of gram) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) | 0;
  const bits = Math.log2(shards);
  return bits === 0 ? "0" : (Math.imul(hash, 0x9e3779b1) >>> (32 - bits)).toString(16);
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES = new Map(Array.from(DIGITS, (digit, value) => [digit, value]));
const PER_DIGIT = 6;
const HIGHEST = 1 << (PER_DIGIT - 1);
const PART = /([0-9A-Za-z+/]*)([*.,])/gu;

/** Return the value of a digit. */
export function valueOf(digit: string): number {
  return VALUES.get(digit) ?? 0;
}

/** Some of the records of the site: for each unit six records a byte, the first at the highest bit. */
export class Records {
  private constructor(private readonly bytes: ReadonlyMap<number, Uint8Array>) {}

  static readonly none = new Records(new Map());

  /** Read the postings of a gram; `counts` has the records of each unit. */
  static read(postings: string, counts: readonly number[]): Records {
    const bytes = new Map<number, Uint8Array>();
    let width = 1;
    while (36 ** width < counts.length) width += 1;
    for (const match of postings.matchAll(PART)) {
      const [, written = "", kind = ""] = match;
      const unit = parseInt(written.slice(0, width), 36);
      bytes.set(unit, bytesOf(written.slice(width), kind, counts[unit] ?? 0));
    }
    return new Records(bytes);
  }

  static all(counts: readonly number[]): Records {
    return new Records(new Map(counts.map((count, unit) => [unit, bytesOf("", "*", count)])));
  }

  and(other: Records): Records {
    const both = new Map<number, Uint8Array>();
    for (const [unit, bytes] of this.bytes) {
      const others = other.bytes.get(unit);
      if (others) both.set(unit, bytes.map((byte, at) => byte & (others[at] ?? 0)));
    }
    return new Records(both);
  }

  or(other: Records): Records {
    const either = new Map(this.bytes);
    for (const [unit, bytes] of other.bytes) {
      const others = this.bytes.get(unit);
      either.set(unit, others ? bytes.map((byte, at) => byte | (others[at] ?? 0)) : bytes);
    }
    return new Records(either);
  }

  has(unit: number, local: number): boolean {
    const byte = this.bytes.get(unit)?.[Math.floor(local / PER_DIGIT)] ?? 0;
    return (byte & (HIGHEST >> local % PER_DIGIT)) !== 0;
  }

  /** Call for each record, unit by unit. */
  forEach(seen: (unit: number, local: number) => void): void {
    for (const unit of Array.from(this.bytes.keys()).sort((one, other) => one - other)) {
      this.bytes.get(unit)?.forEach((byte, at) => {
        for (let bit = 0; bit < PER_DIGIT; bit += 1) if (byte & (HIGHEST >> bit)) seen(unit, at * PER_DIGIT + bit);
      });
    }
  }
}

function bytesOf(digits: string, kind: string, count: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(count / PER_DIGIT));
  function put(local: number): void {
    const at = Math.floor(local / PER_DIGIT);
    bytes[at] = (bytes[at] ?? 0) | (HIGHEST >> local % PER_DIGIT);
  }
  if (kind === "*") {
    for (let local = 0; local < count; local += 1) put(local);
  } else if (kind === ",") {
    for (let at = 0; at < digits.length; at += 1) bytes[at] = valueOf(digits[at] ?? "");
  } else {
    const width = count <= 64 ? 1 : count <= 4096 ? 2 : 3;
    for (let at = 0; at < digits.length; at += width) {
      put(Array.from(digits.slice(at, at + width)).reduce((value, digit) => value * 64 + valueOf(digit), 0));
    }
  }
  return bytes;
}
