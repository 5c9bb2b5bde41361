// Sorting and filtering of tables, and copying the link of a form's row.
// All of it is added to pages that can be read without it.

"use strict";

(() => {
  const collator = new Intl.Collator("zh-Hans-CN", { numeric: true });
  const WORTH_FILTERING = 6;
  const MESSAGE_STAYS = 4000;

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  }

  // Sorting

  function sortValue(row, column, numeric) {
    const cell = row.cells[column];
    const text = cell.dataset.value ?? cell.textContent.trim();
    if (text === "") {
      return null;
    }
    return numeric ? Number(text) : text;
  }

  function compare(a, b, direction) {
    if (a === null || b === null) {
      // What is blank is neither small nor large: it stands last, whichever way.
      return Number(a === null) - Number(b === null);
    }
    return direction * (typeof a === "number" ? a - b : collator.compare(a, b));
  }

  function sortBy(heading) {
    const table = heading.closest("table");
    const body = table.tBodies[0];
    const numeric = heading.dataset.sort === "number";
    const before = heading.getAttribute("aria-sort");
    // The largest figure is what one looks for first, and the beginning of the alphabet.
    const descending = before === null ? numeric : before === "ascending";
    for (const other of heading.parentElement.cells) {
      other.removeAttribute("aria-sort");
    }
    heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const rows = Array.from(body.rows, (row) => [sortValue(row, heading.cellIndex, numeric), row]);
    rows.sort(([a], [b]) => compare(a, b, descending ? -1 : 1));
    body.append(...rows.map(([, row]) => row));
  }

  function makeSortable(table) {
    if (table.tBodies[0].rows.length < 2) {
      return;
    }
    for (const heading of table.tHead.rows[0].cells) {
      const button = element("button", "sort", "");
      button.type = "button";
      button.append(...heading.childNodes);
      button.title = "按此列排序";
      button.addEventListener("click", () => sortBy(heading));
      heading.append(button);
    }
  }

  // Filtering

  // Full-width and half-width, capital and small letters are the same to who searches.
  function folded(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  function makeFilter(table, number) {
    const rows = Array.from(table.tBodies[0].rows);
    if (rows.length <= WORTH_FILTERING) {
      return;
    }
    const texts = rows.map((row) => folded(Array.from(row.cells, (cell) => cell.textContent).join(" ")));
    const box = element("div", "filter", "");
    const label = element("label", "", `筛选“${table.dataset.filter}”`);
    const input = element("input", "", "");
    const count = element("span", "filter-count", `共 ${rows.length} 行`);
    input.type = "search";
    input.id = label.htmlFor = `filter-${number}`;
    input.autocomplete = "off";
    input.spellcheck = false;
    count.setAttribute("role", "status");
    count.setAttribute("aria-live", "polite");
    const apply = () => {
      const words = folded(input.value).split(/\s+/u).filter(Boolean);
      let shown = 0;
      rows.forEach((row, index) => {
        row.hidden = !words.every((word) => texts[index].includes(word));
        shown += row.hidden ? 0 : 1;
      });
      count.textContent = words.length ? `显示 ${shown} / ${rows.length} 行` : `共 ${rows.length} 行`;
    };
    input.addEventListener("input", apply);
    // A browser that comes back to a page fills in what stood in its fields.
    window.addEventListener("pageshow", apply);
    box.append(label, input, count);
    (table.closest(".scroll") ?? table).before(box);
  }

  // Copying the link of a row

  let timer = 0;

  function say(message, text) {
    clearTimeout(timer);
    message.textContent = text;
    timer = setTimeout(() => message.replaceChildren(), MESSAGE_STAYS);
  }

  // Intranets are often served without TLS, where browsers have no `navigator.clipboard`.
  function copyBySelection(text) {
    const field = element("textarea", "visually-hidden", text);
    const focused = document.activeElement;
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    focused?.focus({ preventScroll: true });
    return copied;
  }

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyBySelection(text);
    }
  }

  function makeCopying() {
    const message = element("div", "message", "");
    message.setAttribute("role", "status");
    document.body.append(message);
    document.addEventListener("click", async (event) => {
      const link = event.target.closest?.("a.row-link");
      if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
        return;
      }
      // The link is followed as well, so the address bar shows the row even where nothing may be copied.
      const copied = await copy(link.href);
      say(message, copied ? "已复制本行的链接" : "本行的链接已在地址栏中，可从那里复制");
    });
  }

  document.querySelectorAll("table.sortable").forEach(makeSortable);
  document.querySelectorAll("table[data-filter]").forEach(makeFilter);
  if (document.querySelector("a.row-link")) {
    makeCopying();
  }
})();
