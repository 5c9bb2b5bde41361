// Grams of a query, and the shards they are in; see `generator/search`.

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
