// What the reader has chosen, as it stands in the address: a link to it shows the same.

import type { Chosen } from "./explore_facets";

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

export interface State {
  readonly query: string;
  readonly chosen: Chosen;
  readonly sort: Sort | undefined;
  /** Columns shown, or undefined for the usual ones. */
  readonly columns: readonly string[] | undefined;
  /** Records picked for comparison, by id, in the order picked. */
  readonly picked: readonly string[];
  readonly charts: boolean;
}

const OWN = ["q", "sort", "columns", "pick", "charts"] as const;
const SEPARATOR = ",";

/** Return the part of the address behind the number sign, without it. */
export function fragmentOf(state: State): string {
  const parts = new URLSearchParams();
  if (state.query) parts.set("q", state.query);
  for (const [key, values] of state.chosen) for (const value of values) parts.append(key, value);
  if (state.sort) parts.set("sort", (state.sort.descending ? "-" : "") + state.sort.column);
  if (state.columns) parts.set("columns", state.columns.join(SEPARATOR));
  if (state.picked.length) parts.set("pick", state.picked.join(SEPARATOR));
  if (state.charts) parts.set("charts", "1");
  // Ids are paths: their slashes and the commas between them may stand as they are.
  return parts.toString().replace(/%2F/g, "/").replace(/%2C/g, SEPARATOR);
}

/** Return what an address asks for; `facets` are the keys of the facets that there are. */
export function stateOf(fragment: string, facets: readonly string[], most: number): State {
  const parts = new URLSearchParams(fragment.replace(/^#/, ""));
  const [query, sort, columns, pick, charts] = OWN.map((name) => parts.get(name));
  const chosen = new Map<string, ReadonlySet<string>>();
  for (const key of facets) {
    const values = parts.getAll(key);
    if (values.length) chosen.set(key, new Set(values));
  }
  return {
    query: query ?? "",
    chosen,
    sort: sort ? { column: sort.replace(/^-/, ""), descending: sort.startsWith("-") } : undefined,
    columns: columns ? columns.split(SEPARATOR) : undefined,
    picked: pick ? pick.split(SEPARATOR).slice(0, most) : [],
    charts: charts === "1",
  };
}

/** Return the choices with one option taken or given back. */
export function toggled(chosen: Chosen, key: string, value: string): Chosen {
  const values = new Set(chosen.get(key));
  if (!values.delete(value)) values.add(value);
  const changed = new Map(chosen);
  if (values.size) changed.set(key, values);
  else changed.delete(key);
  return changed;
}
