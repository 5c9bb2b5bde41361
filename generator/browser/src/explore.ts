// The explorer: all records in one table, sifted, sorted, added up, drawn and taken along.

import { fragmentOf as comparison, MOST as MOST_PICKED } from "./compare_state";
import { addressOf, load } from "./data";
import { button, element, part } from "./dom";
import { download } from "./csv";
import { countText } from "./exact";
import { COLUMNS, NAME, PHONE } from "./explore_columns";
import { recordsCsv } from "./explore_csv";
import { ExplorerCharts } from "./explore_charts";
import { type Facet, facetsOf, sift } from "./explore_facets";
import { choices, FacetPanel } from "./explore_panel";
import { type Directory, type Line, type Row, rowsOf } from "./explore_rows";
import { fragmentOf, type State, stateOf, toggled } from "./explore_state";
import { ExplorerTable } from "./explore_table";
import { totalsTable } from "./explore_totals";
import { scrollHint } from "./scroll_hint";

const FEWEST_COMPARED = 2;
const NOTE =
  "合计由本站按印出的数字折算为元后相加；整体支出表已包含项目支出，各类分别合计，不相加。" +
  "执行率（计算）是全年执行数除以全年预算数，显示时四舍五入到两位小数，筛选和作图用没有舍入的数；" +
  "缺一个数或预算不大于 0 的，数据不足。执行率（原表）照录。";

