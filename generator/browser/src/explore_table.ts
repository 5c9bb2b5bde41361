// The table of the explorer: thousands of rows of which only those in sight are elements.

import {
  createTable,
  getSortedRowModel,
  type Row as TableRow,
  type RowData,
  type RowModel,
  type Table,
} from "@tanstack/table-core";
import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
} from "@tanstack/virtual-core";
import { element } from "./dom";
import { type Column, COLUMNS, NAME, onPhone, PHONE, sortKeys } from "./explore_columns";
import type { Row } from "./explore_rows";
import type { Sort } from "./explore_state";

declare module "@tanstack/table-core" {
  interface ColumnMeta<TData extends RowData, TValue> {
    readonly column: Column;
    /** Never set; the library wants both names used. */
    readonly unused?: [TData, TValue];
  }
}

export interface Shown {
  readonly records: readonly Row[];
  readonly sort: Sort | undefined;
  readonly columns: ReadonlySet<string>;
  readonly picked: ReadonlySet<string>;
}

export interface TableEvents {
  readonly sort: (sort: Sort) => void;
  readonly pick: (id: string) => void;
}

const USUAL_HEIGHT = 44;
const BEYOND = 12;
const PICK_WIDTH = 2.6;
/** Rows that are all made for paper. */
const MOST_PRINTED = 1_000;

export class ExplorerTable {
  readonly region = element("div", { class: "scroll explore-rows", tabindex: 0, role: "region", "aria-label": "记录" });
  private readonly table: Table<Row>;
  private readonly light: ReadonlyMap<Row, TableRow<Row>>;
  private model: RowModel<Row> = { rows: [], flatRows: [], rowsById: {} };
  private readonly head = element("tr", { "aria-rowindex": 1 });
  private readonly body = element("tbody");
  private readonly widths = element("colgroup");
  private readonly grid = element("table", { class: "list explore-table" });
  private readonly made = new Map<string, HTMLTableRowElement>();
  private readonly virtual: Virtualizer<HTMLDivElement, HTMLTableRowElement>;
  private rows: readonly TableRow<Row>[] = [];
  private shown: Shown | undefined;
  private isPrinting = false;
  private readonly phone = matchMedia(PHONE);

  constructor(
    rows: readonly Row[],
    private readonly most: number,
    private readonly events: TableEvents,
  ) {
    this.grid.append(this.widths, element("thead", {}, this.head), this.body);
    this.region.append(this.grid);
    this.light = lightRows(rows);
    this.table = tableOf(() => this.model);
    this.virtual = new Virtualizer<HTMLDivElement, HTMLTableRowElement>({
      count: 0,
      getScrollElement: () => this.region,
      estimateSize: () => USUAL_HEIGHT,
      getItemKey: (place) => this.rows[place]?.id ?? place,
      overscan: BEYOND,
      // Whoever stands in a row with the keyboard stays there while others scroll past.
      rangeExtractor: (range) => {
        const places = defaultRangeExtractor(range);
        const focused = this.focusedPlace();
        return focused < 0 || places.includes(focused) ? places : [...places, focused].sort((a, b) => a - b);
      },
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: () => this.draw(),
    });
    // Rows have their own height from the first, and browsers keep in place what is in sight; were it done here as well,
    // the row that the keyboard has come to would be scrolled away.
    this.virtual.shouldAdjustScrollPositionOnItemSizeChange = () => false;
  }

  /** Begin to follow the scrolling; the region has to stand in the page. */
  start(): void {
    this.virtual._didMount();
    this.virtual._willUpdate();
    this.phone.addEventListener("change", () => {
      this.drawColumns();
      this.markSort(this.shown?.sort);
      this.draw();
    });
    window.addEventListener("beforeprint", () => this.print(true));
    window.addEventListener("afterprint", () => this.print(false));
  }

  /** The records that are shown, in their order. */
  get ordered(): Row[] {
    return this.rows.map((row) => row.original);
  }

