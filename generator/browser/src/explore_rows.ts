// The records as the explorer knows them: the lines of `browse/explore.js` joined with the directory of the site.

import { inYuan, isNumber, percentage, rateNumber, yuanText } from "./exact";

/** A figure as printed, and its number where the site read one there. */
export interface Figure {
  readonly printed: string;
  readonly number: number | undefined;
}

/** An amount as printed in the form's unit, and exactly in yuan; nothing is printed where it is our sum of sources. */
export interface Amount {
  readonly printed: string;
  readonly yuan: string;
}

export interface Row {
  readonly id: string;
  readonly name: string;
  readonly year: string;
  readonly unit: string;
  readonly unitName: string;
  readonly department: string;
  readonly departmentName: string;
  readonly district: string;
  readonly form: string;
  readonly formTitle: string;
  /** Kind of form; sums are never added over kinds. */
  readonly kind: string;
  readonly moneyUnit: string;
  readonly initial: Amount | undefined;
  readonly budget: Amount | undefined;
  /** Whether the budget is the adjusted one, and not what was applied for or budgeted at first. */
  readonly isAdjusted: boolean;
  readonly executed: Amount | undefined;
  /** The execution rate as printed. */
  readonly rate: Figure;
  /** Executed over adjusted budget in percent, of the amounts; undefined where it cannot be computed. */
  readonly ratio: number | undefined;
  readonly points: Figure;
  readonly score: Figure;
  readonly grade: string;
  /** Points lost as computed; empty for a form without scores, and where nobody can tell. */
  readonly lost: Figure;
  /** How many scored rows do not tell what they lost, so that the points lost are only the least that they can be. */
  readonly lostUnknown: number;
  readonly deviations: number;
  readonly findings: number;
  readonly contradictions: number;
  readonly codes: readonly string[];
  /** What the free text filter looks in, folded. */
  readonly text: string;
}

export interface Directory {
  readonly units: readonly (readonly [slug: string, name: string, department: string, district: string, ...unknown[]])[];
  readonly departments: Readonly<Record<string, readonly [name: string, district: string]>>;
  readonly forms: readonly (readonly [identifier: string, title: string, recordType: string])[];
  readonly rules: Readonly<Record<string, readonly [title: string]>>;
}

/** A text, or a text with the number that the site read in it where a script would read another. */
type Written = string | readonly [printed: string, read: string];

const QUOTATION_MARKS = /["'‘’“”「」『』]/gu;

/** In the order of `generator/export/explore_data.py`; what is blank at the end is left out. */
export type Line = readonly [
  id: string,
  name: string,
  form: string,
  moneyUnit?: string,
  initial?: Written,
  budget?: Written,
  basis?: number,
  executed?: Written,
  rate?: Written,
  points?: Written,
  score?: Written,
  grade?: string,
  lost?: string,
  lostUnknown?: number,
  deviations?: number,
  findings?: number,
  contradictions?: number,
  codes?: string,
  title?: string,
];

/** Return a text as it is looked for: width, capitals and quotation marks make no difference. */
export function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(QUOTATION_MARKS, "");
}

/** Join the lines with what the directory knows of their units and forms. */
export function rowsOf(lines: readonly Line[], directory: Directory): Row[] {
  const units = new Map(directory.units.map((unit) => [unit[0], unit]));
  const forms = new Map(directory.forms.map((form) => [form[0], form]));
  // Places are asked for by number: taking a line apart by a pattern takes several times as long.
  return lines.map((line) => {
    const [id, name, form, moneyUnit] = [line[0], line[1], line[2], line[3] ?? ""];
    const end = id.indexOf("/", 5);
    const slug = id.slice(5, end);
    const unit = units.get(slug);
    const department = unit?.[2] ?? "";
    const departmentName = directory.departments[department]?.[0] ?? "";
    const unitName = unit?.[1] ?? slug;
    const budget = amountOf(line[5], moneyUnit);
    const executed = amountOf(line[7], moneyUnit);
    const isAdjusted = budget !== undefined && !line[6];
    return {
      id,
      name,
      year: id.slice(0, 4),
      unit: slug,
      unitName,
      department,
      departmentName,
      district: unit?.[3] ?? "",
      form,
      formTitle: line[18] || forms.get(form)?.[1] || form,
      kind: forms.get(form)?.[2] ?? "Other",
      moneyUnit,
      initial: amountOf(line[4], moneyUnit),
      budget,
      isAdjusted,
      executed,
      rate: figureOf(line[8]),
      ratio: isAdjusted && executed ? rateNumber(executed.yuan, budget.yuan) : undefined,
      points: figureOf(line[9]),
      score: figureOf(line[10]),
      grade: line[11] ?? "",
      lost: figureOf(line[12]),
      lostUnknown: line[13] ?? 0,
      deviations: line[14] ?? 0,
      findings: line[15] ?? 0,
      contradictions: line[16] ?? 0,
      codes: line[17] ? line[17].split(" ") : [],
      text: folded(`${name} ${unitName} ${departmentName}`),
    };
  });
}

function amountOf(written: Written | undefined, unit: string): Amount | undefined {
  if (!written) return undefined;
  if (typeof written !== "string") return { printed: written[0], yuan: written[1] };
  const yuan = inYuan(written, unit);
  return yuan === undefined ? undefined : { printed: written, yuan };
}

function figureOf(written: Written | undefined): Figure {
  if (!written) return { printed: "", number: undefined };
  if (typeof written !== "string") {
    return { printed: written[0], number: written[1] ? Number(written[1]) : undefined };
  }
  const digits = written.endsWith("%") ? written.slice(0, -1) : written;
  return { printed: written, number: isNumber(digits) ? Number(digits.replace(/,/g, "")) : undefined };
}

/** Return an amount as the site prints it; our own sums say that they are sums. */
export function amountText(amount: Amount | undefined, unit: string): string {
  if (!amount) return "";
  return amount.printed ? `${amount.printed} ${unit}` : `${yuanText(amount.yuan)}（各来源相加）`;
}

/** Return the execution rate as computed; a rounded one that would look like all is not said to be all. */
export function ratioText({ ratio, budget, executed }: Row): string {
  if (ratio === undefined || !budget || !executed) return "";
  return percentage(executed.yuan, budget.yuan) ?? "";
}

/** Return the points lost as the site prints them. */
export function lostText(row: Row): string {
  if (!row.lostUnknown) return row.lost.printed;
  return row.lost.printed ? `≥ ${row.lost.printed}` : "数据不足";
}

/** Return the total score out of 100; undefined where another total or none that can be read is printed. */
export function scoreOutOf100(row: Row): number | undefined {
  const isHundred = row.points.number === 100 || row.points.printed === "";
  return isHundred ? row.score.number : undefined;
}
