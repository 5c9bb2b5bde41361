// The comparison of two to four records, all of it kept in the address.

import { type Part, blockDiffers } from "./compare_lines";
import { compareRecords, hasTables } from "./compare_model";
import { clearPicker, makePicker, type Picking, suggest } from "./compare_picker";
import { type CompareState, fragmentOf, MOST, stateOf, whyRefused } from "./compare_state";
import { drawPart } from "./compare_table";
import { addressOf, load } from "./data";
import { button, element, part } from "./dom";
import { scrollHint } from "./scroll_hint";
import { type BrowseRecord, loadRecord } from "./search_record";

const TYPES: Readonly<Record<string, string>> = {
  SelfEvaluation: "项目支出绩效自评表",
  DepartmentEvaluation: "部门整体支出绩效自评表",
  TargetDeclaration: "绩效目标申报表",
};

const status = part("compare-status");
const only = part<HTMLInputElement>("compare-only");
let state = stateOf(location.hash);
let latest = 0;

const picking: Picking = {
  chosen: () => state.ids,
  add(id) {
    clearPicker();
    change([...state.ids, id].slice(0, MOST), state.ids.length);
  },
};

/** Compare other records; the focus goes to the one at `place`, for what had it is drawn anew. */
function change(ids: readonly string[], place: number): void {
  write({ ...state, ids, refused: [] });
  void show().then(() => {
    const links = part("compare-records").querySelectorAll<HTMLElement>("li > a");
    (links[Math.min(place, links.length - 1)] ?? part("compare-query")).focus();
  });
}

function write(next: CompareState): void {
  state = next;
  location.hash = fragmentOf(next);
}

async function show(): Promise<void> {
  latest += 1;
  const search = latest;
  const { ids } = state;
  only.checked = state.only;
  const loaded = await Promise.allSettled(ids.map((id) => loadRecord(load, id)));
  if (search !== latest) return;
  const records = loaded.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const lost = ids.filter((_, at) => loaded[at]?.status === "rejected");
  part("compare-records").replaceChildren(...chosenRecords(ids, records));
  part("compare-lost").replaceChildren(
    ...state.refused.map((id) => element("p", {}, whyRefused(id))),
    ...lost.map(missing),
  );
  const adding = part<HTMLDetailsElement>("compare-add");
  adding.hidden = ids.length >= MOST;
  // With two there is something to look at, and adding steps back.
  adding.open = ids.length < 2;
  part("compare-options").hidden = records.length < 2;
  draw(records);
  await offerMore(records, search);
}

function draw(records: readonly BrowseRecord[]): void {
  const target = part("compare-result");
  const notes = part("compare-notes");
  if (records.length < 2) {
    target.replaceChildren();
    notes.replaceChildren();
    status.textContent = records.length === 1 ? "还要再选一份，才能对比。" : "请选两份到四份表。";
    return;
  }
  const parts = compareRecords(records);
  const drawn = parts.flatMap((one) => drawPart(one, records, state.only) ?? []);
  target.replaceChildren(...drawn);
  notes.replaceChildren(...noteTexts(records).map((text) => element("p", { class: "note" }, text)));
  status.textContent = summary(parts, records.length, drawn.length === 0);
}

/** Say how much of the indicators is common, and how much differs. */
function summary(parts: readonly Part[], count: number, nothing: boolean): string {
  if (nothing) return `${count} 份表各栏都相同。`;
  const blocks = parts.find((one) => one.id === "indicators")?.blocks ?? [];
  const common = blocks.filter((block) => block.missing.length === 0);
  const different = common.filter(blockDiffers).length;
  const partly = blocks.length - common.length;
  if (blocks.length === 0) return `对比 ${count} 份表。`;
  const differing = common.length > 0 ? `，其中 ${different} 项有不同` : "";
  const rest = partly > 0 ? `；另有 ${partly} 项不是每份都有` : "";
  return `对比 ${count} 份表：各份都有的绩效指标 ${common.length} 项${differing}${rest}。`;
}

function noteTexts(records: readonly BrowseRecord[]): string[] {
  const types = Array.from(new Set(records.map((record) => record.form[2])));
  return [
    ...(types.length > 1
      ? [`这几份表的种类不同（${types.map((type) => TYPES[type] ?? "其他表样").join("、")}），栏目的含义不尽相同，只供对照。`]
      : []),
    "≠ 表示与左边第一份有这一项的表不同；表上没有这一栏的写“无此栏”，不算不同，空白与有字算不同；文字和数字照原表；数字只差千分位或末尾的 0，文字只差空格的，算相同。各份都空白的栏目不列。",
    ...(hasTables(records) ? ["附表没有列入对比，见各份表的页面。"] : []),
  ];
}

function chosenRecords(ids: readonly string[], records: readonly BrowseRecord[]): HTMLElement[] {
  return records.map((record, at) => {
    const others = ids.filter((id) => id !== record.id);
    const remove = button("移除", () => change(others, at), {
      "aria-label": `移除第 ${at + 1} 份`,
    });
    const first = button("移到最前", () => change([record.id, ...others], 0), {
      "aria-label": `把第 ${at + 1} 份移到最前，作为对照`,
    });
    return element(
      "li",
      {},
      element("a", { href: addressOf(record.url) }, record.title),
      element("small", {}, `${record.year}年度 · ${record.unit[1]} · ${record.form[1]}`),
      element("span", { class: "compare-tools" }, ...(at > 0 ? [first, " "] : []), remove),
    );
  });
}

function missing(id: string): HTMLElement {
  const remove = button("移除", () => change(state.ids.filter((one) => one !== id), 0), {
    "aria-label": `移除 ${id}`,
  });
  return element("p", {}, `没有读到 ${id} 的数据：这份表可能已移动或撤下，也可能网站文件不全。 `, remove);
}

async function offerMore(records: readonly BrowseRecord[], search: number): Promise<void> {
  const target = part("compare-near");
  if (records.length === 0 || state.ids.length >= MOST) {
    target.replaceChildren();
    return;
  }
  try {
    const offers = await suggest(records, picking);
    if (search === latest) target.replaceChildren(...offers);
  } catch {
    // Suggestions are an extra: without them there is still the search.
    if (search === latest) target.replaceChildren();
  }
}

only.addEventListener("change", () => {
  write({ ...state, only: only.checked });
  void show();
});
part("compare-print").addEventListener("click", () => window.print());
window.addEventListener("hashchange", () => {
  const next = stateOf(location.hash);
  if (fragmentOf(next) === fragmentOf(state)) return;
  state = next;
  void show();
});
makePicker(picking);
part("compare-result").before(
  scrollHint("右边还有内容，表格可以左右滑动。", part("compare-result"), ".compare-scroll"),
);
part("compare").hidden = false;
void show();
