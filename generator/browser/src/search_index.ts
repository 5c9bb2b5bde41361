// Search over all records and pages: shards of grams give the candidates, their own texts say which are hits.
// The formats are described in `generator/search`.

import { Records, shardOf, type Term, termOf, valueOf } from "./search_grams";
import { terms } from "./search_fold";
import { type Match, matchesOf, type Piece, prepare, type Prepared, verify } from "./search_verify";

export { fold, foldMapped, marks, terms } from "./search_fold";
export { type Match } from "./search_verify";

export type Load = <T>(name: string) => Promise<T>;

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

/** `browse/records/<id>.js`. */
export interface BrowseRecord {
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
  readonly body: readonly (readonly [kind: string, heading: string, anchor: string, fields: readonly string[]])[];
  readonly initials: readonly string[];
}

/** `browse/pages/<number>.js`. */
type BrowsePage = readonly [title: string, url: string, kind: string, initials: string, texts: readonly string[]];

export interface Options {
  readonly year?: string;
  readonly unit?: string;
  readonly department?: string;
  readonly district?: string;
  readonly form?: string;
}

const FACETS = ["year", "unit", "department", "district", "form"] as const;
type Facet = (typeof FACETS)[number];
export type Facets = Readonly<Record<Facet, ReadonlyMap<string, number>>>;

export interface Hit {
  readonly id: string;
  readonly record: BrowseRecord;
  /** Whether a name has one of the terms. */
  readonly inName: boolean;
  readonly matches: readonly Match[];
}

export interface PageHit {
  readonly title: string;
  readonly url: string;
  readonly kind: string;
  readonly matches: readonly Match[];
}

interface Candidate {
  readonly unit: number;
  readonly local: number;
  readonly year: string;
  /** How many terms stand in a name, as far as is known. */
  inNames: number;
  hit: Hit | null;
}

/** What may be found by one term, and by its name. */
interface TermRecords {
  readonly all: Records;
  readonly named: Records;
}

/** What the filters ask of the records of a unit, in their order. */
interface UnitFacets {
  readonly years: readonly string[];
  readonly forms: readonly string[];
}

export class SearchIndex {
  private readonly counts: readonly number[];
  private readonly unitFacets: readonly UnitFacets[];

  private constructor(
    readonly directory: Directory,
    private readonly load: Load,
  ) {
    const { forms } = directory;
    this.unitFacets = directory.units.map((unit) => ({ years: yearsOf(unit), forms: formsOf(unit, forms) }));
    // Pages follow the units as if they were one more.
    this.counts = [...this.unitFacets.map(({ years }) => years.length), directory.pages];
  }

  static async open(load: Load): Promise<SearchIndex> {
    return new SearchIndex(await load<Directory>("directory"), load);
  }

  /** Find the records and pages that have all terms of a query; the filters are about records alone. */
  async find(query: string, options: Options = {}): Promise<Found> {
    const asked = terms(query).map(termOf);
    const each = await Promise.all(asked.map((term) => this.recordsOf(term, term.grams)));
    let all = asked.length > 0 ? Records.all(this.counts) : Records.none;
    for (const one of each) all = one ? all.and(one.all) : all;
    const named = each.flatMap((one) => (one ? [one.named] : []));
    const { candidates, facets } = this.sift(all, named, options);
    const pages: [number, number][] = [];
    all.forEach((unit, local) => {
      if (unit === this.directory.units.length) {
        pages.push([local, named.filter((records) => records.has(unit, local)).length]);
      }
    });
    pages.sort((one, other) => other[1] - one[1] || one[0] - other[0]);
    const narrow = async (): Promise<Records> => {
      const rest = await Promise.all(asked.map((term) => this.recordsOf(term, term.rest)));
      return rest.reduce((records, one) => (one ? records.and(one.all) : records), all);
    };
    return new Found(this.directory, this.load, asked, candidates, facets, pages.map(([local]) => local), narrow);
  }

  /** Return what may have a term by some of its grams; null where these are none. */
  private async recordsOf(term: Term, grams: readonly string[]): Promise<TermRecords | null> {
    if (grams.length === 0) return null;
    const lists = await Promise.all(
      grams.map(async (gram) => {
        const shard = await this.load<Record<string, string>>(`search/${shardOf(gram, this.directory.shards)}`);
        const written = Object.prototype.hasOwnProperty.call(shard, gram) ? (shard[gram] ?? "") : "";
        return written.split("|").map((postings) => Records.read(postings, this.counts));
      }),
    );
    const [texts, names, initials] = [0, 1, 2].map((kind) => {
      return lists.map((list) => list[kind] ?? Records.none).reduce((both, other) => both.and(other));
    }) as [Records, Records, Records];
    if (!term.isInitials) return { all: texts, named: names };
    return { all: texts.or(initials), named: names.or(initials) };
  }

