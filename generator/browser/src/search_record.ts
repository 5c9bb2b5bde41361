// One record as `generator/search/browse_record.py` writes it, and as pages use it.

import { type Load } from "./data";

/** What stands in the file besides the rows of the form. */
interface RecordHead {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly year: string;
  readonly unit: readonly [slug: string, name: string];
  readonly department: readonly [slug: string, name: string] | null;
  readonly project: readonly [title: string, url: string];
  readonly form: readonly [identifier: string, title: string, recordType: string, layout: string];
  /**
   * `yuan` in digits, null where the form has a column for it in which no amount stands; `printed` is empty where the
   * amount is a sum of ours, or nothing is printed.
   */
  readonly funds: readonly (readonly [
    identifier: string, label: string, printed: string, unit: string, yuan: string | null,
  ])[];
  readonly execution_rate: string;
  readonly total: readonly [points: string, score: string, grade: string];
  readonly lost: string | null;
  readonly initials: readonly string[];
}

/** `browse/records/<id>.js`: what many rows have alike is written once. */
interface WrittenRecord extends RecordHead {
  readonly above: readonly string[];
  readonly layouts: readonly (readonly [kind: string, ...labels: string[]])[];
  /** The layout of each row, and what stands above it, by turns. */
  readonly rows: readonly number[];
  readonly headings: string;
  readonly anchors: string;
  readonly texts: string;
}

/** Stands between the texts of a column. */
const PART_END = "\x7f";

/** A record with its rows written out, each with labels and texts by turns. */
export interface BrowseRecord extends RecordHead {
  readonly body: readonly (readonly [kind: string, heading: string, anchor: string, fields: readonly string[]])[];
}

/** Whoever asks again gets the very same. */
const known = new WeakMap<WrittenRecord, BrowseRecord>();

/** Load a record. */
export async function loadRecord(load: Load, id: string): Promise<BrowseRecord> {
  const found = await load<WrittenRecord>(`records/${id}`);
  const record = known.get(found) ?? writtenOut(found);
  known.set(found, record);
  return record;
}

/** `browse/units/<slug>.js`: the records of each year, in the order of the catalog. */
type WrittenIds = readonly (readonly [year: string, ...names: string[]])[];

/** Load the ids of the records of a unit, in their order. */
export async function loadIds(load: Load, unit: string): Promise<readonly string[]> {
  const years = await load<WrittenIds>(`units/${unit}`);
  return years.flatMap(([year, ...names]) => names.map((name) => `${year}/${unit}/${name}`));
}

function writtenOut({ above, layouts, rows, headings, anchors, texts, ...head }: WrittenRecord): BrowseRecord {
  const [heading, anchor, text] = [headings, anchors, texts].map((column) => column.split(PART_END));
  let next = 0;
  const body = Array.from({ length: rows.length / 2 }, (_, at) => {
    const [kind = "", ...labels] = layouts[rows[2 * at] ?? 0] ?? [];
    const fields = labels.flatMap((label) => [label, text?.[next++] ?? ""]);
    return [kind, (above[rows[2 * at + 1] ?? 0] ?? "") + (heading?.[at] ?? ""), anchor?.[at] ?? "", fields] as const;
  });
  return { ...head, body };
}
