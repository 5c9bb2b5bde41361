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
  readonly body: readonly (readonly [layout: number, above: number, heading: string, anchor: string, ...texts: string[]])[];
}

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

function writtenOut({ above, layouts, body, ...head }: WrittenRecord): BrowseRecord {
  const rows = body.map(([layout, place, heading, anchor, ...texts]) => {
    const [kind = "", ...labels] = layouts[layout] ?? [];
    const fields = texts.flatMap((text, at) => [labels[at] ?? "", text]);
    return [kind, (above[place] ?? "") + heading, anchor, fields] as const;
  });
  return { ...head, body: rows };
}
