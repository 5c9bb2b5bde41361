// Several records laid side by side: what stands in each cell, and what differs. Nothing is added up.

import { compareFunds } from "./compare_funds";
import { type Block, type Cell, BLANK, blockOf, field, lineOf, type Line, NO_FIELD, NO_ROW, NOT_PRINTED, type Part } from "./compare_lines";
import { matchRows, type Row } from "./compare_matching";
import { figure, plain, unitOf, value } from "./printed";
import { type BrowseRecord } from "./search_record";

type BodyBlock = BrowseRecord["body"][number];

const LEVEL_MARK = " › ";
const WEIGHTS = "权重";

/** What different forms call the same text. */
const SAME_TEXTS: Readonly<Record<string, string>> = {
  年初设定目标: "预期目标",
  年度总体目标: "预期目标",
  全年完成情况: "实际完成情况",
};

/** Lay records side by side, part by part; parts that no record fills are left out. */
export function compareRecords(records: readonly BrowseRecord[]): Part[] {
  const parts: Part[] = [
    { id: "about", title: "基本情况", blocks: [blockOf(aboutLines(records))] },
    { id: "funds", title: "资金", blocks: compareFunds(records) },
    { id: "score", title: "评分", blocks: [blockOf(scoreLines(records))] },
    { id: "objective", title: "目标与完成", blocks: [blockOf(fieldLines(records, isProse, textKey))] },
    { id: "indicators", title: "绩效指标", blocks: indicatorBlocks(records) },
  ];
  return parts
    .map((part) => ({ ...part, blocks: part.blocks.filter((block) => block.lines.length > 0) }))
    .filter((part) => part.blocks.length > 0);
}

/** Tell whether some record has further tables, which are not compared. */
export function hasTables(records: readonly BrowseRecord[]): boolean {
  return records.some((record) => record.body.some(([kind]) => kind === "table"));
}

function aboutLines(records: readonly BrowseRecord[]): Line[] {
  // The grade stands with the scores.
  return fieldLines(records, ([kind]) => kind === "head", plain).filter((line) => !line.label.endsWith("等级"));
}

function scoreLines(records: readonly BrowseRecord[]): Line[] {
  const [points, score] = ([0, 1] as const).map((at) => records.map((record) => scored(record, at)));
  const grade = records.map((record) => (record.total[2] || hasGrade(record) ? printed(record.total[2]) : NO_FIELD));
  const lost = records.map((record) => (record.lost === null ? NO_FIELD : field(record.lost)));
  return [
    lineOf("总分（分值）", points ?? []),
    lineOf("总分（得分）", score ?? []),
    lineOf("评分等级", grade),
    lineOf("失分（本站逐行相加）", lost),
    ...fieldLines(records, ([kind, heading]) => kind === "supplement" && heading === WEIGHTS, plain, `${WEIGHTS} › `),
  ].filter((line) => line.cells.some((cell) => cell.kind === "text"));
}

/** Forms that end in a total of points and scores. */
const SCORED = new Set(["SelfEvaluation", "DepartmentEvaluation"]);

function scored(record: BrowseRecord, at: 0 | 1): Cell {
  if (record.total.some(Boolean)) return printed(record.total[at], figure);
  return SCORED.has(record.form[2]) ? NOT_PRINTED : NO_FIELD;
}

function hasGrade(record: BrowseRecord): boolean {
  return record.body.some((block) => isAbout(block) && labelled(block).some(([label]) => label.endsWith("等级")));
}

function isAbout([kind]: BodyBlock): boolean {
  return kind === "head" || kind === "supplement";
}

function printed(text: string | undefined, measure: Measure = () => null): Cell {
  return text ? field(text, measure(text) ?? "") : BLANK;
}

/** What a text is compared by instead; null where the text itself is. */
type Measure = (text: string) => string | null;

function textKey(label: string): string {
  return SAME_TEXTS[plain(label)] ?? plain(label);
}

function isProse([kind]: BodyBlock): boolean {
  return kind === "objective" || kind === "prose";
}

/** Lay the labelled texts of some blocks side by side, by label. */
function fieldLines(
  records: readonly BrowseRecord[],
  wanted: (block: BodyBlock) => boolean,
  key: (label: string) => string,
  before = "",
): Line[] {
  const blocks = records.map((record) => record.body.filter(wanted));
  const found = blocks.map((own) => own.flatMap(labelled));
  const lines = linesOf(found, found.map((_, at) => columnsLike(records, found, at, key)), key);
  return lines.map((line) => ({ ...line, label: before + line.label }));
}

