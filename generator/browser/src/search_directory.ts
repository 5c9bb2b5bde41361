// What scripts load first, and what hits can be narrowed down by; see `generator/search/directory.py`.

/** `browse/directory.js`. */
export interface Directory {
  /** Years with their number of records by turns, newest first; forms as digits, a record each. */
  readonly units: readonly (readonly [
    slug: string, name: string, department: string, district: string, years: readonly (string | number)[], forms: string,
  ])[];
  readonly departments: Readonly<Record<string, readonly [name: string, district: string]>>;
  readonly forms: readonly (readonly [identifier: string, title: string, recordType: string])[];
  readonly rules: Readonly<Record<string, readonly [title: string]>>;
  readonly shards: number;
  readonly records: number;
  readonly pages: number;
}

/** In the order shown. */
export const FACETS = ["year", "district", "department", "unit", "form"] as const;
export type Facet = (typeof FACETS)[number];
export type Filters = Readonly<Partial<Record<Facet, string>>>;
/** How many records each choice of a filter would leave. */
export type Facets = Readonly<Record<Facet, ReadonlyMap<string, number>>>;
