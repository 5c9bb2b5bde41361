// Adding a record to the comparison: by searching for it, or from what stands near the ones chosen.

import { load } from "./data";
import { button, element, part } from "./dom";
import { SearchIndex, terms } from "./search_index";
import { type BrowseRecord, loadIds, loadRecord } from "./search_record";

const PAUSE = 120;
const OFFERED = 8;
const NEAR = 6;
const SHORTEST = 2;

/** What the picker has to know, and do. */
export interface Picking {
  chosen(): readonly string[];
  add(id: string): void;
}

/** Make the search box of the picker work. */
export function makePicker(picking: Picking): void {
  const input = part<HTMLInputElement>("compare-query");
  const list = part("compare-found");
  const status = part("compare-found-status");
  const index = SearchIndex.open(load);
  index.catch(() => undefined);
  let timer = 0;
  let latest = 0;

  async function answer(): Promise<void> {
    latest += 1;
    const search = latest;
    const query = input.value.trim();
    if (terms(query).every((term) => Array.from(term).length < SHORTEST)) {
      list.replaceChildren();
      status.textContent = query ? "请至少输入两个字。" : "";
      return;
    }
    try {
      const found = await (await index).find(query);
      const hits = await found.next(OFFERED);
      if (search !== latest) return;
      const offered = hits.map((hit) => hit.record).filter((record) => !picking.chosen().includes(record.id));
      list.replaceChildren(...offered.map((record) => offer(record, picking)));
      const more = found.isDone ? "" : "，只列出前几份，多写几个字可以缩小范围";
      status.textContent = offered.length > 0 ? `可加入 ${offered.length} 份${more}。` : "没有找到可加入的表。";
    } catch (error) {
      if (search === latest) status.textContent = error instanceof Error ? `${error.message}。` : String(error);
    }
  }

  input.addEventListener("input", (event) => {
    if ((event as InputEvent).isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(() => void answer(), PAUSE);
  });
  input.addEventListener("compositionend", () => void answer());
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && input.value) {
      event.preventDefault();
      input.value = "";
      void answer();
    } else if (event.key === "ArrowDown") {
      const first = list.querySelector("button");
      if (!first) return;
      event.preventDefault();
      first.focus();
    }
  });
  part<HTMLFormElement>("compare-form").addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    void answer();
  });
}

/** Empty the picker's box and what it found. */
export function clearPicker(): void {
  part<HTMLInputElement>("compare-query").value = "";
  part("compare-found").replaceChildren();
  part("compare-found-status").textContent = "";
}

function offer(record: BrowseRecord, picking: Picking): HTMLLIElement {
  const about = `${record.year}年度 · ${record.unit[1]} · ${record.form[1]}`;
  const add = button("加入", () => picking.add(record.id), { "aria-label": `加入 ${record.title} ${record.year}年度` });
  return element("li", {}, add, " ", element("span", {}, record.title), " ", element("small", {}, about));
}

/** Suggest other records of the projects and units that are compared. */
export async function suggest(records: readonly BrowseRecord[], picking: Picking): Promise<Node[]> {
  const chosen = new Set(records.map((record) => record.id));
  const near = await Promise.all(records.map(async (record) => nearTo(record, await loadIds(load, record.unit[0]))));
  const ids = Array.from(new Set(near.flat())).filter((id) => !chosen.has(id)).slice(0, 2 * NEAR);
  const loaded = await Promise.allSettled(ids.map((id) => loadRecord(load, id)));
  const found = loaded.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const projects = new Set(records.map((record) => record.project[1]));
  const same = found.filter((record) => projects.has(record.project[1]));
  const others = found.filter((record) => !projects.has(record.project[1]));
  return [...group("同一项目的其他表", same, picking), ...group("同一单位的其他表", others.slice(0, NEAR), picking)];
}

/** Return the ids of what is likely to be of the same project, then others of the unit and year. */
function nearTo(record: BrowseRecord, ids: readonly string[]): string[] {
  const same = ids.filter((id) => keyOf(id) === keyOf(record.id) && id !== record.id).slice(0, NEAR);
  const year = ids.filter((id) => id.startsWith(`${record.year}/`) && keyOf(id) !== keyOf(record.id)).slice(0, NEAR);
  return [...same, ...year];
}

/** A project's records are called alike up to the first dot. */
function keyOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1).split(".")[0] ?? "";
}

function group(title: string, records: readonly BrowseRecord[], picking: Picking): Node[] {
  if (records.length === 0) return [];
  const list = element("ul", { class: "compare-offers" }, ...records.map((record) => offer(record, picking)));
  return [element("h3", {}, title), list];
}