/** Return the labels of all records of one's layout: what one of them has, the others leave blank. */
function columnsLike(
  records: readonly BrowseRecord[],
  found: readonly (readonly Labelled[])[],
  at: number,
  key: (label: string) => string,
): Set<string> {
  const alike = found.filter((_, other) => records[other]?.form[0] === records[at]?.form[0]);
  return new Set(alike.flatMap((pairs) => pairs.map(([label]) => key(label))));
}

type Labelled = readonly [label: string, text: string];

function labelled([, heading, , fields]: BodyBlock): Labelled[] {
  const pairs: Labelled[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) pairs.push([fields[at] || heading, fields[at + 1] ?? ""]);
  return pairs;
}

/** Make a line for each label; null stands for a record without the row, `columns` are what its form has at all. */
function linesOf(
  found: readonly (readonly Labelled[] | null)[],
  columns: readonly ReadonlySet<string>[],
  key: (label: string) => string,
  measureOf: (label: string) => Measure = () => () => null,
): Line[] {
  const labels = new Map<string, Set<string>>();
  for (const [label] of found.flatMap((pairs) => pairs ?? [])) {
    const names = labels.get(key(label)) ?? new Set<string>();
    labels.set(key(label), names.add(label));
  }
  return Array.from(labels, ([wanted, names]) => {
    const cells = found.map((pairs, record) => {
      if (!pairs) return NO_ROW;
      const texts = pairs.filter(([label]) => key(label) === wanted).map(([, text]) => text);
      if (texts.length === 0) return columns[record]?.has(wanted) ? BLANK : NO_FIELD;
      return printed(texts.filter(Boolean).join("\n"), measureOf(wanted));
    });
    return lineOf(Array.from(names).join(" / "), cells);
  }).filter((line) => line.cells.some((cell) => cell.kind === "text"));
}

interface IndicatorRow extends Row {
  readonly anchor: string;
  readonly printedLevels: string;
  readonly printedName: string;
  readonly fields: readonly Labelled[];
}

/** Columns of indicators are called alike but for the year: 年度指标值, 年度(/项目)指标值, 指标值. */
function columnKey(label: string): string {
  return plain(label).replace(/\([^)]*\)/gu, "").replace(/^(?:年度|全年)/u, "");
}

/** Points and scores are figures; what is aimed at and reached may be anything. */
function columnMeasure(column: string): Measure {
  return /分|权重|率/u.test(column) && !/原因|分析|措施/u.test(column) ? figure : value;
}

function indicatorRow(block: BodyBlock): IndicatorRow {
  const [, heading, anchor] = block;
  const fields = labelled(block);
  const path = heading.split(LEVEL_MARK);
  const printedName = path.pop() ?? "";
  const target = fields.find(([label]) => /指标值|目标值/u.test(label));
  const named = fields.find(([label]) => /计量单位|度量单位/u.test(label));
  return {
    levels: plain(path.join(LEVEL_MARK)),
    name: plain(printedName),
    unit: named ? plain(named[1]) : unitOf(target?.[1] ?? ""),
    anchor,
    printedLevels: path.join(LEVEL_MARK),
    printedName,
    fields,
  };
}

function indicatorBlocks(records: readonly BrowseRecord[]): Block[] {
  const rows = records.map((record) => record.body.filter(([kind]) => kind === "indicator").map(indicatorRow));
  const columns = rows.map((found) => new Set(found.flatMap((row) => row.fields.map(([label]) => columnKey(label)))));
  return matchRows(rows).map((match) => {
    const found = match.map((position, record) => (position === null ? null : (rows[record]?.[position] ?? null)));
    const present = found.filter((row) => row !== null);
    const [first] = present;
    return blockOf(linesOf(found.map((row) => row?.fields ?? null), columns, columnKey, columnMeasure), {
      heading: first?.printedName || "（无名称）",
      levels: Array.from(new Set(present.map((row) => row.printedLevels))).join(" / "),
      missing: found.flatMap((row, record) => (row ? [] : [record])),
      urls: found.map((row, record) => (row?.anchor ? `${records[record]?.url}#${row.anchor}` : "")),
      remarks: remarks(present),
    });
  });
}

function remarks(rows: readonly IndicatorRow[]): string[] {
  const units = new Set(rows.map((row) => row.unit).filter(Boolean));
  const levels = new Set(rows.map((row) => row.levels));
  return [
    ...(units.size > 1 ? [`计量单位不同（${Array.from(units).join("、")}），数值不可直接比较`] : []),
    ...(levels.size > 1 ? ["所在的上级指标不同"] : []),
  ];
}