  /** Return the candidates within the filters in their order, and how many each choice of a filter has. */
  private sift(all: Records, named: readonly Records[], options: Options): { candidates: Candidate[]; facets: Facets } {
    const { units } = this.directory;
    const facets = Object.fromEntries(FACETS.map((facet) => [facet, new Map()])) as Record<Facet, Map<string, number>>;
    const candidates: Candidate[] = [];
    all.forEach((number, local) => {
      const unit = units[number];
      const known = this.unitFacets[number];
      if (!unit || !known) return;
      const [slug, , department, district] = unit;
      const own: Record<Facet, string> = {
        year: known.years[local] ?? "",
        unit: slug,
        department,
        district,
        form: known.forms[local] ?? "",
      };
      const missed = FACETS.filter((facet) => options[facet] && options[facet] !== own[facet]);
      for (const facet of FACETS) {
        if (missed.length > 1 || (missed.length === 1 && missed[0] !== facet)) continue;
        facets[facet].set(own[facet], (facets[facet].get(own[facet]) ?? 0) + 1);
      }
      if (missed.length > 0) return;
      const inNames = named.filter((records) => records.has(number, local)).length;
      candidates.push({ unit: number, local, year: own.year, inNames, hit: null });
    });
    candidates.sort(inOrder);
    return { candidates, facets };
  }
}

/** Names first, then the newest year, then unit by unit in the order of its list. */
function inOrder(one: Candidate, other: Candidate): number {
  if (one.inNames !== other.inNames) return other.inNames - one.inNames;
  if (one.year !== other.year) return one.year < other.year ? 1 : -1;
  return one.unit - other.unit || one.local - other.local;
}

function yearsOf(unit: Directory["units"][number]): string[] {
  const runs = unit[4];
  return runs.flatMap((year, at) => (at % 2 === 0 ? Array<string>(Number(runs[at + 1])).fill(String(year)) : []));
}

function formsOf(unit: Directory["units"][number], forms: Directory["forms"]): string[] {
  const digits = unit[5];
  const width = forms.length > 64 ? 2 : 1;
  return Array.from({ length: digits.length / width }, (_, local) => {
    const own = Array.from(digits.slice(local * width, (local + 1) * width));
    return forms[own.reduce((value, digit) => value * 64 + valueOf(digit), 0)]?.[0] ?? "";
  });
}

/** What a query found; its records are read as they are asked for. */
export class Found {
  readonly terms: readonly string[];
  /** Candidates among the records. */
  readonly total: number;
  /** Whether each of them is a hit. */
  readonly isExact: boolean;
  /** Candidates among the pages. */
  readonly pageTotal: number;
  private work: Promise<unknown> = Promise.resolve();
  private isNarrowed = false;

  constructor(
    private readonly directory: Directory,
    private readonly load: Load,
    private readonly asked: readonly Term[],
    private queue: Candidate[],
    readonly facets: Facets,
    private readonly pageQueue: readonly number[],
    private readonly narrow: () => Promise<Records>,
  ) {
    this.terms = asked.map((term) => term.text);
    this.total = queue.length;
    this.pageTotal = pageQueue.length;
    this.isExact = asked.every((term) => term.isExact) || queue.length === 0;
  }

  /** Whether all hits among the records have been given. */
  get isDone(): boolean {
    return this.queue.length === 0;
  }

  /** How many candidates have been neither given as hits nor found to be none. */
  get left(): number {
    return this.queue.length;
  }

  /** Return the next hits; fewer than asked for only at the end, or where `most` candidates have been read for it. */
  next(count: number, most = Number.POSITIVE_INFINITY): Promise<Hit[]> {
    const next = this.work.then(() => this.take(count, most));
    // A file that could not be read may be read the next time.
    this.work = next.catch(() => undefined);
    return next;
  }