  show(shown: Shown): void {
    const before = this.shown;
    this.shown = shown;
    const { sort } = shown;
    if (before?.records !== shown.records) {
      const rows = shown.records.flatMap((record) => this.light.get(record) ?? []);
      this.model = { rows, flatRows: rows, rowsById: {} };
    }
    for (const column of this.table.getAllLeafColumns()) {
      // Blank stands last both ways; the library's own `last` cannot tell two blanks from one another.
      column.columnDef.sortUndefined = sort?.descending ? -1 : 1;
    }
    this.table.setOptions((options) => ({
      ...options,
      state: {
        ...options.state,
        sorting: sort ? [{ id: sort.column, desc: sort.descending }] : [],
        columnVisibility: Object.fromEntries(COLUMNS.map(({ id }) => [id, shown.columns.has(id)])),
      },
    }));
    const rows = this.table.getSortedRowModel().rows;
    const isOther = !before || before.records !== shown.records || before.sort !== sort;
    if (!before || !sameSet(before.columns, shown.columns)) this.drawColumns();
    this.markSort(sort);
    if (isOther) {
      this.rows = rows;
      this.grid.setAttribute("aria-rowcount", String(rows.length + 1));
      this.region.scrollTop = 0;
      this.virtual.setOptions({ ...this.virtual.options, count: rows.length });
      this.virtual._willUpdate();
    }
    this.draw();
  }

  private drawColumns(): void {
    const columns = this.columns();
    this.made.clear();
    this.body.replaceChildren();
    const widths = [PICK_WIDTH, ...columns.map((column) => column.width)];
    this.widths.replaceChildren(
      ...widths.map((width) => {
        const col = element("col");
        col.style.width = `${width}em`;
        return col;
      }),
    );
    this.grid.style.minWidth = `${widths.reduce((total, width) => total + width, 0)}em`;
    const pick = element("th", { scope: "col" }, element("span", { class: "visually-hidden" }, "对比"));
    this.head.replaceChildren(pick, ...columns.map((column) => this.heading(column)));
  }

  private heading(column: Column): HTMLTableCellElement {
    const button = element("button", { type: "button", class: "sort", title: "按此列排序" }, column.title);
    button.addEventListener("click", () => {
      const sort = this.shown?.sort;
      // The largest figure is what one looks for first, and the beginning of the alphabet.
      const descending = sort?.column === column.id ? !sort.descending : column.isNumeric;
      this.events.sort({ column: column.id, descending });
    });
    return element("th", { scope: "col", class: column.isNumeric && "num", "data-column": column.id }, button);
  }

  private markSort(sort: Sort | undefined): void {
    for (const heading of this.head.querySelectorAll<HTMLElement>("th[data-column]")) {
      const isSorted = heading.dataset["column"] === sort?.column;
      if (isSorted) heading.setAttribute("aria-sort", sort?.descending ? "descending" : "ascending");
      else heading.removeAttribute("aria-sort");
    }
  }

  private columns(): Column[] {
    const columns = this.table.getVisibleLeafColumns().flatMap((column) => column.columnDef.meta?.column ?? []);
    return this.phone.matches ? onPhone(columns) : columns;
  }

  private places(): { place: number; start: number; end: number }[] {
    if (this.isPrinting) return this.rows.map((_, place) => ({ place, start: 0, end: 0 }));
    return this.virtual.getVirtualItems().map(({ index, start, end }) => ({ place: index, start, end }));
  }

  private draw(): void {
    const wanted: HTMLTableRowElement[] = [];
    const kept = new Set<string>();
    let end = 0;
    for (const item of this.places()) {
      const row = this.rows[item.place];
      if (!row) continue;
      if (item.start > end) wanted.push(this.gap(item.start - end));
      wanted.push(this.rowAt(row, item.place));
      kept.add(row.id);
      end = item.end;
    }
    const whole = this.isPrinting ? 0 : this.virtual.getTotalSize();
    if (whole > end) wanted.push(this.gap(whole - end));
    for (const id of [...this.made.keys()]) if (!kept.has(id)) this.made.delete(id);
    place(this.body, wanted);
    if (!this.isPrinting) for (const row of this.made.values()) this.virtual.measureElement(row);
  }

