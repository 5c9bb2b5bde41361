// The choices beside the results: by year, district, department, unit and form, each with how many records it has.

import { element, part } from "./dom";
import { type Directory, type Facet, FACETS, type Facets, type Filters } from "./search_directory";

const collator = new Intl.Collator("zh-Hans-CN", { numeric: true });

/** Return what to call the values of each facet, by key. */
export function facetNames(directory: Directory): Record<Facet, (key: string) => string> {
  const units = new Map(directory.units.map((unit) => [unit[0], unit[1]]));
  const forms = new Map(directory.forms.map((form) => [form[0], form[1]]));
  const itself = (key: string): string => key;
  return {
    year: (key) => `${key}年度`,
    district: itself,
    department: (key) => directory.departments[key]?.[0] ?? key,
    unit: (key) => units.get(key) ?? key,
    form: (key) => forms.get(key) ?? key,
  };
}

function field(facet: Facet): HTMLSelectElement {
  return part<HTMLSelectElement>(`search-by-${facet}`);
}

/** Ask `changed` whenever a choice is made. */
export function onChoice(changed: () => void): void {
  for (const facet of FACETS) field(facet).addEventListener("change", changed);
}

/** Return what is chosen. */
export function chosen(): Filters {
  return Object.fromEntries(FACETS.flatMap((facet) => (field(facet).value ? [[facet, field(facet).value]] : [])));
}

/** Show the choices at once where there is room for them. */
export function openWhereWide(): void {
  part<HTMLDetailsElement>("search-filters").open = window.matchMedia("(min-width: 60em)").matches;
}

/** Show the place of the choices before it is known what they are, so that nothing moves when it is. */
export function makeRoom(): void {
  part("search-filters").hidden = false;
}

/** Offer what is found, and keep what is chosen even where nothing is found by it. */
export function offer(counts: Facets | null, filters: Filters, names: Record<Facet, (key: string) => string>): void {
  const picked = Object.keys(filters).length;
  part("search-filters-title").textContent = picked > 0 ? `筛选（已选 ${picked} 项）` : "筛选";
  part("search-filters").hidden = counts === null && picked === 0;
  for (const facet of FACETS) {
    const select = field(facet);
    const found = new Map([...(counts?.[facet] ?? [])].filter(([key, count]) => key !== "" && count > 0));
    const value = filters[facet] ?? "";
    if (value && !found.has(value)) found.set(value, 0);
    const keys = [...found.keys()].sort((one, other) =>
      facet === "year"
        ? collator.compare(other, one)
        : (found.get(other) ?? 0) - (found.get(one) ?? 0) || collator.compare(names[facet](one), names[facet](other)),
    );
    // What is chosen stays, be there nothing of it; how many there are is said of what there is.
    const options = keys.map((key) =>
      element("option", { value: key }, names[facet](key) + (found.get(key) ? `（${found.get(key)}）` : "")),
    );
    select.replaceChildren(element("option", { value: "" }, "全部"), ...options);
    select.value = value;
    // One value that all have in common is nothing to choose from.
    select.disabled = keys.length < (value ? 1 : 2);
  }
}