  private async take(count: number, most: number): Promise<Hit[]> {
    const hits: Hit[] = [];
    let unread = most;
    while (hits.length < count && this.queue.length > 0 && unread > 0) {
      const front = this.queue.slice(0, Math.min(count - hits.length, unread));
      unread -= front.filter((one) => !one.hit).length;
      const expected = front.map((one) => one.inNames);
      const misses = new Set(
        (await Promise.all(front.map(async (one) => ((await this.check(one)) ? [] : [one])))).flat(),
      );
      if (misses.size > 0) this.queue = this.queue.filter((one) => !misses.has(one));
      // Where most are none, further grams are less to load than further records.
      if (misses.size * 2 > front.length && !this.isNarrowed) {
        this.isNarrowed = true;
        const rest = await this.narrow();
        this.queue = this.queue.filter((one) => rest.has(one.unit, one.local));
      }
      // A term whose grams stand in a name here and there may not stand in it as a whole.
      if (front.some((one, at) => one.inNames !== expected[at])) this.queue.sort(inOrder);
      let given = 0;
      while (hits.length < count && this.queue[given]?.hit) {
        hits.push(this.queue[given]?.hit as Hit);
        given += 1;
      }
      this.queue = this.queue.slice(given);
    }
    return hits;
  }

  /** Read a candidate's record; tell whether it is a hit. */
  private async check(candidate: Candidate): Promise<boolean> {
    if (candidate.hit) return true;
    const ids = await this.load<readonly string[]>(`units/${this.directory.units[candidate.unit]?.[0] ?? ""}`);
    const id = ids[candidate.local] ?? "";
    const record = await this.load<BrowseRecord>(`records/${id}`);
    const inNames = verify(preparedOf(record), this.asked);
    if (inNames === null) return false;
    candidate.inNames = inNames;
    candidate.hit = new RecordHit(id, record, inNames > 0, this.asked);
    return true;
  }

  /** Return the first hits among units, departments, rules and hand-written pages. */
  async pages(count: number): Promise<PageHit[]> {
    const found: PageHit[] = [];
    for (let at = 0; at < this.pageQueue.length && found.length < count; ) {
      const some = this.pageQueue.slice(at, at + Math.min(count - found.length, PAGES_AT_ONCE));
      at += some.length;
      const hits = await Promise.all(some.map((local) => this.pageHit(local)));
      found.push(...hits.flatMap((hit) => (hit ? [hit] : [])));
    }
    return found;
  }

  private async pageHit(local: number): Promise<PageHit | null> {
    const [title, url, kind, initials, texts] = await this.load<BrowsePage>(`pages/${local}`);
    const pieces: Piece[] = [{ ...NO_PLACE, place: "title", text: title, initials }];
    for (let at = 0; at + 1 < texts.length; at += 2) {
      pieces.push({ ...NO_PLACE, place: "text", label: texts[at] ?? "", text: texts[at + 1] ?? "" });
    }
    const prepared = prepare(pieces);
    return verify(prepared, this.asked) === null ? null : { title, url, kind, matches: matchesOf(prepared, this.asked) };
  }
}

/** A hit whose matches are looked for where they are shown. */
class RecordHit implements Hit {
  private found: readonly Match[] | null = null;

  constructor(
    readonly id: string,
    readonly record: BrowseRecord,
    readonly inName: boolean,
    private readonly asked: readonly Term[],
  ) {}

  get matches(): readonly Match[] {
    this.found ??= matchesOf(preparedOf(this.record), this.asked);
    return this.found;
  }
}

const PAGES_AT_ONCE = 8;
const NO_PLACE = { kind: "", heading: "", label: "", anchor: "" } as const;

/** Whoever types on asks for the same records again. */
const known = new WeakMap<BrowseRecord, readonly Prepared[]>();

function preparedOf(record: BrowseRecord): readonly Prepared[] {
  const found = known.get(record) ?? prepare(piecesOf(record));
  known.set(record, found);
  return found;
}

/** Return all texts that a record is found by, its names first. */
function piecesOf(record: BrowseRecord): Piece[] {
  const [title = "", unit = "", project = ""] = record.initials;
  const pieces: Piece[] = [
    { ...NO_PLACE, place: "title", text: record.title, initials: title },
    { ...NO_PLACE, place: "unit", text: record.unit[1], initials: unit },
  ];
  if (record.project[0] !== record.title) {
    pieces.push({ ...NO_PLACE, place: "project", label: "项目", text: record.project[0], initials: project });
  }
  if (record.department) pieces.push({ ...NO_PLACE, place: "department", text: record.department[1] });
  // What the filters call the form by is printed nowhere in it.
  pieces.push({ ...NO_PLACE, place: "text", label: "版式", text: record.form[3] });
  for (const [kind, heading, anchor, fields] of record.body) {
    if (heading) pieces.push({ place: "heading", kind, heading, label: "", text: heading, anchor });
    for (let at = 0; at + 1 < fields.length; at += 2) {
      const text = fields[at + 1] ?? "";
      if (text) pieces.push({ place: "text", kind, heading, label: fields[at] ?? "", text, anchor });
    }
  }
  return pieces;
}
