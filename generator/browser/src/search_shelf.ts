// Where each record belongs: its unit, year and form.

import { type Directory, FACETS, type Facet, type Facets, type Filters } from "./search_directory";
import { numberOf, Places, Records } from "./search_postings";

/** Records of a unit that follow each other and are of one year. */
export interface Run {
  readonly unit: number;
  readonly year: string;
  readonly start: number;
  readonly end: number;
}

export class Shelf {
  readonly places: Places;
  /** In the order in which hits are shown: the newest year first, then unit by unit. */
  readonly runs: readonly Run[];
  private readonly forms: readonly Uint16Array[];

  constructor(private readonly directory: Directory) {
    const { units, forms } = directory;
    const runs = units.map((unit, number) => runsOf(unit[4], number));
    // Pages follow the units as if they were one more.
    this.places = new Places([...runs.map((own) => own[own.length - 1]?.end ?? 0), directory.pages]);
    this.runs = runs.flat().sort((one, other) => {
      return one.year === other.year ? one.unit - other.unit || one.start - other.start : one.year < other.year ? 1 : -1;
    });
    const width = forms.length > 64 ? 2 : 1;
    this.forms = units.map(([, , , , , digits]) => {
      return Uint16Array.from({ length: digits.length / width }, (_, at) => numberOf(digits, at * width, (at + 1) * width));
    });
  }

  /** Return those of the records that are within filters. */
  within(all: Records, filters: Filters): Records {
    if (FACETS.every((facet) => !filters[facet])) return all;
    const kept = Records.none(this.places);
    for (const run of this.runs) {
      if (this.missed(run, filters).length > 0) continue;
      for (let at = all.next(run.unit, run.start, run.end); at >= 0; at = all.next(run.unit, at + 1, run.end)) {
        if (!filters.form || filters.form === this.formOf(run.unit, at)) kept.add(run.unit, at);
      }
    }
    return kept;
  }

  /** Count, for each choice of a filter, the records that it leaves beside the other filters. */
  facets(all: Records, filters: Filters): Facets {
    const facets = Object.fromEntries(FACETS.map((facet) => [facet, new Map()])) as Record<Facet, Map<string, number>>;
    for (const run of this.runs) {
      const missed = this.missed(run, filters);
      if (missed.length > 1) continue;
      const own = this.own(run);
      for (const [form, count] of this.formCounts(all, run)) {
        const isOther = filters.form && filters.form !== form;
        if (isOther && missed.length > 0) continue;
        for (const facet of isOther ? (["form"] as const) : missed.length > 0 ? missed : FACETS) {
          const value = facet === "form" ? form : own[facet];
          facets[facet].set(value, (facets[facet].get(value) ?? 0) + count);
        }
      }
    }
    return facets;
  }

  /** Return which filters a run is outside of, but for that of the form. */
  private missed(run: Run, filters: Filters): Facet[] {
    const own = this.own(run);
    return RUN_FACETS.filter((facet) => filters[facet] && filters[facet] !== own[facet]);
  }

  private own({ unit, year }: Run): Record<RunFacet, string> {
    const [slug = "", , department = "", district = ""] = this.directory.units[unit] ?? [];
    return { year, unit: slug, department, district };
  }

  private formCounts(all: Records, run: Run): Map<string, number> {
    const counts = new Map<string, number>();
    for (let at = all.next(run.unit, run.start, run.end); at >= 0; at = all.next(run.unit, at + 1, run.end)) {
      const form = this.formOf(run.unit, at);
      counts.set(form, (counts.get(form) ?? 0) + 1);
    }
    return counts;
  }

  private formOf(unit: number, local: number): string {
    return this.directory.forms[this.forms[unit]?.[local] ?? 0]?.[0] ?? "";
  }
}

const RUN_FACETS = ["year", "district", "department", "unit"] as const;
type RunFacet = (typeof RUN_FACETS)[number];

function runsOf(written: readonly (string | number)[], unit: number): Run[] {
  let end = 0;
  return written.flatMap((year, at) => {
    if (at % 2 === 1) return [];
    const start = end;
    end += Number(written[at + 1]);
    return [{ unit, year: String(year), start, end }];
  });
}
