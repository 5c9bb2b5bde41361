// What is asked, as it stands in the address: `search.html#q=党建&year=2024&n=20`.

import { type Facet, FACETS, type Filters } from "./search_directory";

export interface SearchState {
  readonly query: string;
  readonly filters: Filters;
  /** How many records are shown. */
  readonly shown: number;
}

/** How many records are shown at first, and how many more each time. */
export const STEP = 10;
const MOST = 500;

/** Read a fragment; what is missing or makes no sense is as at the beginning. */
export function stateOf(fragment: string): SearchState {
  const values = new URLSearchParams(fragment.replace(/^#/u, ""));
  const filters: Partial<Record<Facet, string>> = {};
  for (const facet of FACETS) {
    const value = values.get(facet);
    if (value) filters[facet] = value;
  }
  const shown = Number.parseInt(values.get("n") ?? "", 10);
  return { query: values.get("q") ?? "", filters, shown: shown > STEP ? Math.min(shown, MOST) : STEP };
}

/** Write the fragment, without its mark; empty where nothing is asked. */
export function fragmentOf(state: SearchState): string {
  const values = new URLSearchParams();
  if (state.query) values.set("q", state.query);
  for (const facet of FACETS) {
    const value = state.filters[facet];
    if (value) values.set(facet, value);
  }
  if (state.shown > STEP) values.set("n", String(state.shown));
  return values.toString();
}
