// The search page: the box, the choices and what was found, all of it kept in the address.

import { load } from "./data";
import { button, element, painted, part } from "./dom";
import { advice } from "./search_advice";
import { chosen, facetNames, makeRoom, offer, onChoice, openWhereWide } from "./search_filters";
import { type Found, SearchIndex, terms } from "./search_index";
import { onKeys } from "./search_keys";
import { fillResults, isPlaceCalledSo, pageLine, pageResult, recordResult } from "./search_results";
import { fragmentOf, type SearchState, stateOf, STEP } from "./search_state";

/** Who types faster than this is answered when he stops. */
const PAUSE = 50;
/** How many records are shown as soon as they are read: about what a window has room for. */
const FIRST = 4;
/** How many more records than wanted are read where some turn out to be no hits, and where all of them do: each is a file. */
const READ = 4;
const READ_FOR_ANY = 30;
const SHORTEST = 2;
/** Pages shown at once, above the records by their name and below them. */
const PAGES_AT_ONCE = 3;
const SAY_LOADING_AFTER = 200;

const input = part<HTMLInputElement>("search-query");
const status = part("search-status");
const results = part("search-results");
const index = SearchIndex.open(load);

let state = stateOf(location.hash);
/** Which search is the latest; answers to older ones are dropped. */
let latest = 0;
/** Whether the address is one to come back to, so that the next change makes a new one. */
let settled = true;
let timer = 0;
/** Says that it takes long. */
let waiting = 0;
let typedAt = Number.NEGATIVE_INFINITY;

function isCurrent(search: number): boolean {
  return search === latest;
}

function write(next: SearchState, asNew: boolean): void {
  state = next;
  const fragment = `#${fragmentOf(next)}`;
  if (fragment === (location.hash || "#")) return;
  if (asNew) location.hash = fragment;
  else location.replace(fragment);
}

function ask(next: SearchState): void {
  write(next, settled);
  settled = false;
  void answer();
}

function typed(): void {
  const now = performance.now();
  const since = now - typedAt;
  typedAt = now;
  clearTimeout(timer);
  // What comes after a pause is answered at once, and so is a word from an input method.
  if (since > PAUSE && !results.hasAttribute("aria-busy")) askTyped();
  else timer = setTimeout(askTyped, PAUSE);
}

function askTyped(): void {
  const query = input.value.trim();
  if (query !== state.query) ask({ query, filters: state.filters, shown: STEP });
}

function say(text: string, ...more: readonly Node[]): void {
  clearTimeout(waiting);
  status.textContent = text;
  results.replaceChildren(...more);
}

async function answer(): Promise<void> {
  latest += 1;
  const search = latest;
  const asked = state;
  const words = terms(asked.query);
  if (words.every((word) => Array.from(word).length < SHORTEST)) {
    say(words.length === 0 ? "" : "请至少输入两个字，或者两位数字。");
    offer(null, asked.filters, facetNames((await index).directory));
    return;
  }
  results.setAttribute("aria-busy", "true");
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    status.textContent = "正在查找…";
  }, SAY_LOADING_AFTER);
  try {
    const opened = await index;
    const found = await opened.find(asked.query, asked.filters);
    await show(found, asked, facetNames(opened.directory), () => isCurrent(search));
  } catch (error) {
    if (isCurrent(search)) fail(error);
  } finally {
    if (isCurrent(search)) results.removeAttribute("aria-busy");
  }
}

