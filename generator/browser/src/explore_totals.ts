// What the sifted records amount to: exact sums, kind by kind of form, never over kinds.

import { element } from "./dom";
import { countText, percentage, sum, yuanText } from "./exact";
import type { Row } from "./explore_rows";

const KINDS = [
  ["SelfEvaluation", "项目支出自评"],
  ["DepartmentEvaluation", "整体支出自评"],
  ["TargetDeclaration", "绩效目标申报"],
  ["Other", "其他表"],
] as const;

export interface Totals {
  readonly label: string;
  readonly records: number;
  /** In yuan; undefined where no record prints one. */
  readonly budget: string | undefined;
  readonly executed: string | undefined;
  /** Executed over adjusted budget, of the records that print both. */
  readonly rate: string | undefined;
  readonly withoutBudget: number;
  readonly withoutExecuted: number;
  /** How many print both; the rate is of these alone. */
  readonly withBoth: number;
}

/** Return the sums of each kind of form; kinds without a record are left out. */
export function totalsOf(rows: readonly Row[]): Totals[] {
  return KINDS.flatMap(([kind, label]) => {
    const found = rows.filter((row) => row.kind === kind);
    return found.length ? [totals(label, found)] : [];
  });
}

function totals(label: string, rows: readonly Row[]): Totals {
  const budgets = rows.flatMap((row) => row.budget?.yuan ?? []);
  const executed = rows.flatMap((row) => row.executed?.yuan ?? []);
  const both = rows.filter((row) => row.isAdjusted && row.executed);
  return {
    label,
    records: rows.length,
    budget: budgets.length ? sum(budgets) : undefined,
    executed: executed.length ? sum(executed) : undefined,
    rate: percentage(sum(both.map((row) => row.executed?.yuan ?? "0")), sum(both.map((row) => row.budget?.yuan ?? "0"))),
    withoutBudget: rows.length - budgets.length,
    withoutExecuted: rows.length - executed.length,
    withBoth: both.length,
  };
}

const COUNT = "份数";
const BUDGET = "预算（或申请）合计";
const EXECUTED = "执行合计";
const RATE = "执行率（计算）";

/** Draw the sums as a table. On a phone its cells stand one below the other, where only the roles say what they are. */
export function totalsTable(rows: readonly Row[]): HTMLElement {
  const head = element(
    "tr",
    { role: "row" },
    element("th", { role: "columnheader", scope: "col" }, "表的种类"),
    ...[COUNT, BUDGET, EXECUTED, RATE].map((title) => element("th", { role: "columnheader", scope: "col", class: "num" }, title)),
  );
  const body = totalsOf(rows).map((one) =>
    element(
      "tr",
      { role: "row" },
      element("th", { role: "rowheader", scope: "row" }, one.label),
      cell(COUNT, countText(one.records)),
      cell(BUDGET, one.budget && yuanText(one.budget), without(one.withoutBudget)),
      cell(EXECUTED, one.executed && yuanText(one.executed), without(one.withoutExecuted)),
      cell(RATE, one.rate, one.withBoth < one.records ? `执行率只按两个数都有的 ${countText(one.withBoth)} 份计算` : ""),
    ),
  );
  return element(
    "table",
    { class: "figures explore-totals", role: "table" },
    element("thead", { role: "rowgroup" }, head),
    element("tbody", { role: "rowgroup" }, ...body),
  );
}

function without(count: number): string {
  return count ? `另 ${countText(count)} 份没有，未计入` : "";
}

function cell(title: string, text: string | undefined, note = ""): HTMLElement {
  const attributes = { class: "num", role: "cell", "data-title": title };
  if (!text) return element("td", attributes, element("span", { class: "none" }, "数据不足"));
  const made = element("td", attributes, text);
  if (note) made.append(element("br"), element("small", {}, note));
  return made;
}
