// Printed texts as what they say: the same figure may be printed with or without separators and zeros.

const FIGURE = /^([+\-−]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(%?)$/u;

/** Return a text without what makes no difference to a reader: width of characters and white space. */
export function plain(text: string): string {
  return text.normalize("NFKC").replace(/\s+/gu, "");
}

/** Return the one way to write a figure; null for what is none. Digits stay text, so nothing is ever rounded. */
export function figure(text: string): string | null {
  const found = FIGURE.exec(plain(text));
  if (!found) return null;
  const whole = (found[2] ?? "").replace(/,/gu, "").replace(/^0+(?=\d)/u, "");
  const places = (found[3] ?? "").replace(/0+$/u, "").replace(/^\.$/u, "");
  const sign = found[1] === "" || found[1] === "+" || (whole === "0" && !places) ? "" : "-";
  return `${sign}${whole}${places}${found[4] ?? ""}`;
}

const VALUE = /^([<>=≤≥≦≧]*)([+\-−]?[\d,.]+)(%|\([^()]+\)|[^\d\s().,]+)$/u;

/**
 * Return the one way to write a value with a unit, such as ≥2(次); null for what is none.
 * A bare number is none: 2024.10 may be a month.
 */
export function value(text: string): string | null {
  const found = VALUE.exec(plain(text));
  const written = found ? figure(found[2] ?? "") : null;
  return found && written !== null ? `${found[1] ?? ""}${written}${found[3] ?? ""}` : null;
}

const BRACKETED = /[(（]([^()（）\d]+)[)）]\s*$/u;
const AFTER_FIGURE = /\d\s*([^\d\s.,，()（）<>=≤≥≦≧~～—-]+)\s*$/u;

/** Return the unit that a target or actual value is printed in; empty where none is printed. */
export function unitOf(value: string): string {
  const found = BRACKETED.exec(value) ?? AFTER_FIGURE.exec(value);
  return found ? plain(found[1] ?? "") : "";
}
