// Where the terms of a query stand in the texts of one record or page.

import { fold, joinedMarks, marks } from "./search_fold";
import { type Term } from "./search_grams";

export interface Match {
  readonly place: "title" | "unit" | "department" | "project" | "heading" | "text" | "initials";
  readonly kind: string;
  readonly heading: string;
  readonly label: string;
  /** As printed. */
  readonly text: string;
  readonly anchor: string;
  readonly marks: readonly (readonly [start: number, end: number])[];
}

/** A text that may match; `initials` are those of a name. */
export type Piece = Omit<Match, "marks"> & { readonly initials?: string };

/** A piece and its text as it is compared. */
export interface Prepared {
  readonly piece: Piece;
  readonly folded: string;
}

/** The pieces of a record or page, folded once for all queries. */
export interface PreparedTexts {
  readonly pieces: readonly Prepared[];
  /** All of them, one after the other; no query reaches from one into the next. */
  readonly folded: string;
}

/** What a character of a name may be typed as, and where it stands. */
interface Letter {
  readonly sign: string;
  readonly at: number;
  readonly end: number;
}

const NAMES = new Set(["title", "unit", "project"]);

/** Stands between texts; none holds it. */
const PIECE_END = "\0";

/** Fold pieces; all in one go is several times as fast. */
export function prepare(pieces: readonly Piece[]): PreparedTexts {
  const folded = fold(pieces.map(({ text }) => text).join(PIECE_END));
  const texts = folded.split(PIECE_END);
  return { pieces: pieces.map((piece, at) => ({ piece, folded: texts[at] ?? "" })), folded };
}

/** Return how many terms stand in a name; null where one of them stands nowhere. */
export function verify({ pieces, folded }: PreparedTexts, terms: readonly Term[]): number | null {
  const names = pieces.filter(({ piece }) => NAMES.has(piece.place));
  if (!terms.every((term) => folded.includes(term.text) || names.some((one) => spells(one, term) !== null))) return null;
  return terms.filter((term) => names.some((one) => has(one, term))).length;
}

function has(one: Prepared, term: Term): boolean {
  return one.folded.includes(term.text) || spells(one, term) !== null;
}

/** Return where the terms stand, the best place of each first. */
export function matchesOf({ pieces }: PreparedTexts, terms: readonly Term[]): Match[] {
  const matches = pieces.map((one) => matchOf(one, terms));
  const best = new Set<Match | null | undefined>(
    terms.map((term) => {
      const held = pieces.findIndex((one) => one.folded.includes(term.text));
      return matches[held >= 0 ? held : pieces.findIndex((one) => has(one, term))];
    }),
  );
  const all = matches.flatMap((match) => (match ? [match] : []));
  return [...all.filter((match) => best.has(match)), ...all.filter((match) => !best.has(match))];
}

function matchOf(one: Prepared, terms: readonly Term[]): Match | null {
  const held = terms.filter((term) => one.folded.includes(term.text));
  if (held.length === 0 && !one.piece.initials) return null;
  const spelled = terms.flatMap((term) => spells(one, term) ?? []);
  if (held.length === 0 && spelled.length === 0) return null;
  const { initials: _, ...shown } = one.piece;
  const place = held.length === 0 && shown.place === "title" ? "initials" : shown.place;
  let found: Match["marks"] | null = null;
  return {
    ...shown,
    place,
    // Of many matches few are shown at once, and finding the very characters takes longest.
    get marks(): Match["marks"] {
      found ??= joinedMarks([...marks(shown.text, held.map((term) => term.text)), ...spelled]);
      return found;
    },
  };
}

/** Return which characters of a name a term may be the initials of; null where it is none. */
function spells({ piece }: Prepared, term: Term): [number, number][] | null {
  if (!term.isInitials || !piece.initials) return null;
  const letters = lettersOf(piece);
  for (let start = 0; start + term.text.length <= letters.length; start += 1) {
    const run = letters.slice(start, start + term.text.length);
    if (run.every(({ sign }, number) => sign.includes(term.text[number] ?? " "))) {
      return run.map((letter) => [letter.at, letter.end]);
    }
  }
  return null;
}

/** Read the initials of a name: a sign for each character, several letters in brackets, `-` for none. */
function lettersOf({ text, initials }: Piece): Letter[] {
  if (!initials) return [];
  const signs = initials.match(/\([^)]*\)|./gu) ?? [];
  const letters: Letter[] = [];
  let at = 0;
  Array.from(text).forEach((character, number) => {
    const sign = signs[number] ?? "-";
    if (sign !== "-") letters.push({ sign, at, end: at + character.length });
    at += character.length;
  });
  return letters;
}