/** Show the first hits as soon as they are read, then the others, what else there is, and what to choose from. */
async function show(found: Found, asked: SearchState, names: FacetNames, isWanted: () => boolean): Promise<void> {
  const isNarrowed = Object.keys(asked.filters).length > 0;
  const [places, first] = await Promise.all([
    isNarrowed ? [] : found.places(2 * PAGES_AT_ONCE),
    nextHits(found, Math.min(FIRST, asked.shown), asked.shown + READ),
  ]);
  if (!isWanted()) return;
  const above = places.filter(isPlaceCalledSo).slice(0, PAGES_AT_ONCE);
  const list = element("ol", { class: "results" }, ...first.map(recordResult));
  const group = element("section", { "aria-labelledby": "found-records" });
  group.append(element("h2", { id: "found-records" }, "绩效表"), list);
  if (first.length > 0) {
    makeRoom();
    const shown = { pages: isNarrowed ? 0 : found.pageTotal, allPages: false, records: first.length };
    say(count(found, shown), ...(above.length > 0 ? [namedPlaces(above, false)] : []), group);
    // Asking for more takes as long as painting.
    await painted();
    if (!isWanted()) return;
  }
  const [pages, rest] = await Promise.all([
    isNarrowed ? [] : found.pages(2 * PAGES_AT_ONCE),
    found.next(asked.shown - first.length, asked.shown + READ - found.reads),
  ]);
  if (!isWanted()) return;
  const records = first.length + rest.length;
  const isNothing = records === 0 && pages.length === 0 && found.isDone;
  // Candidates that turned out to be none are nothing to choose from.
  offer(isNothing && !isNarrowed ? null : found.facets, asked.filters, names);
  if (isNothing) {
    say(`没有找到“${asked.query}”。`, advice(asked, dropFilters));
    return;
  }
  const below = pages.filter(({ url }) => above.every((page) => page.url !== url)).slice(0, PAGES_AT_ONCE);
  const seen = above.length + below.length;
  const allPages = pages.length < 2 * PAGES_AT_ONCE && seen === pages.length;
  const shown = { pages: seen, allPages, records };
  list.append(...rest.map(recordResult));
  if (!found.isDone) group.append(moreRecords(found, list, shown));
  const groups: Node[] = [];
  if (above.length > 0 && first.length === 0) groups.push(namedPlaces(above, records === 0));
  if (first.length === 0 && (records > 0 || !found.isDone)) groups.push(group);
  if (below.length > 0) groups.push(pageGroup(found, above, below, shown));
  if (first.length === 0) results.replaceChildren();
  results.append(...groups);
  clearTimeout(waiting);
  status.textContent = count(found, shown);
  await painted();
  if (isWanted()) fillResults();
}

/** Return the next hits; read on where there was not even one. */
async function nextHits(found: Found, count: number, most: number): Promise<Hits> {
  const hits = await found.next(count, most);
  return hits.length > 0 ? hits : found.next(1, READ_FOR_ANY);
}

/** How many are on the page. */
interface Shown {
  pages: number;
  allPages: boolean;
  records: number;
}

/** Say how many there are: exactly where that is known, else at most. */
function count(found: Found, shown: Shown): string {
  const forms =
    found.isDone || found.isExact
      ? ` ${shown.records + found.left} 份表`
      : `至多 ${shown.records + found.left} 份表（已核对出 ${shown.records} 份）`;
  if (shown.pages === 0) return `找到${forms}。`;
  const exactly = shown.allPages || found.isExact;
  return `找到${forms}、${exactly ? "" : "至多 "}${shown.allPages ? shown.pages : found.pageTotal} 个网页。`;
}

type Hits = Awaited<ReturnType<Found["next"]>>;
type FacetNames = ReturnType<typeof facetNames>;
type Pages = Awaited<ReturnType<Found["pages"]>>;

function moreRecords(found: Found, list: HTMLElement, shown: Shown): HTMLButtonElement {
  return moreButton(labelOfMore(found), list, async () => {
    const hits = await nextHits(found, STEP, STEP + READ);
    shown.records += hits.length;
    return {
      items: hits.map(recordResult),
      label: labelOfMore(found),
      isLast: found.isDone,
      after: () => {
        write({ ...state, shown: shown.records }, false);
        status.textContent = count(found, shown);
        fillResults();
      },
    };
  });
}

function labelOfMore(found: Found): string {
  return found.isExact ? `再列出 ${Math.min(STEP, found.left)} 份` : `继续查找（还有 ${found.left} 份没有核对）`;
}

