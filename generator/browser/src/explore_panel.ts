// The facets, each a list that opens: what is chosen, and how many records each choice would leave.

import { button, element } from "./dom";
import { countText } from "./exact";
import type { Chosen, Facet, Option } from "./explore_facets";
import { folded } from "./explore_rows";

/** A longer list gets a field to look for a name in it. */
const WORTH_FILTERING = 12;

type Counts = ReadonlyMap<string, ReadonlyMap<string, number>>;
type Toggle = (key: string, value: string) => void;

export class FacetPanel {
  readonly place = element("div", { class: "explore-facets" });
  private readonly lists: FacetList[];

  constructor(facets: readonly Facet[], toggle: Toggle) {
    this.lists = facets.map((facet) => new FacetList(facet, toggle));
    this.place.append(...this.lists.map((list) => list.place));
    document.addEventListener("click", (event) => this.closeBut(event.target));
    this.place.addEventListener("focusin", (event) => this.closeBut(event.target));
    this.place.addEventListener("keydown", (event) => {
      const open = event.key === "Escape" && this.lists.find((list) => list.place.open);
      if (open) open.close();
    });
  }

  show(chosen: Chosen, counts: Counts): void {
    for (const list of this.lists) list.show(chosen, counts);
  }

  private closeBut(target: EventTarget | null): void {
    for (const { place } of this.lists) {
      if (place.open && !(target instanceof Node && place.contains(target))) place.open = false;
    }
  }
}

class FacetList {
  readonly place: HTMLDetailsElement;
  private readonly summary: HTMLElement;
  private readonly chosenCount = element("span", { class: "explore-chosen" });
  private readonly lines = new Map<string, { line: HTMLElement; box: HTMLInputElement; count: HTMLElement }>();
  private state: [Chosen, Counts] | undefined;

  constructor(
    private readonly facet: Facet,
    private readonly toggle: Toggle,
  ) {
    this.summary = element("summary", {}, facet.title, this.chosenCount);
    this.place = element("details", { class: "explore-facet" }, this.summary);
    // A list may have thousands of lines, and most are never opened.
    this.place.addEventListener("toggle", () => {
      if (!this.place.open) return;
      if (!this.lines.size) this.make();
      if (this.state) this.update(...this.state);
    });
  }

  show(chosen: Chosen, counts: Counts): void {
    this.state = [chosen, counts];
    const count = chosen.get(this.facet.key)?.size ?? 0;
    this.chosenCount.textContent = count ? `已选 ${count}` : "";
    this.update(chosen, counts);
  }

  close(): void {
    this.place.open = false;
    this.summary.focus();
  }

  private make(): void {
    const { facet } = this;
    const list = element("ul", {}, ...facet.options.map((option) => this.line(option)));
    const group = element("fieldset", {}, element("legend", { class: "visually-hidden" }, facet.title));
    if (facet.options.length > WORTH_FILTERING) group.append(this.filter());
    group.append(list);
    this.place.append(group);
  }

  private line(option: Option): HTMLElement {
    const box = element("input", { type: "checkbox" });
    const count = element("span", { class: "explore-count" });
    box.addEventListener("change", () => this.toggle(this.facet.key, option.value));
    const line = element("li", {}, element("label", {}, box, element("span", {}, option.label), count));
    this.lines.set(option.value, { line, box, count });
    return line;
  }

  private filter(): HTMLElement {
    const input = element("input", { type: "search", autocomplete: "off", "aria-label": `在${this.facet.title}中查找` });
    input.placeholder = "查找";
    input.addEventListener("input", () => {
      const word = folded(input.value.trim());
      for (const { label, value } of this.facet.options) {
        const found = this.lines.get(value);
        if (found) found.line.hidden = !folded(label).includes(word);
      }
    });
    return input;
  }

  private update(chosen: Chosen, counts: Counts): void {
    const values = chosen.get(this.facet.key);
    for (const [value, { line, box, count }] of this.lines) {
      const number = counts.get(this.facet.key)?.get(value) ?? 0;
      box.checked = values?.has(value) ?? false;
      count.textContent = countText(number);
      line.classList.toggle("explore-empty", !number && !box.checked);
    }
  }
}

/** Draw what is chosen, each with a button that takes it back. */
export function choices(facets: readonly Facet[], chosen: Chosen, toggle: Toggle, clear: () => void): HTMLElement[] {
  const made = facets.flatMap((facet) =>
    [...(chosen.get(facet.key) ?? [])].map((value) => {
      const label = facet.options.find((option) => option.value === value)?.label ?? value;
      const shown = `${facet.title}：${label}`;
      return button(shown, () => toggle(facet.key, value), { class: "explore-choice", "aria-label": `取消“${shown}”` });
    }),
  );
  return made.length ? [...made, button("全部取消", clear, { class: "explore-clear" })] : [];
}
