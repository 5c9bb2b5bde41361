// What records can be sifted by: a value or band for each record, and how many records each would leave.

import { type Band, bandOf, FUNDS, LOST, RATES } from "./explore_bands";
import type { Directory, Row } from "./explore_rows";
import { folded } from "./explore_rows";

export interface Option {
  readonly value: string;
  readonly label: string;
}

export interface Facet {
  readonly key: string;
  readonly title: string;
  readonly options: readonly Option[];
  /** The option of each record, or its options, by the record's place. */
  readonly values: readonly (string | readonly string[])[];
}

export type Chosen = ReadonlyMap<string, ReadonlySet<string>>;

export interface Sifted {
  readonly rows: readonly Row[];
  /** By facet and option, how many records there are with all choices but those of the facet itself. */
  readonly counts: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

const NONE = "none";
const LEAST = "least";

const CHECKS: readonly Option[] = [
  { value: "findings", label: "有检查结果" },
  { value: "contradictions", label: "表内数字自相矛盾" },
  { value: NONE, label: "没有检查结果" },
];

const collator = new Intl.Collator("zh-Hans-CN", { numeric: true });

/** Return all facets of these records; one that would leave every record or none is left out. */
export function facetsOf(rows: readonly Row[], directory: Directory): Facet[] {
  const forms = new Map(directory.forms.map(([identifier, title]) => [identifier, title]));
  const units = new Map(rows.map((row) => [row.unit, row.unitName]));
  const departments = new Map(rows.map((row) => [row.department, row.departmentName]));
  const facets: Facet[] = [
    named("year", "年度", rows, (row) => row.year, (year) => year, true),
    named("district", "所在区", rows, (row) => row.district, (district) => district),
    named("department", "主管部门", rows, (row) => row.department, (slug) => departments.get(slug) ?? slug),
    named("unit", "单位", rows, (row) => row.unit, (slug) => units.get(slug) ?? slug),
    named("form", "表样", rows, (row) => row.form, (identifier) => forms.get(identifier) ?? identifier),
    named("grade", "等级", rows, (row) => row.grade, (grade) => grade),
    banded("rate", "执行率（计算）", rows, RATES, "数据不足", (row) => row.ratio),
    banded("funds", "资金规模", rows, FUNDS, "没有印出预算", (row) => (row.budget ? Number(row.budget.yuan) : undefined)),
    lostFacet(rows),
    { key: "check", title: "检查", options: CHECKS, values: rows.map(checks) },
    ruleFacet(rows, directory),
  ];
  return facets.filter((facet) => facet.options.length > 1 || facet.key === "rule" && facet.options.length > 0);
}

function named(
  key: string,
  title: string,
  rows: readonly Row[],
  valueOf: (row: Row) => string,
  labelOf: (value: string) => string,
  isDescending = false,
): Facet {
  const values = rows.map(valueOf);
  const options = [...new Set(values)].map((value) => ({ value, label: labelOf(value) || "没有填写" }));
  options.sort((a, b) => (Number(!a.value) - Number(!b.value)) || collator.compare(a.label, b.label) * (isDescending ? -1 : 1));
  return { key, title, options, values };
}

function banded(
  key: string,
  title: string,
  rows: readonly Row[],
  bands: readonly Band[],
  none: string,
  numberOf: (row: Row) => number | undefined,
): Facet {
  const values = rows.map((row) => {
    const number = numberOf(row);
    return number === undefined ? NONE : bandOf(number, bands).value;
  });
  return { key, title, options: present([...bands, { value: NONE, label: none }], values), values };
}

/** Of a record some of whose rows cannot be read, no band is certain. */
function lostFacet(rows: readonly Row[]): Facet {
  const values = rows.map((row) => {
    if (row.lostUnknown) return LEAST;
    return row.lost.number === undefined ? NONE : bandOf(row.lost.number, LOST).value;
  });
  const options = [...LOST, { value: LEAST, label: "有的行读不出" }, { value: NONE, label: "不计分" }];
  return { key: "lost", title: "失分", options: present(options, values), values };
}

function checks(row: Row): readonly string[] {
  if (!row.findings) return [NONE];
  return row.contradictions ? ["findings", "contradictions"] : ["findings"];
}

function ruleFacet(rows: readonly Row[], directory: Directory): Facet {
  const codes = [...new Set(rows.flatMap((row) => row.codes))].sort();
  const options = codes.map((value) => ({ value, label: `${value} ${directory.rules[value]?.[0] ?? ""}`.trim() }));
  return { key: "rule", title: "不符的规则", options, values: rows.map((row) => row.codes) };
}

function present(options: readonly Option[], values: readonly string[]): Option[] {
  const found = new Set(values);
  return options.filter((option) => found.has(option.value)).map(({ value, label }) => ({ value, label }));
}

/** Sift the records: within a facet any choice will do, and every facet with a choice has to agree. */
export function sift(rows: readonly Row[], facets: readonly Facet[], chosen: Chosen, query: string): Sifted {
  const words = folded(query).split(/\s+/u).filter(Boolean);
  const wanted = facets.map((facet) => chosen.get(facet.key));
  const counts = facets.map(() => new Map<string, number>());
  const found: Row[] = [];
  rows.forEach((row, place) => {
    if (!words.every((word) => row.text.includes(word))) return;
    let against = -1;
    for (let number = 0; number < facets.length; number++) {
      const choice = wanted[number];
      if (choice?.size && !agrees(facets[number]?.values[place], choice)) {
        // A second facet against it: no single change of choice would bring the record back.
        if (against >= 0) return;
        against = number;
      }
    }
    if (against >= 0) {
      count(counts[against], facets[against]?.values[place]);
      return;
    }
    found.push(row);
    for (let number = 0; number < facets.length; number++) count(counts[number], facets[number]?.values[place]);
  });
  return { rows: found, counts: new Map(facets.map((facet, number) => [facet.key, counts[number] ?? new Map()])) };
}

function agrees(value: string | readonly string[] | undefined, choice: ReadonlySet<string>): boolean {
  if (value === undefined) return false;
  return typeof value === "string" ? choice.has(value) : value.some((one) => choice.has(one));
}

function count(counts: Map<string, number> | undefined, value: string | readonly string[] | undefined): void {
  if (!counts || value === undefined) return;
  for (const one of typeof value === "string" ? [value] : value) counts.set(one, (counts.get(one) ?? 0) + 1);
}
