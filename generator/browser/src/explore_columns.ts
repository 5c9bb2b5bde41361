// The columns of the explorer: what a cell shows, and what it is sorted by.

import { addressOf } from "./data";
import { element } from "./dom";
import { amountText, lostText, ratioText, type Row } from "./explore_rows";

export interface Column {
  readonly id: string;
  readonly title: string;
  /** Width in em. */
  readonly width: number;
  readonly isNumeric: boolean;
  /** Whether it is shown where the reader chose no columns. */
  readonly isUsual: boolean;
  /** What sorts it; undefined sorts last, whichever way. */
  readonly value: (row: Row) => string | number | undefined;
  readonly cell: (row: Row) => Node | string;
}

type Value = string | number | undefined;

function text(id: string, title: string, width: number, isUsual: boolean, of: (row: Row) => string): Column {
  return { id, title, width, isUsual, isNumeric: false, value: (row) => of(row) || undefined, cell: of };
}

function figure(
  id: string,
  title: string,
  width: number,
  isUsual: boolean,
  value: (row: Row) => Value,
  cell: (row: Row) => Node | string,
): Column {
  return { id, title, width, isUsual, isNumeric: true, value, cell };
}

function yuan(amount: { readonly yuan: string } | undefined): number | undefined {
  return amount && Number(amount.yuan);
}

function counted(count: number): string {
  return count ? String(count) : "";
}

function link(url: string, shown: string): Node {
  return element("a", { href: addressOf(url) }, shown);
}

/** The column that names the row; it cannot be hidden. */
export const NAME: Column = {
  id: "name",
  title: "项目",
  width: 14,
  isNumeric: false,
  isUsual: true,
  value: (row) => row.name,
  cell: (row) => link(`records/${row.id}.html`, row.name),
};

/** All columns, in their order. */
export const COLUMNS: readonly Column[] = [
  NAME,
  {
    ...text("unit", "单位", 10.5, true, (row) => row.unitName),
    cell: (row) => link(`units/${row.unit}.html`, row.unitName),
  },
  text("department", "主管部门", 11, false, (row) => row.departmentName),
  text("district", "所在区", 6, false, (row) => row.district),
  figure("year", "年度", 4.7, true, (row) => Number(row.year), (row) => row.year),
  text("form", "表样", 10, false, (row) => row.formTitle),
  figure("initial", "年初预算", 9.5, false, (row) => yuan(row.initial), (row) => amountText(row.initial, row.moneyUnit)),
  figure("budget", "全年预算（或申请）", 9, true, (row) => yuan(row.budget), (row) => amountText(row.budget, row.moneyUnit)),
  figure("executed", "全年执行", 9, true, (row) => yuan(row.executed), (row) => amountText(row.executed, row.moneyUnit)),
  figure("printed", "执行率（原表）", 5.6, true, (row) => row.rate.number, (row) => row.rate.printed),
  figure("rate", "执行率（计算）", 5.9, true, (row) => row.ratio, ratioText),
  figure("score", "总分", 4.5, true, (row) => row.score.number, (row) => row.score.printed),
  text("grade", "等级", 4.5, false, (row) => row.grade),
  figure("lost", "失分", 5.6, true, (row) => row.lost.number, lostText),
  figure("deviations", "偏差", 4.5, false, (row) => row.deviations, (row) => counted(row.deviations)),
  figure("findings", "检查", 4.5, true, (row) => row.findings, (row) =>
    row.findings ? link(`records/${row.id}.html#check`, String(row.findings)) : "",
  ),
  figure("contradictions", "矛盾", 4.5, false, (row) => row.contradictions, (row) => counted(row.contradictions)),
];

/** Windows that are shown as on a phone. */
export const PHONE = "(max-width: 44.984375em)";

/** What stands behind the name on a phone, with its width in em: as much as a phone shows at once. */
const ON_PHONE: ReadonlyMap<string, number> = new Map([["name", 7.6], ["lost", 5.4], ["findings", 4.6], ["score", 4.6]]);

/** Return columns as a phone shows them: the most wanted ones first. */
export function onPhone(columns: readonly Column[]): Column[] {
  const wanted = [...ON_PHONE].flatMap(([id, width]) => {
    const found = columns.find((column) => column.id === id);
    return found ? [{ ...found, width }] : [];
  });
  return [...wanted, ...columns.filter(({ id }) => !ON_PHONE.has(id))];
}

const collator = new Intl.Collator("zh-Hans-CN", { numeric: true });

/** Return what sorts each row by a column, by the row's place, as numbers: texts by their rank among all texts. */
export function sortKeys(rows: readonly Row[], column: Column): (number | undefined)[] {
  const values = rows.map(column.value);
  if (column.isNumeric) return values as (number | undefined)[];
  const texts = [...new Set(values as (string | undefined)[])].filter((text): text is string => text !== undefined);
  const ranks = new Map<Value, number>(texts.sort(collator.compare).map((text, rank) => [text, rank]));
  return values.map((value) => ranks.get(value));
}
