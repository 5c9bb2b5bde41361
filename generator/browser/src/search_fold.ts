// Text as it is compared when searching; `generator/search/fold.py` folds in the very same way.

/** White space, and characters that nobody can see. */
const BLANK = "\\s\\u001c-\\u001f\\u0085\\u00ad\\u200b-\\u200d\\u2060\\ufeff";
const BLANKS = new RegExp(`[${BLANK}]+`, "gu");
/** One form prints them straight and another curved, and whoever types takes what the keyboard has. */
const QUOTATION_MARKS = /["'\u2018\u2019\u201c\u201d\u300c\u300d\u300e\u300f]/gu;
/** A character with the marks that may become one with it. */
const CLUSTER = /[\s\S][\p{M}\uff9e\uff9f]*/gu;

export interface Folded {
  readonly folded: string;
  /** For each unit of the folded text where it begins in the text, and where it ends. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

function withCommas(text: string): string {
  return text.normalize("NFKC").replace(BLANKS, "").replace(QUOTATION_MARKS, "").toLowerCase().replace(/ς/gu, "σ");
}

function isSeparator(folded: string, at: number): boolean {
  return folded[at] === "," && isDigit(folded[at - 1]) && isDigit(folded[at + 1]);
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= "0" && character <= "9";
}

/** Return a text as it is compared: NFKC, lower case, without blanks, quotation marks and commas inside numbers. */
export function fold(text: string): string {
  return withCommas(text).replace(/([0-9]),(?=[0-9])/gu, "$1");
}

/** Fold a text, and tell where each part of it came from. */
export function foldMapped(text: string): Folded {
  const parts = clusters(text, withCommas(text));
  const whole = parts.map(([cluster]) => clusterFolded(cluster)).join("");
  let folded = "";
  let unit = 0;
  const starts: number[] = [];
  const ends: number[] = [];
  for (const [cluster, at] of parts) {
    for (const end = unit + clusterFolded(cluster).length; unit < end; unit += 1) {
      if (isSeparator(whole, unit)) continue;
      folded += whole[unit] ?? "";
      starts.push(at);
      ends.push(at + cluster.length);
    }
  }
  return { folded, starts, ends };
}

/** The same few thousand characters come again and again. */
const known = new Map<string, string>();

function clusterFolded(cluster: string): string {
  const found = known.get(cluster) ?? withCommas(cluster);
  known.set(cluster, found);
  return found;
}

/** Part a text so that its parts fold one by one to what the whole folds to. */
function clusters(text: string, whole: string): [string, number][] {
  const found = Array.from(text.matchAll(CLUSTER), (match): [string, number] => [match[0], match.index ?? 0]);
  if (found.map(([cluster]) => clusterFolded(cluster)).join("") === whole) return found;
  // Letters that are composed of several, as in Korean, stay together up to where the beginning folds by itself.
  const joined: [string, number][] = [];
  let start = 0;
  for (let end = 1; end <= text.length; end += 1) {
    if (withCommas(text.slice(0, end)) + withCommas(text.slice(end)) !== whole) continue;
    joined.push([text.slice(start, end), start]);
    start = end;
  }
  return joined;
}

/** Return the folded terms of a query, each once; a comma that a number begins or ends with is dropped. */
export function terms(query: string): string[] {
  const folded = query
    .split(BLANKS)
    .map((term) => fold(term).replace(/^,(?=[0-9])/u, "").replace(/([0-9]),$/u, "$1"));
  return Array.from(new Set(folded.filter(Boolean)));
}

/** Return where terms stand in a text, first to last, none within another. */
export function marks(text: string, folded: readonly string[]): [number, number][] {
  const mapped = foldMapped(text);
  const found: [number, number][] = [];
  for (const term of folded) {
    for (let at = mapped.folded.indexOf(term); term && at >= 0; at = mapped.folded.indexOf(term, at + 1)) {
      found.push([mapped.starts[at] ?? 0, mapped.ends[at + term.length - 1] ?? 0]);
    }
  }
  return joinedMarks(found);
}

/** Return marks in their order, those that touch as one. */
export function joinedMarks(found: readonly (readonly [number, number])[]): [number, number][] {
  const joined: [number, number][] = [];
  for (const [start, end] of [...found].sort((one, other) => one[0] - other[0] || one[1] - other[1])) {
    const last = joined[joined.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}
