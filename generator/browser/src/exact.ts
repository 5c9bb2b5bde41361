// Exact sums of decimal figures: text in, text out, never a binary fraction in between.

/** A hundred percent to two places. */
const WHOLE = 10_000n;

const NUMBER = /^-?\d+(?:,\d{3})*(?:\.\d+)?$/;

/** Powers of ten from a unit of money to yuan. */
const UNITS: Readonly<Record<string, number>> = { 元: 0, 千元: 3, 万元: 4, 百万元: 6, 亿元: 8 };

/** Places of a rate that are told from one another; amounts have fen at most, so that they are enough. */
const TRACED = 8;

interface Exact {
  /** The figure without its point. */
  readonly digits: bigint;
  readonly places: number;
}

/** Tell whether a text is a number as the forms print it, separators included. */
export function isNumber(text: string): boolean {
  return NUMBER.test(text);
}

/** Return a printed amount in yuan, exact; undefined where it is no number or its unit is not known. */
export function inYuan(printed: string, unit: string): string | undefined {
  const power = UNITS[unit];
  if (power === undefined || !isNumber(printed)) return undefined;
  const { digits, places } = exact(printed);
  return written({ digits: digits * 10n ** BigInt(power), places });
}

/** Return the sum of figures. */
export function sum(figures: readonly string[]): string {
  // Few figures differ in how many places they have, and adding is quicker than widening each.
  const sums: bigint[] = [];
  for (const figure of figures) {
    const { digits, places } = exact(figure);
    sums[places] = (sums[places] ?? 0n) + digits;
  }
  const places = Math.max(0, sums.length - 1);
  let digits = 0n;
  sums.forEach((one, own) => {
    digits += one * 10n ** BigInt(places - own);
  });
  return written({ digits, places });
}

/** Return part over whole in percent, rounded half up to two places, but never to 0 or 100; undefined where the whole
 * is not positive. */
export function percentage(part: string, whole: string): string | undefined {
  const [above, below] = [exact(part), exact(whole)];
  if (below.digits <= 0n) return undefined;
  const numerator = above.digits * 10n ** BigInt(below.places + 4);
  const denominator = below.digits * 10n ** BigInt(above.places);
  const rounded = (2n * magnitude(numerator) + denominator) / (2n * denominator);
  if (rounded === 0n && numerator) return numerator > 0n ? "不到 0.01%" : "略低于 0%";
  if (numerator > 0n && rounded === WHOLE && numerator !== WHOLE * denominator) {
    return numerator < WHOLE * denominator ? "略低于 100%" : "略高于 100%";
  }
  return `${grouped(written({ digits: numerator < 0n ? -rounded : rounded, places: 2 }), 2)}%`;
}

/**
 * Return part over whole in percent as a number to sort and to sift by; undefined where the whole is not positive.
 * What is cut off leaves a trace, so that the number is on the right side of every bound: 100 is exactly all.
 */
export function rateNumber(part: string, whole: string): number | undefined {
  const [above, below] = [exact(part), exact(whole)];
  if (below.digits <= 0n) return undefined;
  const numerator = above.digits * 10n ** BigInt(below.places + 2 + TRACED);
  const denominator = below.digits * 10n ** BigInt(above.places);
  const [quotient, rest] = [numerator / denominator, numerator % denominator];
  const trace = rest > 0n ? 1n : rest < 0n ? -1n : 0n;
  return Number(2n * quotient + trace) / (2 * 10 ** TRACED);
}

/** Return an amount in yuan with separators and at least two places: 4,702,600.00 元. */
export function yuanText(yuan: string): string {
  return `${grouped(yuan, 2)} 元`;
}

/** Return a whole number with separators. */
export function countText(count: number): string {
  return grouped(String(count), 0);
}

function exact(text: string): Exact {
  const plain = text.includes(",") ? text.replace(/,/g, "") : text;
  const point = plain.indexOf(".");
  if (point < 0) return { digits: BigInt(plain), places: 0 };
  return { digits: BigInt(plain.slice(0, point) + plain.slice(point + 1)), places: plain.length - point - 1 };
}

function magnitude(digits: bigint): bigint {
  return digits < 0n ? -digits : digits;
}

function written({ digits, places }: Exact): string {
  const text = magnitude(digits).toString().padStart(places + 1, "0");
  const whole = text.slice(0, text.length - places);
  const fraction = text.slice(text.length - places).replace(/0+$/, "");
  return `${digits < 0n ? "-" : ""}${whole}${fraction ? `.${fraction}` : ""}`;
}

function grouped(text: string, places: number): string {
  const [whole = "", fraction = ""] = text.split(".");
  const shown = fraction.padEnd(places, "0");
  return whole.replace(/\B(?=(?:\d{3})+$)/g, ",") + (shown ? `.${shown}` : "");
}
