// Charts of the sifted records: execution against score, and how both are spread; the same numbers stand in tables.

import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartDataset,
  Legend,
  LinearScale,
  PointElement,
  ScatterController,
  Tooltip,
} from "chart.js";
import { addressOf } from "./data";
import { element } from "./dom";
import { countText } from "./exact";
import { type Band, bandOf, RATES, SCORES } from "./explore_bands";
import { ratioText, type Row, scoreOutOf100 } from "./explore_rows";

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, PointElement, ScatterController, Tooltip);

interface Point {
  readonly x: number;
  readonly y: number;
  readonly row: Row;
}

/** Kinds of forms, told apart by shape, since colours alone do not carry to grey paper. */
const SHAPES = [
  { kind: "SelfEvaluation", label: "项目支出自评", shape: "circle", colour: "--chart-executed" },
  { kind: "DepartmentEvaluation", label: "整体支出自评", shape: "triangle", colour: "--chart-over" },
  { kind: "Other", label: "其他表", shape: "rectRot", colour: "--chart-line" },
] as const;

const MANY = 2_000;

export class ExplorerCharts {
  readonly place = element("div", { class: "explore-charts" });
  private readonly charts: Chart[] = [];
  private rows: readonly Row[] = [];

  constructor() {
    // Canvas takes its colours once, so a change of scheme draws anew.
    const redraw = (): void => this.draw();
    new MutationObserver(redraw).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
  }

  show(rows: readonly Row[]): void {
    if (rows === this.rows) return;
    this.rows = rows;
    this.draw();
  }

  /** Take the charts away; they are drawn when they are asked for again. */
  clear(): void {
    this.rows = [];
    this.draw();
  }

  private draw(): void {
    for (const chart of this.charts.splice(0)) chart.destroy();
    if (!this.rows.length) {
      this.place.replaceChildren();
      return;
    }
    const rates = this.rows.flatMap((row) => row.ratio ?? []);
    const scores = this.rows.flatMap((row) => scoreOutOf100(row) ?? []);
    this.place.replaceChildren(
      this.scatter(),
      this.spread("执行率的分布（计算）", rates, RATES, "数据不足"),
      this.spread("总分的分布（百分制）", scores, SCORES, "没有印出百分制总分"),
    );
  }

  private scatter(): HTMLElement {
    const points = SHAPES.map((shape) => ({ ...shape, points: pointsOf(this.rows, shape.kind) }));
    const drawn = points.filter((one) => one.points.length);
    const count = points.reduce((total, one) => total + one.points.length, 0);
    const left = this.rows.length - count;
    const note = left ? `另 ${countText(left)} 份算不出执行率或没有百分制总分，不在图中。` : "";
    const summary = `散点图，横轴是本站计算的执行率，纵轴是总分，${countText(count)} 份各为一点，数字见下面的表。`;
    const canvas = element("canvas", { role: "img", "aria-label": summary });
    const figure = element(
      "figure",
      { class: "explore-chart explore-scatter" },
      element("figcaption", {}, element("b", {}, "执行率（计算）与总分"), ` 一份一点，指向它看名称，点击打开。${note}`),
      element("div", { class: "explore-canvas" }, canvas),
    );
    const datasets: ChartDataset<"scatter", Point[]>[] = drawn.map((one) => ({
      label: one.label,
      data: one.points,
      pointStyle: one.shape,
      pointRadius: count > MANY ? 2.5 : 4,
      pointHoverRadius: 6,
      // Points at the very edge are seen whole.
      clip: 8,
      borderColor: colour(one.colour),
      backgroundColor: `${colour(one.colour)}55`,
    }));
    const chart = new Chart(canvas, {
      type: "scatter",
      data: { datasets },
      options: {
        ...common(),
        onClick: (_, [hit]) => {
          const row = hit && drawn[hit.datasetIndex]?.points[hit.index]?.row;
          if (row) location.assign(addressOf(`records/${row.id}.html`));
        },
        onHover: (_, [hit]) => {
          canvas.style.cursor = hit ? "pointer" : "";
        },
        scales: {
          x: { ...axis("执行率（计算，%）"), suggestedMin: 90, suggestedMax: 100 },
          y: { ...axis("总分"), suggestedMin: 90, suggestedMax: 100 },
        },
        plugins: {
          legend: { labels: { usePointStyle: true, color: colour("--md-default-fg-color") }, onClick: () => undefined },
          tooltip: {
            callbacks: {
              title: (items) => items.slice(0, 5).map((item) => nameOf((item.raw as Point).row)),
              label: (item) => {
                const { row } = item.raw as Point;
                return `执行率（计算）${ratioText(row)}，总分 ${row.score.printed}`;
              },
            },
          },
        },
      },
    });
    this.charts.push(chart as unknown as Chart);
    return figure;
  }

  private spread(title: string, numbers: readonly number[], bands: readonly Band[], none: string): HTMLElement {
    const counts = new Map(bands.map((band) => [band.label, 0]));
    for (const number of numbers) {
      const label = bandOf(number, bands).label;
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    const without = this.rows.length - numbers.length;
    const labels = [...counts.keys()];
    const canvas = element("canvas", { role: "img", "aria-label": `条形图：${title}，数字见下面的表。` });
    const chart = new Chart(canvas, {
      type: "bar",
      data: { labels, datasets: [{ data: [...counts.values()], backgroundColor: colour("--chart-executed") }] },
      options: {
        ...common(),
        indexAxis: "y",
        scales: { x: { ...axis("份数"), ticks: { precision: 0, color: colour("--md-default-fg-color--light") } }, y: axis("") },
        plugins: { legend: { display: false } },
      },
    });
    this.charts.push(chart as unknown as Chart);
    return element(
      "figure",
      { class: "explore-chart" },
      element("figcaption", {}, element("b", {}, title)),
      element("div", { class: "explore-canvas" }, canvas),
      numbersTable(title, [...counts, ...(without ? [[none, without] as const] : [])]),
    );
  }
}

function numbersTable(title: string, counts: readonly (readonly [string, number])[]): HTMLElement {
  const rows = counts.map(([label, count]) =>
    element("tr", {}, element("th", { scope: "row" }, label), element("td", { class: "num" }, `${countText(count)} 份`)),
  );
  return element(
    "details",
    {},
    element("summary", {}, "图中的数字"),
    element("table", { class: "figures", "aria-label": title }, element("tbody", {}, ...rows)),
  );
}

function pointsOf(rows: readonly Row[], kind: string): Point[] {
  return rows.flatMap((row) => {
    const [x, y] = [row.ratio, scoreOutOf100(row)];
    return row.kind === kind && x !== undefined && y !== undefined ? [{ x, y, row }] : [];
  });
}

function nameOf(row: Row): string {
  return `${row.name}（${row.unitName}，${row.year}）`;
}

function common(): { animation: false; responsive: true; maintainAspectRatio: false } {
  return { animation: false, responsive: true, maintainAspectRatio: false };
}

function axis(text: string): object {
  const light = colour("--md-default-fg-color--light");
  return {
    title: { display: Boolean(text), text, color: light },
    ticks: { color: light },
    grid: { color: colour("--page-line") },
  };
}

function colour(name: string): string {
  return getComputedStyle(document.body).getPropertyValue(name).trim();
}
