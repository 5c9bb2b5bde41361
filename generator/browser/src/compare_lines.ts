// A line of the comparison: one cell for each record, and which of them differ from the first.

import { plain } from "./printed";

/**
 * What a cell holds: a printed text, a blank, nothing where the form has the column, or nothing as the form has no such
 * column or the record no such row.
 */
export type Kind = "text" | "blank" | "not-printed" | "no-field" | "no-row";

export interface Cell {
  readonly kind: Kind;
  /** As printed, or what to say instead. */
  readonly text: string;
  /** What we computed, said beside it. */
  readonly note: string;
  /** What is compared instead of the text where both cells have it, such as an amount in yuan; else empty. */
  readonly measure: string;
}

export interface Line {
  readonly label: string;
  readonly cells: readonly Cell[];
  /** Whether each cell says something else than the first one that has the row and the column. */
  readonly differs: readonly boolean[];
}

export interface Block {
  /** Empty where the part has one block only. */
  readonly heading: string;
  readonly levels: string;
  /** Records without it, by position. */
  readonly missing: readonly number[];
  /** Where it stands on the page of each record; empty where there is no such place. */
  readonly urls: readonly string[];
  readonly remarks: readonly string[];
  readonly lines: readonly Line[];
}

export interface Part {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export const BLANK: Cell = { kind: "blank", text: "空白", note: "", measure: "" };
export const NO_FIELD: Cell = { kind: "no-field", text: "无此栏", note: "", measure: "" };
export const NOT_PRINTED: Cell = { kind: "not-printed", text: "没有印出", note: "", measure: "" };
export const NO_ROW: Cell = { kind: "no-row", text: "没有这一项", note: "", measure: "" };

/** Make the cell of a printed text. */
export function field(text: string, measure = "", note = ""): Cell {
  return { kind: "text", text, note, measure };
}

function alike(one: Cell, other: Cell): boolean {
  if (one.kind !== "text" || other.kind !== "text") return one.kind !== "text" && other.kind !== "text";
  return one.measure && other.measure ? one.measure === other.measure : plain(one.text) === plain(other.text);
}

/** Tell whether a cell can say anything: what a form has no column for is no difference. */
function isThere({ kind }: Cell): boolean {
  return kind !== "no-row" && kind !== "no-field";
}

/** Make a line, and see which cells differ from the first one that is there. */
export function lineOf(label: string, cells: readonly Cell[]): Line {
  const first = cells.find(isThere);
  return { label, cells, differs: cells.map((cell) => isThere(cell) && !!first && !alike(first, cell)) };
}

/** Make a block; without a heading it is the only one of its part. */
export function blockOf(lines: readonly Line[], about: Partial<Block> = {}): Block {
  return { heading: "", levels: "", missing: [], urls: [], remarks: [], ...about, lines };
}

/** Tell whether a line differs between the records that have it. */
export function lineDiffers(line: Line): boolean {
  return line.differs.includes(true);
}

/** Tell whether anything of a block differs, be it that a record does not have it. */
export function blockDiffers(block: Block): boolean {
  return block.missing.length > 0 || block.lines.some(lineDiffers);
}
