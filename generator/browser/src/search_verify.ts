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

/** A piece folded once for all queries. */
export interface Prepared {
  readonly piece: Piece;
  readonly folded: string;
  readonly letters: readonly Letter[];
}

/** What a character of a name may be typed as, and where it stands. */
interface Letter {
  readonly sign: string;
  readonly at: number;
  readonly end: number;
}

const NAMES = new Set(["title", "unit", "project"]);

/** Fold pieces. */
export function prepare(pieces: readonly Piece[]): Prepared[] {
  return pieces.map((piece) => ({ piece, folded: fold(piece.text), letters: lettersOf(piece) }));
}

/** Return how many terms stand in a name; null where one of them stands nowhere. */
export function verify(found: readonly Prepared[], terms: readonly Term[]): number | null {
  if (!terms.every((term) => found.some((one) => has(one, term)))) return null;
  const names = found.filter(({ piece }) => NAMES.has(piece.place));
  return terms.filter((term) => names.some((one) => has(one, term))).length;
}

function has(one: Prepared, term: Term): boolean {
  return one.folded.includes(term.text) || spells(one, term) !== null;
}

/** Return where the terms stand, the best place of each first. */
export function matchesOf(found: readonly Prepared[], terms: readonly Term[]): Match[] {
  const matches = found.map((one) => matchOf(one, terms));
  const best = new Set<Match | null | undefined>(
    terms.map((term) => {
      const held = found.findIndex((one) => one.folded.includes(term.text));
      return matches[held >= 0 ? held : found.findIndex((one) => has(one, term))];
    }),
  );
  const all = matches.flatMap((match) => (match ? [match] : []));
  return [...all.filter((match) => best.has(match)), ...all.filter((match) => !best.has(match))];
}

function matchOf(one: Prepared, terms: readonly Term[]): Match | null {
  const held = terms.filter((term) => one.folded.includes(term.text));
  const spelled = terms.filter((term) => spells(one, term) !== null);
  if (held.length === 0 && spelled.length === 0) return null;
  const { piece } = one;
  const { initials: _, ...shown } = piece;
  const own = marks(piece.text, held.map((term) => term.text));
  const letters = spelled.flatMap((term) => spells(one, term) ?? []);
  const place = held.length === 0 && piece.place === "title" ? "initials" : piece.place;
  return { ...shown, place, marks: joinedMarks([...own, ...letters]) };
}

/** Return which characters of a name a term may be the initials of; null where it is none. */
function spells({ letters }: Prepared, term: Term): [number, number][] | null {
  if (!term.isInitials) return null;
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
