// What a query found: candidates become hits as their own texts are read.

import { type Load } from "./data";
import { type Directory, type Facets } from "./search_directory";
import { type Term } from "./search_grams";
import { type Candidate, inOrder, type Order } from "./search_order";
import { type Records } from "./search_postings";
import { type BrowseRecord, loadIds, loadRecord } from "./search_record";
import { type Match, matchesOf, type Piece, prepare, type PreparedTexts, verify } from "./search_verify";

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

/** `browse/pages/<number>.js`. */
type BrowsePage = readonly [title: string, url: string, kind: string, initials: string, texts: readonly string[]];

/** A page that may be a hit. */
export interface PageCandidate {
  readonly local: number;
  /** How many terms may stand in its title. */
  readonly inNames: number;
}

/** A candidate that comes next, and the hit that it turned out to be. */
interface Waiting extends Candidate {
  hit: Hit | null;
}

/** What the shards say of a query. */
export interface Candidates {
  readonly order: Order;
  readonly pages: readonly PageCandidate[];
  facets(): Facets;
  /** Read further shards that would have told these texts from hits; null where there are none. */
  narrow(texts: readonly string[]): Promise<Records | null>;
}

export class Found {
  readonly terms: readonly string[];
  /** Candidates among the records. */
  readonly total: number;
  /** Whether each of them is a hit. */
  readonly isExact: boolean;
  /** Candidates among the pages. */
  readonly pageTotal: number;
  /** How many candidates have been read. */
  reads = 0;
  private work: Promise<unknown> = Promise.resolve();
  /** Candidates that were taken from the order and not yet given, first to last. */
  private waiting: Waiting[] = [];
  private counted: Facets | null = null;

  constructor(
    private readonly directory: Directory,
    private readonly load: Load,
    private readonly asked: readonly Term[],
    private readonly candidates: Candidates,
  ) {
    this.terms = asked.map((term) => term.text);
    this.total = candidates.order.left;
    this.pageTotal = candidates.pages.length;
    this.isExact = asked.every((term) => term.isExact) || this.total === 0;
  }

  /** How many candidates each choice of a filter has, within the other filters. */
  get facets(): Facets {
    this.counted ??= this.candidates.facets();
    return this.counted;
  }

  /** Whether all hits among the records have been given. */
  get isDone(): boolean {
    return this.waiting.length === 0 && this.candidates.order.peek() === null;
  }

  /** How many candidates have been neither given as hits nor found to be none. */
  get left(): number {
    return this.waiting.length + this.candidates.order.left;
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
    while (hits.length < count && !this.isDone && unread > 0) {
      const front = this.front(Math.min(count - hits.length, unread));
      const reads = front.filter((one) => !one.hit).length;
      unread -= reads;
      this.reads += reads;
      const missed = (await Promise.all(front.map((one) => this.check(one)))).flatMap((text) => (text === null ? [] : [text]));
      this.waiting = this.waiting.filter((one) => one.hit || !front.includes(one));
      // Where most are none, further grams are less to load than further records.
      if (missed.length * 2 > front.length) await this.narrow(missed);
      // A term whose grams stand in a name here and there may not stand in it as a whole.
      this.waiting.sort(inOrder);
      while (hits.length < count && this.waiting[0]?.hit && this.isFirst(this.waiting[0])) {
        hits.push(this.waiting[0].hit);
        this.waiting.shift();
      }
    }
    return hits;
  }

  /** Return the first candidates, as many as asked for. */
  private front(count: number): Waiting[] {
    const { order } = this.candidates;
    for (let next = order.peek(); next; next = order.peek()) {
      const last = this.waiting[count - 1];
      if (last && inOrder(last, next) < 0) break;
      this.waiting.push({ ...next, hit: null });
      this.waiting.sort(inOrder);
      order.shift();
    }
    return this.waiting.slice(0, count);
  }

  private isFirst(one: Candidate): boolean {
    const next = this.candidates.order.peek();
    return !next || inOrder(one, next) < 0;
  }

  private async narrow(missed: readonly string[]): Promise<void> {
    const records = await this.candidates.narrow(missed);
    if (!records) return;
    this.candidates.order.keep(records);
    this.waiting = this.waiting.filter((one) => one.hit || records.has(one.unit, one.local));
  }

  /** Read a candidate's record; return null for a hit, else the text that is none. */
  private async check(candidate: Waiting): Promise<string | null> {
    if (candidate.hit) return null;
    const ids = await loadIds(this.load, this.directory.units[candidate.unit]?.[0] ?? "");
    const id = ids[candidate.local] ?? "";
    const record = await loadRecord(this.load, id);
    const texts = preparedOf(record);
    const inNames = verify(texts, this.asked);
    if (inNames === null) return texts.folded;
    candidate.inNames = inNames;
    candidate.hit = new RecordHit(id, record, inNames > 0, this.asked);
    return null;
  }

  /** Return the first hits among units and departments whose name may have one of the terms. */
  places(count: number): Promise<PageHit[]> {
    const places = this.directory.units.length + Object.keys(this.directory.departments).length;
    return this.firstPages(this.candidates.pages.filter(({ local, inNames }) => inNames > 0 && local < places), count);
  }

  /** Return the first hits among units, departments, rules and hand-written pages. */
  pages(count: number): Promise<PageHit[]> {
    return this.firstPages(this.candidates.pages, count);
  }

  private async firstPages(queue: readonly PageCandidate[], count: number): Promise<PageHit[]> {
    const found: PageHit[] = [];
    for (let at = 0; at < queue.length && found.length < count; ) {
      const some = queue.slice(at, at + Math.min(count - found.length, PAGES_AT_ONCE));
      at += some.length;
      const hits = await Promise.all(some.map(({ local }) => this.pageHit(local)));
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
const known = new WeakMap<BrowseRecord, PreparedTexts>();

function preparedOf(record: BrowseRecord): PreparedTexts {
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