class Explorer {
  private state: State;
  private readonly facets: readonly Facet[];
  private readonly facetKeys: readonly string[];
  private readonly panel: FacetPanel;
  private readonly table: ExplorerTable;
  private readonly charts = new ExplorerCharts();
  private readonly query = element("input", { type: "search", id: "explore-query", autocomplete: "off", spellcheck: "false" });
  private readonly chosen = element("div", { class: "explore-choices" });
  private readonly status = element("p", { class: "explore-status", role: "status" });
  private readonly totals = element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "所选记录合计" });
  private readonly picked = element("div", { class: "explore-picked" });
  private readonly chartBox = element("details", { class: "explore-part" }, element("summary", {}, "图"));
  private readonly columnBoxes = new Map<string, HTMLInputElement>();
  /** Records sifted last, kept where only what is shown of them changes. */
  private sifted: { key: string; rows: readonly Row[] } | undefined;
  private typing = false;

  constructor(
    private readonly rows: readonly Row[],
    directory: Directory,
  ) {
    this.facets = facetsOf(rows, directory);
    this.facetKeys = this.facets.map((facet) => facet.key);
    this.state = this.read();
    const toggle = (key: string, value: string): void =>
      this.change({ chosen: toggled(this.state.chosen, key, value) });
    this.panel = new FacetPanel(this.facets, toggle);
    this.table = new ExplorerTable(rows, MOST_PICKED, {
      sort: (sort) => this.change({ sort }),
      pick: (id) => this.change({ picked: switched(this.state.picked, id) }),
    });
    this.query.addEventListener("input", () => {
      this.change({ query: this.query.value }, this.typing);
      this.typing = true;
    });
    this.query.addEventListener("change", () => {
      this.typing = false;
    });
    this.chartBox.append(this.charts.place);
    this.chartBox.addEventListener("toggle", () => {
      if (this.chartBox.open !== this.state.charts) this.change({ charts: this.chartBox.open }, true);
    });
    window.addEventListener("popstate", () => {
      this.state = this.read();
      this.show();
    });
  }

  mount(place: HTMLElement): void {
    const label = element("label", { for: this.query.id }, "名称中有");
    const filters = element("details", { class: "explore-filters", open: true }, element("summary", {}, "筛选"), this.panel.place);
    // On a phone the lists would fill the window before the first record.
    if (matchMedia(PHONE).matches) filters.open = false;
    place.replaceChildren(
      element("div", { class: "filter" }, label, this.query),
      filters,
      this.chosen,
      this.status,
      this.totals,
      element("p", { class: "note" }, NOTE),
      this.chartBox,
      element("div", { class: "explore-tools" }, this.columnChoice(), this.exportButton(), this.picked),
      scrollHint("表格比屏幕宽，可以左右滑动。", this.table.region),
      this.table.region,
    );
    part("explore-lead").append("可筛选、排序、合计、作图，并导出所选的记录。网址记住所选的条件，可以分享。");
    this.table.start();
    this.show();
  }

  private read(): State {
    return stateOf(location.hash, this.facetKeys, MOST_PICKED);
  }

  /** Change the choices and the address; `inPlace` where the way back need not lead to what was before. */
  private change(changes: Partial<State>, inPlace = false): void {
    this.state = { ...this.state, ...changes };
    const fragment = fragmentOf(this.state);
    // The bare address rather than an empty fragment, which would scroll to the top.
    const address = fragment ? `#${fragment}` : location.href.split("#")[0];
    if (inPlace) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    this.show();
  }

  private show(): void {
    const { state } = this;
    const key = JSON.stringify([state.query, [...state.chosen].map(([facet, values]) => [facet, [...values]])]);
    if (this.sifted?.key !== key) {
      const { rows, counts } = sift(this.rows, this.facets, state.chosen, state.query);
      this.sifted = { key, rows };
      this.panel.show(state.chosen, counts);
      this.totals.replaceChildren(totalsTable(rows));
      this.totals.hidden = !rows.length;
      this.status.textContent = rows.length
        ? `符合 ${countText(rows.length)} 份，共 ${countText(this.rows.length)} 份`
        : `没有符合的记录，共 ${countText(this.rows.length)} 份。请减少条件。`;
    }
    if (this.query.value !== state.query) this.query.value = state.query;
    const toggle = (facet: string, value: string): void => {
      this.change({ chosen: toggled(this.state.chosen, facet, value) });
      this.query.focus();
    };
    const clear = (): void => {
      this.change({ chosen: new Map(), query: "" });
      this.query.focus();
    };
    this.chosen.replaceChildren(...choices(this.facets, state.chosen, toggle, clear));
    this.table.show({
      records: this.sifted.rows,
      sort: COLUMNS.some(({ id }) => id === state.sort?.column) ? state.sort : undefined,
      columns: this.columns(),
      picked: new Set(state.picked),
    });
    for (const [id, box] of this.columnBoxes) box.checked = this.columns().has(id);
    this.showPicked();
    this.chartBox.open = state.charts;
    if (state.charts) this.charts.show(this.sifted.rows);
    else this.charts.clear();
  }

  private columns(): ReadonlySet<string> {
    const usual = COLUMNS.filter((column) => column.isUsual).map((column) => column.id);
    return new Set([NAME.id, ...(this.state.columns ?? usual)]);
  }

  private columnChoice(): HTMLElement {
    const list = element("ul", {});
    for (const column of COLUMNS.filter((one) => one !== NAME)) {
      const box = element("input", { type: "checkbox" });
      box.addEventListener("change", () => {
        const shown = this.columns();
        const columns = COLUMNS.filter(({ id }) => (id === column.id ? box.checked : shown.has(id)));
        this.change({ columns: columns.map(({ id }) => id) });
      });
      this.columnBoxes.set(column.id, box);
      list.append(element("li", {}, element("label", {}, box, element("span", {}, column.title))));
    }
    const group = element("fieldset", {}, element("legend", { class: "visually-hidden" }, "显示的列"), list);
    return element("details", { class: "explore-facet" }, element("summary", {}, "显示的列"), group);
  }

  private exportButton(): HTMLElement {
    return button("导出这些记录（CSV）", () => download("筛选结果.csv", recordsCsv(this.table.ordered)), {
      class: "explore-button",
    });
  }

  private showPicked(): void {
    const { picked } = this.state;
    const address = addressOf(`compare.html#${comparison({ ids: picked, only: false })}`);
    const link =
      picked.length < FEWEST_COMPARED
        ? element("span", { class: "explore-hint" }, `勾选 ${FEWEST_COMPARED} 至 ${MOST_PICKED} 份可以对比`)
        : element("a", { href: address, class: "explore-button" }, `对比所选的 ${picked.length} 份`);
    const clear = button("取消勾选", () => this.change({ picked: [] }), { class: "explore-clear" });
    this.picked.replaceChildren(link, ...(picked.length ? [clear] : []));
  }
}

function switched(picked: readonly string[], id: string): string[] {
  if (picked.includes(id)) return picked.filter((one) => one !== id);
  return [...picked, id].slice(0, MOST_PICKED);
}

async function start(place: HTMLElement): Promise<void> {
  const names = (place.dataset["parts"] ?? "").split(" ").filter(Boolean);
  const [directory, ...lists] = await Promise.all([
    load<Directory>("directory"),
    ...names.map((name) => load<readonly Line[]>(name)),
  ]);
  const rows = rowsOf(lists.flat(), directory);
  new Explorer(rows, directory).mount(place);
}

const place = part("explore");
start(place).catch((error: unknown) => {
  const why = error instanceof Error ? error.message : String(error);
  place.prepend(element("p", { role: "alert" }, `筛选表没有打开：${why}。请刷新再试。`));
});
