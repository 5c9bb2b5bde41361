// The search page: the box, the choices and what was found, all of it kept in the address.

import { load } from "./data";
import { button, element, part } from "./dom";
import { chosen, facetNames, offer, onChoice, openWhereWide } from "./search_filters";
import { type Found, SearchIndex, terms } from "./search_index";
import { isPlaceCalledSo, pageLine, pageResult, recordResult } from "./search_results";
import { fragmentOf, type SearchState, stateOf, STEP } from "./search_state";

const PAUSE = 50;
/** How many records are read at once, and how many more where fewer than wanted were found: each costs a file. */
const READ = 30;
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
  clearTimeout(timer);
  timer = setTimeout(() => {
    ask({ query: input.value.trim(), filters: state.filters, shown: STEP });
  }, PAUSE);
}

function say(text: string, ...more: readonly Node[]): void {
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
  const waiting = setTimeout(() => {
    if (isCurrent(search)) status.textContent = "正在查找…";
  }, SAY_LOADING_AFTER);
  try {
    const opened = await index;
    const found = await opened.find(asked.query, asked.filters);
    const narrowed = Object.keys(asked.filters).length > 0;
    const [pages, records] = await Promise.all([
      narrowed ? [] : found.pages(2 * PAGES_AT_ONCE),
      found.next(asked.shown, asked.shown + READ),
    ]);
    if (!isCurrent(search)) return;
    const isNothing = records.length === 0 && pages.length === 0 && found.isDone;
    // Candidates that turned out to be none are nothing to choose from.
    offer(isNothing && !narrowed ? null : found.facets, asked.filters, facetNames(opened.directory));
    if (isNothing) {
      say(`没有找到“${asked.query}”。`, advice(asked));
      return;
    }
    const groups: Node[] = [];
    const above = pages.filter(isPlaceCalledSo).slice(0, PAGES_AT_ONCE);
    const below = pages.filter((page) => !above.includes(page)).slice(0, PAGES_AT_ONCE);
    const seen = above.length + below.length;
    const allPages = pages.length < 2 * PAGES_AT_ONCE && seen === pages.length;
    const shown = { pages: seen, allPages, records: records.length };
    if (above.length > 0) groups.push(namedPlaces(above, records.length === 0));
    if (records.length > 0 || !found.isDone) groups.push(recordGroup(found, records, shown));
    if (below.length > 0) groups.push(pageGroup(found, above, below, shown));
    say(count(found, shown), ...groups);
  } catch (error) {
    if (isCurrent(search)) fail(error);
  } finally {
    clearTimeout(waiting);
    if (isCurrent(search)) results.removeAttribute("aria-busy");
  }
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

type Records = Awaited<ReturnType<Found["next"]>>;
type Pages = Awaited<ReturnType<Found["pages"]>>;

function recordGroup(found: Found, records: Records, shown: Shown): HTMLElement {
  const list = element("ol", { class: "results" }, ...records.map(recordResult));
  const group = element("section", { "aria-labelledby": "found-records" });
  group.append(element("h2", { id: "found-records" }, "绩效表"), list);
  if (!found.isDone) {
    group.append(moreButton(labelOfMore(found), list, async () => {
      const hits = await found.next(STEP, STEP + READ);
      shown.records += hits.length;
      return {
        items: hits.map(recordResult),
        label: labelOfMore(found),
        isLast: found.isDone,
        after: () => {
          write({ ...state, shown: shown.records }, false);
          status.textContent = count(found, shown);
        },
      };
    }));
  }
  return group;
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

function advice(asked: SearchState): HTMLElement {
  const lines: (Node | string)[] = [];
  if (Object.keys(asked.filters).length > 0) {
    const clear = button("去掉全部筛选条件", () => {
      settled = true;
      ask({ query: asked.query, filters: {}, shown: STEP });
      input.focus();
    });
    lines.push(clear);
  }
  if (terms(asked.query).length > 1) lines.push("用空格隔开的词要全部出现，少写一个试试。");
  lines.push("少输几个字，或换一种说法：文中也许写作别的词。", "数字照原表的写法，千分位逗号可有可无，单位不要写在一起。");
  return element("div", { class: "advice" }, element("p", {}, "可以试试："),
    element("ul", {}, ...lines.map((line) => element("li", {}, line))));
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

function stops(): HTMLElement[] {
  return Array.from(results.querySelectorAll<HTMLElement>("[data-result]"));
}

function move(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const inResults = results.contains(target);
  if (target !== input && !inResults) return;
  if (event.key === "Escape") {
    event.preventDefault();
    if (target === input && input.value) {
      input.value = "";
      ask({ query: "", filters: {}, shown: STEP });
    }
    input.focus();
    return;
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const list: HTMLElement[] = [input, ...stops()];
  const here = target.closest("li")?.querySelector<HTMLElement>("[data-result]") ?? target;
  const next = list[list.indexOf(list.includes(target) ? target : here) + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
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
document.addEventListener("keydown", move);
window.addEventListener("hashchange", () => {
  if (fragmentOf(stateOf(location.hash)) !== fragmentOf(state)) restore();
});
openWhereWide();
part("search").hidden = false;
restore();
if (!cameBack() && window.matchMedia("(hover: hover)").matches) input.focus({ preventScroll: true });

/** Who comes back wants to be where he was; and on a phone, a field with the focus covers the page with its keyboard. */
function cameBack(): boolean {
  const [entry] = performance.getEntriesByType("navigation");
  return (entry as PerformanceNavigationTiming | undefined)?.type === "back_forward";
}
