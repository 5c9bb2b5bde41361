// Search over all records and pages: shards of grams give the candidates, their own texts say which are hits.
// The formats are described in `generator/search`.

import { type Load } from "./data";
import { type Directory, type Filters } from "./search_directory";
import { terms } from "./search_fold";
import { Found, type PageCandidate } from "./search_found";
import { shardOf, type Term, termOf } from "./search_grams";
import { Order } from "./search_order";
import { Records } from "./search_postings";
import { Shelf } from "./search_shelf";

export { type Directory, type Facets } from "./search_directory";
export { fold, foldMapped, marks, terms } from "./search_fold";
export { type Found, type Hit, type PageHit } from "./search_found";
export { type BrowseRecord } from "./search_record";
export { type Match } from "./search_verify";

/** Grams that are asked for at once where most candidates turned out to be none. */
const MORE = 4;

/** Units whose ids are loaded before anything is asked; each is a kilobyte. */
const EARLY = 6;

/** What may be found by one term, and by its name. */
interface TermRecords {
  readonly all: Records;
  readonly named: Records;
}

export class SearchIndex {
  private readonly shelf: Shelf;

  private constructor(
    readonly directory: Directory,
    private readonly load: Load,
  ) {
    this.shelf = new Shelf(directory);
  }

  static async open(load: Load): Promise<SearchIndex> {
    return new SearchIndex(await load<Directory>("directory"), load);
  }

  /** Load what the first hits of most queries need anyway: the ids of records that come first in the order of hits. */
  async warm(): Promise<void> {
    const first = new Set(this.shelf.runs.slice(0, EARLY).map(({ unit }) => this.directory.units[unit]?.[0] ?? ""));
    await Promise.all(Array.from(first, (slug) => this.load(`units/${slug}`)));
  }

  /** Find the records and pages that have all terms of a query; the filters are about records alone. */
  async find(query: string, filters: Filters = {}): Promise<Found> {
    const { shelf } = this;
    const asked = terms(query).map(termOf);
    const each = await Promise.all(asked.map((term) => this.recordsOf(term, term.grams)));
    let all = asked.length > 0 ? Records.all(shelf.places) : Records.none(shelf.places);
    for (const one of each) all = one ? all.and(one.all) : all;
    const named = each.flatMap((one) => (one ? [one.named] : []));
    const unasked = asked.map((term) => new Set(term.rest));
    return new Found(this.directory, this.load, asked, {
      order: new Order(shelf, shelf.within(all, filters), named),
      pages: this.pagesIn(all, named),
      facets: () => shelf.facets(all, filters),
      narrow: (texts) => this.narrow(asked, unasked, texts),
    });
  }

  /** Return the pages among records, by how many terms may stand in their titles. */
  private pagesIn(all: Records, named: readonly Records[]): PageCandidate[] {
    const unit = this.directory.units.length;
    const found: PageCandidate[] = [];
    for (let local = 0; local < this.directory.pages; local += 1) {
      if (!all.has(unit, local)) continue;
      found.push({ local, inNames: named.filter((records) => records.has(unit, local)).length });
    }
    return found.sort((one, other) => other.inNames - one.inNames || one.local - other.local);
  }

  /** Ask for the grams that most of these texts lack, of those that were not yet asked for. */
  private async narrow(
    asked: readonly Term[],
    unasked: readonly Set<string>[],
    texts: readonly string[],
  ): Promise<Records | null> {
    const chosen = asked.map((): string[] => []);
    let rest = texts;
    for (let number = 0; number < MORE; number += 1) {
      const lacking = asked.flatMap((_, at) => {
        return Array.from(unasked[at] ?? [], (gram) => ({ at, gram, left: rest.filter((text) => text.includes(gram)) }));
      });
      const best = lacking.reduce<(typeof lacking)[number] | null>((one, other) => {
        return other.left.length < (one?.left ?? rest).length ? other : one;
      }, null);
      if (!best) break;
      unasked[best.at]?.delete(best.gram);
      chosen[best.at]?.push(best.gram);
      rest = best.left;
    }
    const each = await Promise.all(asked.map((term, at) => this.recordsOf(term, chosen[at] ?? [])));
    return each.reduce<Records | null>((records, one) => (one && records ? records.and(one.all) : (one?.all ?? records)), null);
  }

  /** Return what may have a term by some of its grams; null where these are none. */
  private async recordsOf(term: Term, grams: readonly string[]): Promise<TermRecords | null> {
    if (grams.length === 0) return null;
    const { places } = this.shelf;
    const lists = await Promise.all(
      grams.map(async (gram) => {
        const shard = await this.load<Record<string, string>>(`search/${shardOf(gram, this.directory.shards)}`);
        const written = Object.prototype.hasOwnProperty.call(shard, gram) ? (shard[gram] ?? "") : "";
        return written.split("|").map((postings) => Records.read(postings, places));
      }),
    );
    const [texts, names, initials] = [0, 1, 2].map((kind) => {
      return lists.map((list) => list[kind] ?? Records.none(places)).reduce((both, other) => both.and(other));
    }) as [Records, Records, Records];
    if (!term.isInitials) return { all: texts, named: names };
    return { all: texts.or(initials), named: names.or(initials) };
  }
}
