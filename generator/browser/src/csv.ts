// CSV that spreadsheets open as it is, written by the same rules as `generator/export/csv_table.py`.

import { isNumber } from "./exact";

const BLANK_MARKS = new Set(["", "-", "—", "——", "–", "/", "／", "－"]);
const SUSPECT = /^(?:\s*[=+\-@＝＋－＠]|[\t\r\n\v\f\0'])/u;
const QUOTED = /[,;\t"\r\n]/;

/** Return the text with an apostrophe before it where a spreadsheet would take it for a formula. */
export function harmless(text: string): string {
  if (!SUSPECT.test(text) || BLANK_MARKS.has(text) || isPlainNumber(text)) return text;
  return `'${text}`;
}

/** Return a whole file: the byte order mark, then lines of cells. */
export function csv(lines: readonly (readonly string[])[]): string {
  return `\ufeff${lines.map((cells) => `${cells.map((cell) => quoted(harmless(cell))).join(",")}\r\n`).join("")}`;
}

function isPlainNumber(text: string): boolean {
  return text === text.trim() && isNumber(text.normalize("NFKC").replace(/^\+/, "").replace(/%$/, ""));
}

function quoted(text: string): string {
  return QUOTED.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** Hand a file to the reader. */
export function download(name: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it a moment later.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
