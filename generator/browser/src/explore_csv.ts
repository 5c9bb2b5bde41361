// The sifted records as CSV: figures as printed, amounts in yuan beside them.

import { addressOf } from "./data";
import { csv } from "./csv";
import { lostText, ratioText, type Row } from "./explore_rows";

const CELLS: readonly (readonly [title: string, cell: (row: Row) => string])[] = [
  ["记录标识", (row) => row.id],
  ["年度", (row) => row.year],
  ["所在区", (row) => row.district],
  ["主管部门", (row) => row.departmentName],
  ["单位", (row) => row.unitName],
  ["项目名称", (row) => row.name],
  ["表样", (row) => row.formTitle],
  ["金额单位", (row) => row.moneyUnit],
  ["年初预算", (row) => row.initial?.printed ?? ""],
  ["年初预算（元）", (row) => row.initial?.yuan ?? ""],
  ["全年预算（或申请）", (row) => row.budget?.printed ?? ""],
  ["全年预算（或申请）（元）", (row) => row.budget?.yuan ?? ""],
  ["全年执行", (row) => row.executed?.printed ?? ""],
  ["全年执行（元）", (row) => row.executed?.yuan ?? ""],
  ["执行率（原表）", (row) => row.rate.printed],
  ["执行率（计算）", ratioText],
  ["总分（分值）", (row) => row.points.printed],
  ["总分（得分）", (row) => row.score.printed],
  ["评分等级", (row) => row.grade],
  ["失分（计算）", lostText],
  ["偏差行数（计算）", (row) => String(row.deviations)],
  ["检查结果（计算）", (row) => String(row.findings)],
  ["矛盾（计算）", (row) => String(row.contradictions)],
  ["不符的规则", (row) => row.codes.join("；")],
  ["网址", (row) => addressOf(`records/${row.id}.html`)],
];

/** Return the records as the content of a file, in the order given. */
export function recordsCsv(rows: readonly Row[]): string {
  return csv([CELLS.map(([title]) => title), ...rows.map((row) => CELLS.map(([, cell]) => cell(row)))]);
}