  private rowAt(row: TableRow<Row>, place: number): HTMLTableRowElement {
    let made = this.made.get(row.id);
    if (!made) {
      made = this.makeRow(row.original);
      this.made.set(row.id, made);
    }
    made.dataset["index"] = String(place);
    made.setAttribute("aria-rowindex", String(place + 2));
    const pick = made.querySelector("input");
    if (pick && this.shown) {
      pick.checked = this.shown.picked.has(row.id);
      pick.disabled = !pick.checked && this.shown.picked.size >= this.most;
    }
    return made;
  }

  private makeRow(row: Row): HTMLTableRowElement {
    const pick = element("input", { type: "checkbox", "aria-label": `选来对比：${row.year} ${row.name}` });
    pick.addEventListener("change", () => this.events.pick(row.id));
    const cells = this.columns().map((column) =>
      column.id === NAME.id
        ? element("th", { scope: "row" }, column.cell(row))
        : element("td", { class: column.isNumeric && "num" }, column.cell(row)),
    );
    return element("tr", { "data-id": row.id }, element("td", { class: "pick" }, pick), ...cells);
  }

  private gap(height: number): HTMLTableRowElement {
    const cell = element("td", { colspan: this.columns().length + 1 });
    cell.style.height = `${height}px`;
    return element("tr", { class: "gap", "aria-hidden": "true" }, cell);
  }

  private focusedPlace(): number {
    const row = document.activeElement?.closest<HTMLElement>("tr[data-index]");
    return row && this.body.contains(row) ? Number(row.dataset["index"]) : -1;
  }

  private print(isPrinting: boolean): void {
    this.isPrinting = isPrinting && this.rows.length <= MOST_PRINTED;
    this.draw();
  }
}

/** Make what the table library needs of a row to sort it; a row of its own has forty functions, all of them unused. */
function lightRows(rows: readonly Row[]): Map<Row, TableRow<Row>> {
  const keys = new Map<string, (number | undefined)[]>();
  const keysOf = (id: string): (number | undefined)[] => {
    const column = COLUMNS.find((one) => one.id === id) ?? NAME;
    const found = keys.get(id) ?? sortKeys(rows, column);
    keys.set(id, found);
    return found;
  };
  return new Map(
    rows.map((original, index) => {
      const row = { id: original.id, index, original, subRows: [], getValue: (id: string) => keysOf(id)[index] };
      return [original, row as unknown as TableRow<Row>];
    }),
  );
}

function tableOf(model: () => RowModel<Row>): Table<Row> {
  const table = createTable<Row>({
    data: [],
    columns: COLUMNS.map((column) => ({
      id: column.id,
      accessorFn: column.value,
      sortingFn: (a: TableRow<Row>, b: TableRow<Row>, id: string) => a.getValue<number>(id) - b.getValue<number>(id),
      meta: { column },
    })),
    getCoreRowModel: () => model,
    getSortedRowModel: getSortedRowModel(),
    state: {},
    onStateChange: () => undefined,
    renderFallbackValue: null,
  });
  table.setOptions((options) => ({ ...options, state: { ...table.initialState } }));
  return table;
}

function sameSet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((value) => other.has(value));
}

/** Put rows into a body, leaving those that stay where they are: a row that is moved loses the focus. */
function place(body: HTMLElement, wanted: readonly HTMLElement[]): void {
  const staying = new Set<Element>(wanted);
  for (const child of [...body.children]) if (!staying.has(child)) child.remove();
  let next = body.firstChild;
  for (const row of wanted) {
    if (row === next) next = next.nextSibling;
    else body.insertBefore(row, next);
  }
}