/** Lead to the units and departments that are called so; the arrow keys go to the records, where there are any. */
function namedPlaces(pages: Pages, areStops: boolean): HTMLElement {
  const lines = pages.map((page) => pageLine(page, areStops));
  return element("ul", { class: "search-places", "aria-label": "名称相符的单位和主管部门" }, ...lines);
}

function pageGroup(found: Found, above: Pages, below: Pages, shown: Shown): HTMLElement {
  const list = element("ol", { class: "results" }, ...below.map(pageResult));
  const group = element("section", { "aria-labelledby": "found-pages" });
  group.append(element("h2", { id: "found-pages" }, "网页"), list);
  if (!shown.allPages && found.pageTotal > shown.pages) {
    const urls = new Set([...above, ...below].map((page) => page.url));
    group.append(moreButton("列出其余网页", list, async () => {
      const rest = (await found.pages(found.pageTotal)).filter((page) => !urls.has(page.url));
      Object.assign(shown, { pages: urls.size + rest.length, allPages: true });
      const after = (): void => {
        status.textContent = count(found, shown);
      };
      return { items: rest.map(pageResult), label: "", isLast: true, after };
    }));
  }
  return group;
}

interface More {
  readonly items: readonly HTMLElement[];
  /** What the button says from now on. */
  readonly label: string;
  readonly isLast: boolean;
  after(): void;
}

/** Make a button that puts more at the end of a list and leads to the first of it. */
function moreButton(text: string, list: HTMLElement, next: () => Promise<More>): HTMLButtonElement {
  const search = latest;
  const made = button(text, () => void go(), { class: "more-results", "data-result": true });
  async function go(): Promise<void> {
    made.disabled = true;
    try {
      const { items, label, isLast, after } = await next();
      if (!isCurrent(search)) return;
      list.append(...items);
      after();
      if (isLast) made.remove();
      made.textContent = label;
      made.disabled = false;
      (items[0]?.querySelector<HTMLElement>("[data-result]") ?? (isLast ? input : made)).focus();
    } catch (error) {
      if (isCurrent(search)) status.textContent = messageOf(error);
    }
    made.disabled = false;
  }
  return made;
}

function dropFilters(): void {
  settled = true;
  ask({ query: state.query, filters: {}, shown: STEP });
  input.focus();
}

function messageOf(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `${reason}。请检查网络后再试；从文件夹打开时，请确认整个网站文件夹都在。`;
}

function fail(error: unknown): void {
  say(messageOf(error), button("再试一次", () => void answer()));
}

/** Put what the address says on the page. */
function restore(): void {
  state = stateOf(location.hash);
  settled = true;
  input.value = state.query;
  void answer();
}

input.addEventListener("input", (event) => {
  if (!(event as InputEvent).isComposing) typed();
});
input.addEventListener("compositionend", typed);
input.addEventListener("change", () => {
  settled = true;
});
part<HTMLFormElement>("search-form").addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  const query = input.value.trim();
  if (query !== state.query) ask({ query, filters: state.filters, shown: STEP });
  settled = true;
});
onChoice(() => {
  settled = true;
  ask({ query: state.query, filters: chosen(), shown: STEP });
  settled = true;
});
onKeys(input, results, () => {
  ask({ query: "", filters: {}, shown: STEP });
});
window.addEventListener("hashchange", () => {
  if (fragmentOf(stateOf(location.hash)) !== fragmentOf(state)) restore();
});
openWhereWide();
part("search").hidden = false;
restore();
void index.then((opened) => painted().then(() => opened.warm())).catch(() => undefined);
if (!cameBack() && window.matchMedia("(hover: hover)").matches) input.focus({ preventScroll: true });

/** Who comes back wants to be where he was; and on a phone, a field with the focus covers the page with its keyboard. */
function cameBack(): boolean {
  const [entry] = performance.getEntriesByType("navigation");
  return (entry as PerformanceNavigationTiming | undefined)?.type === "back_forward";
}
