// The comparison as tables, one for each part of the forms.

import { type Block, blockDiffers, type Cell, type Line, lineDiffers, type Part } from "./compare_lines";
import { addressOf } from "./data";
import { element } from "./dom";
import { type BrowseRecord } from "./search_record";

/** Draw a part: its heading and its table; nothing where only differences are asked for and there are none. */
export function drawPart(part: Part, records: readonly BrowseRecord[], only: boolean): HTMLElement | null {
  const bodies = part.blocks.flatMap((block) => drawBlock(block, only));
  if (bodies.length === 0) return null;
  const id = `compare-${part.id}`;
  const heads = records.map((record, at) =>
    element(
      "th",
      { scope: "col" },
      element("span", { class: "compare-number" }, `第 ${at + 1} 份`),
      ` ${record.year}年度 `,
      element("span", { class: "compare-name" }, record.title),
    ),
  );
  const table = element(
    "table",
    { class: `compare compare-${records.length}` },
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "栏目"), ...heads)),
    ...bodies,
  );
  const region = element("div", { class: "compare-scroll", tabindex: 0, role: "region", "aria-labelledby": id }, table);
  return element("section", { "aria-labelledby": id }, element("h2", { id }, part.title), region);
}

function drawBlock(block: Block, only: boolean): HTMLElement[] {
  if (only && !blockDiffers(block)) return [];
  const lines = only ? block.lines.filter((line) => lineDiffers(line) || isPartly(block)) : block.lines;
  if (lines.length === 0) return [];
  const rows = lines.map((line, at) => drawLine(line, block, at === 0 ? lines.length : 0));
  return [element("tbody", {}, ...(block.heading ? [drawHeading(block)] : []), ...rows)];
}

/** Tell whether some record lacks the whole block, so that each of its lines is a difference. */
function isPartly(block: Block): boolean {
  return block.missing.length > 0;
}

function drawHeading(block: Block): HTMLTableRowElement {
  const count = (block.lines[0]?.cells.length ?? 0) + 1;
  const heading = element("span", { class: "compare-heading" });
  if (block.levels) heading.append(element("small", {}, `${block.levels} › `));
  heading.append(block.heading);
  for (const text of [verdict(block), ...block.remarks]) {
    if (text) heading.append(" ", element("span", { class: "badge" }, text));
  }
  const links = block.urls.flatMap((url, at) =>
    url ? [" ", element("a", { href: addressOf(url), "aria-label": `第 ${at + 1} 份原表中的${block.heading}` }, String(at + 1))] : [],
  );
  if (links.length > 0) heading.append(element("small", { class: "compare-links" }, " 原表", ...links));
  return element("tr", { class: "compare-block" }, element("th", { scope: "rowgroup", colspan: count }, heading));
}

/** Say which records have the block, or that they differ in it. */
function verdict(block: Block): string {
  const count = block.lines[0]?.cells.length ?? 0;
  if (block.missing.length === 0) return block.lines.some(lineDiffers) ? "不同" : "";
  const present = Array.from({ length: count }, (_, at) => at).filter((at) => !block.missing.includes(at));
  if (present.length === 1) return `仅第 ${(present[0] ?? 0) + 1} 份有`;
  const absent = block.missing.map((at) => `第 ${at + 1} 份`).join("、");
  return `${absent}没有${block.lines.some(lineDiffers) ? "，其余不同" : ""}`;
}

/** Draw a line; the first of a block has the cells of records without the block, down to its last line. */
function drawLine(line: Line, block: Block, span: number): HTMLTableRowElement {
  const cells = line.cells.flatMap((cell, at) => {
    if (cell.kind !== "no-row") return [drawCell(cell, line.differs[at] ?? false)];
    return span > 0 ? [element("td", { class: "compare-none", rowspan: span }, cell.text)] : [];
  });
  const badge = !block.heading && lineDiffers(line) ? [" ", element("span", { class: "badge" }, "不同")] : [];
  return element("tr", {}, element("th", { scope: "row" }, line.label, ...badge), ...cells);
}

function drawCell(cell: Cell, differs: boolean): HTMLTableCellElement {
  const made = element("td", { class: differs ? "compare-differs" : undefined });
  if (differs) {
    made.append(element("span", { class: "compare-mark", "aria-hidden": "true" }, "≠ "));
    made.append(element("span", { class: "visually-hidden" }, "不同："));
  }
  if (cell.kind === "text") made.append(element("span", { class: "compare-text" }, cell.text));
  else made.append(element("span", { class: cell.kind === "blank" ? "visually-hidden" : "compare-none" }, cell.text));
  if (cell.note) made.append(element("small", {}, cell.note));
  return made;
}
