// What a search found, as it stands on the page.

import { addressOf } from "./data";
import { element } from "./dom";
import { type Hit, type Match, type PageHit } from "./search_index";
import { marked, snippet, type Span } from "./snippet";

const FIELDS_AT_ONCE = 3;

const PAGE_KINDS: Readonly<Record<string, string>> = {
  unit: "单位",
  department: "主管部门",
  rule: "检查规则",
  page: "说明",
};

/** Tell whether the name, unit or department has this match, which are marked where the record is named. */
function isInHead(match: Match): boolean {
  return ["title", "unit", "department", "initials"].includes(match.place);
}

/** Tell whether a field only repeats the record's name or unit. */
function repeats({ record }: Hit, match: Match): boolean {
  return match.kind === "head" && [record.title, record.unit[1], record.department?.[1]].includes(match.text);
}

function spansIn(matches: readonly Match[], ...places: readonly Match["place"][]): readonly Span[] {
  return matches.find((match) => places.includes(match.place))?.marks ?? [];
}

/** Draw a record that was found: what it is, and the fields that match. */
export function recordResult(hit: Hit): HTMLLIElement {
  const { record, matches } = hit;
  const name = marked(record.title, spansIn(matches, "title", "initials"));
  const link = element("a", { href: addressOf(record.url), "data-result": true }, ...name);
  const about: (Node | string)[] = [...marked(record.unit[1], spansIn(matches, "unit"))];
  const department = matches.find((match) => match.place === "department");
  if (department) about.push("（主管部门：", ...marked(department.text, department.marks), "）");
  about.push(` · ${record.year}年度 · ${record.form[1]}`);
  const item = element("li", { class: "result" }, element("h3", {}, link), element("p", {}, ...about));
  const fields = hit.matches.filter((match) => !isInHead(match) && !repeats(hit, match));
  const first = fields.slice(0, FIELDS_AT_ONCE).map((match) => field(record.url, match));
  if (first.length > 0) item.append(element("ul", { class: "result-fields" }, ...first));
  const rest = fields.slice(FIELDS_AT_ONCE);
  if (rest.length > 0) {
    const list = element("ul", { class: "result-fields" });
    item.append(element("details", {}, element("summary", {}, `另有 ${rest.length} 处`), list));
    unfilled.push(() => list.append(...rest.map((match) => field(record.url, match))));
  }
  return item;
}

/** Further fields that nobody sees yet; drawing them takes longer than all that is seen. */
let unfilled: (() => void)[] = [];

/** Draw what results hold back until they can be seen. */
export function fillResults(): void {
  const filling = unfilled;
  unfilled = [];
  for (const fill of filling) fill();
}

/** Tell whether a page is that of a unit or department whose name has what was looked for. */
export function isPlaceCalledSo(hit: PageHit): boolean {
  const isPlace = hit.kind === "unit" || hit.kind === "department";
  return isPlace && hit.matches.some(({ place }) => place === "title" || place === "initials");
}

/** Draw a page in one line. */
export function pageLine(hit: PageHit, isStop: boolean): HTMLLIElement {
  const name = marked(hit.title, spansIn(hit.matches, "title", "initials"));
  const link = element("a", { href: addressOf(hit.url), "data-result": isStop }, ...name);
  return element("li", {}, kind(`${PAGE_KINDS[hit.kind] ?? "网页"} `), link);
}

/** Draw a page that was found. */
export function pageResult(hit: PageHit): HTMLLIElement {
  const name = marked(hit.title, spansIn(hit.matches, "title", "initials"));
  const link = element("a", { href: addressOf(hit.url), "data-result": true }, ...name);
  const item = element("li", { class: "result" }, element("h3", {}, link, kind(` ${PAGE_KINDS[hit.kind] ?? "网页"}`)));
  const match = hit.matches.find((one) => !isInHead(one));
  if (match) item.append(element("p", { class: "result-text" }, ...snippet(match.text, match.marks)));
  return item;
}

function kind(name: string): HTMLElement {
  return element("small", {}, name);
}

/** Draw a field of a record: what it is called, and the text around the words; it leads to its row. */
function field(url: string, match: Match): HTMLLIElement {
  const inHeading = match.place === "heading";
  const where = inHeading ? snippet(match.text, match.marks) : [match.heading].filter(Boolean);
  const text = inHeading ? [] : snippet(match.text, match.marks);
  const parts: Node[] = [];
  if (where.length > 0) parts.push(element("span", { class: "result-where" }, ...where));
  if (text.length > 0) {
    if (match.label && match.label !== match.heading) {
      parts.push(element("span", { class: "result-label" }, match.label));
    }
    parts.push(element("span", { class: "result-text" }, ...text));
  }
  const address = addressOf(match.anchor ? `${url}#${match.anchor}` : url);
  return element("li", {}, element("a", { href: address, class: "result-field" }, ...spaced(parts)));
}

/** Put blanks between parts, which a screen reader would else read as one word. */
function spaced(parts: readonly Node[]): (Node | string)[] {
  return parts.flatMap((one, index) => (index === 0 ? [one] : [" ", one]));
}
