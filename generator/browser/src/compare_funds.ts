// The money of several records side by side: printed texts with their unit, and yuan where the units differ.

import { BLANK, type Block, blockOf, type Cell, field, type Line, lineOf, NO_FIELD, NO_ROW, NOT_PRINTED } from "./compare_lines";
import { matchRows } from "./compare_matching";
import { inYuan, yuanText } from "./exact";
import { figure, plain } from "./printed";
import { type BrowseRecord } from "./search_record";

type Fund = BrowseRecord["funds"][number];

const MONEY_UNIT = "金额单位";

/** Return the unit that the form's amounts are in; empty where it prints none. */
function moneyUnit(record: BrowseRecord): string {
  const stated = record.body.find(([kind, heading, , fields]) => kind === "funding" && !heading && fields[0] === MONEY_UNIT);
  return stated?.[3][1] ?? record.funds[0]?.[3] ?? "";
}

/** Lay the main amounts side by side, and below them the rows of the forms. */
export function compareFunds(records: readonly BrowseRecord[]): Block[] {
  return [blockOf(mainLines(records)), ...rowBlocks(records)];
}

function mainLines(records: readonly BrowseRecord[]): Line[] {
  const labels = new Map(records.flatMap((record) => record.funds.map((fund) => [fund[0], fund[1]] as const)));
  const lines = Array.from(labels, ([identifier, label]) => {
    const found = records.map((record) => record.funds.find((fund) => fund[0] === identifier));
    const units = new Set(found.flatMap((fund) => (fund ? [plain(fund[3])] : [])));
    return lineOf(label, found.map((fund) => (fund ? amount(fund, units.size > 1) : NO_FIELD)));
  });
  const rates = records.map((record) => record.execution_rate);
  const units = records.map(moneyUnit);
  lines.push(lineOf(MONEY_UNIT, units.map((unit, at) => (unit ? field(unit) : emptyOf(records[at], () => true)))));
  const rate = (text: string, at: number): Cell =>
    text ? field(text, rateMeasure(text)) : emptyOf(records[at], (label) => label.includes("执行率"));
  lines.push(lineOf("执行率（原表）", rates.map(rate)));
  return lines.filter((line) => line.cells.some((cell) => cell.kind === "text"));
}

/** Return what to say of a form's money that has nothing of a kind: whether it has a column for it. */
function emptyOf(record: BrowseRecord | undefined, isColumn: (label: string) => boolean): Cell {
  const funding = record?.body.filter(([kind]) => kind === "funding") ?? [];
  return funding.some(([, , , fields]) => fields.some((label, at) => at % 2 === 0 && isColumn(label))) ? NOT_PRINTED : NO_FIELD;
}

function amount([, , text, unit, worth]: Fund, unitsDiffer: boolean): Cell {
  // Where the form prints no total, the amount is our own sum of what it prints.
  if (worth === null) return text ? field(text) : NOT_PRINTED;
  const shown = yuanText(worth);
  if (!text) return field(shown, worth, "本站由各来源相加");
  const note = unitsDiffer && plain(unit) !== "元" ? `合 ${shown}（本站换算）` : "";
  return field(`${text} ${unit}`.trim(), worth, note);
}

/** Rates are printed with and without their sign, which changes nothing. */
function rateMeasure(text: string): string {
  return (figure(text) ?? "").replace("%", "");
}

interface FundingRow {
  readonly levels: string;
  readonly name: string;
  readonly unit: string;
  readonly label: string;
  readonly anchor: string;
  readonly fields: ReadonlyMap<string, string>;
}

function fundingRows(record: BrowseRecord): FundingRow[] {
  return record.body
    .filter(([kind, heading]) => kind === "funding" && heading)
    .map(([, heading, anchor, fields]) => {
      const pairs = new Map<string, string>();
      for (let at = 0; at + 1 < fields.length; at += 2) pairs.set(fields[at] ?? "", fields[at + 1] ?? "");
      return { levels: "", name: plain(heading), unit: "", label: heading, anchor, fields: pairs };
    });
}

/** Columns beside the amounts: rates, points, scores and reasons. */
const NO_AMOUNT = /率|分|权重|原因|说明|措施/u;

function rowCell(label: string, text: string, unit: string, unitsDiffer: boolean): Cell {
  if (label.includes("率")) return field(text, rateMeasure(text));
  if (!unitsDiffer || NO_AMOUNT.test(label)) return field(text, figure(text) ?? "");
  // What cannot be put into yuan is compared with its unit.
  return field(text, inYuan(plain(text), plain(unit)) ?? `${plain(text)} ${plain(unit)}`);
}

/** Lay the rows of the forms side by side; their unit is the form's, which is said where the units differ. */
function rowBlocks(records: readonly BrowseRecord[]): Block[] {
  const rows = records.map(fundingRows);
  const units = records.map(moneyUnit);
  // A form whose unit cannot be told may have any.
  const unitsDiffer = new Set(units.filter((_, at) => rows[at]?.length).map(plain)).size > 1;
  const named = units.map((unit, at) => `第 ${at + 1} 份${unit ? `为${unit}` : "没有印出"}`).join("，");
  const columns = rows.map((found) => new Set(found.flatMap((row) => Array.from(row.fields.keys()))));
  return matchRows(rows).map((match) => {
    const found = match.map((position, record) => (position === null ? null : (rows[record]?.[position] ?? null)));
    const labels = new Set(found.flatMap((row) => (row ? Array.from(row.fields.keys()) : [])));
    const lines = Array.from(labels, (label) => {
      const cells = found.map((row, record) => {
        if (!row) return NO_ROW;
        const text = row.fields.get(label);
        if (text) return rowCell(label, text, units[record] ?? "", unitsDiffer);
        return columns[record]?.has(label) ? BLANK : NO_FIELD;
      });
      return lineOf(label, cells);
    });
    return blockOf(lines.filter((line) => line.cells.some((cell) => cell.kind === "text")), {
      heading: found.find((row) => row !== null)?.label ?? "",
      missing: found.flatMap((row, record) => (row ? [] : [record])),
      urls: found.map((row, record) => (row?.anchor ? `${records[record]?.url}#${row.anchor}` : "")),
      remarks: unitsDiffer ? [`金额单位不同：${named}；数字照录`] : [],
    });
  });
}
