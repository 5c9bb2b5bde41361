// The search box in the header, sorting and filtering of tables, and copying the link of a form's row.
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

  // A choice is a list of counts on the page, and its options are what rows carry in `data-is`.
  function choicesOf(table) {
    const ids = (table.dataset.choices ?? "").split(" ").filter(Boolean);
    return ids.map((id) => document.getElementById(id)).filter(Boolean);
  }

  // The address names choices by the end of their ids: #reason=missing.
  function nameOf(choice) {
    return choice.id.replace(/^choice-/u, "");
  }

  function chosenIn(choice) {
    const wanted = new URLSearchParams(location.hash.slice(1)).get(nameOf(choice)) ?? "";
    return Array.from(choice.querySelectorAll("[data-option]"), (option) => option.dataset.option).includes(wanted)
      ? wanted
      : "";
  }

  function address(choices) {
    const named = new URLSearchParams();
    for (const choice of choices) {
      const pressed = choice.querySelector("[aria-pressed=true]")?.parentElement.dataset.option;
      if (pressed) {
        named.set(nameOf(choice), pressed);
      }
    }
    return `${location.pathname}${location.search}${named.size ? `#${named}` : ""}`;
  }

  function press(choice, token) {
    for (const option of choice.querySelectorAll("[data-option]")) {
      option.firstElementChild.setAttribute("aria-pressed", String(option.dataset.option === token));
    }
  }

  function makeChoice(choice, choices, apply) {
    const label = choice.querySelector("dt");
    label.id = `${choice.id}-title`;
    choice.setAttribute("role", "group");
    choice.setAttribute("aria-labelledby", label.id);
    // What is a list of terms for who reads it is none for who presses buttons.
    label.setAttribute("role", "presentation");
    for (const option of choice.querySelectorAll("[data-option]")) {
      const button = element("button", "choice-button", "");
      button.type = "button";
      button.append(...option.childNodes);
      button.addEventListener("click", () => {
        press(choice, option.dataset.option);
        history.replaceState(null, "", address(choices));
        apply();
      });
      option.setAttribute("role", "presentation");
      option.append(button);
    }
    choice.classList.add("choice-ready");
  }

  function makeNarrowing(table, number) {
    const rows = Array.from(table.tBodies[0].rows);
    const choices = rows.length > 1 ? choicesOf(table) : [];
    if (rows.length <= WORTH_FILTERING && !choices.length) {
      return;
    }
    const texts = rows.map((row) => folded(Array.from(row.cells, (cell) => cell.textContent).join(" ")));
    const tokens = rows.map((row) => (row.dataset.is ?? "").split(" "));
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
      const chosen = choices.map(chosenIn).filter(Boolean);
      let shown = 0;
      rows.forEach((row, index) => {
        row.hidden = !(
          chosen.every((token) => tokens[index].includes(token)) && words.every((word) => texts[index].includes(word))
        );
        shown += row.hidden ? 0 : 1;
      });
      const whole = `共 ${rows.length} 行`;
      count.textContent = words.length || chosen.length ? `显示 ${shown} / ${rows.length} 行` : whole;
    };
    const follow = () => {
      choices.forEach((choice) => press(choice, chosenIn(choice)));
      apply();
    };
    input.addEventListener("input", apply);
    // A browser that comes back to a page fills in what stood in its fields.
    window.addEventListener("pageshow", apply);
    if (rows.length > WORTH_FILTERING) {
      box.append(label, input);
    }
    box.append(count);
    (table.closest(".scroll") ?? table).before(box);
    if (choices.length) {
      choices.forEach((choice) => makeChoice(choice, choices, apply));
      window.addEventListener("hashchange", follow);
      follow();
    }
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

  // Searching

  function visible(field) {
    return field !== null && field.getClientRects().length > 0;
  }

  // The policy forbids forms to be sent, so sending it leads to the search page instead.
  function makeSearchBox(link) {
    const form = element("form", "shell-search__form", "");
    const input = element("input", "shell-search__input", "");
    const hint = element("kbd", "shell-search__key", /Mac|iPhone|iPad/u.test(navigator.platform) ? "⌘K" : "Ctrl K");
    input.type = "search";
    input.name = "q";
    input.placeholder = "搜索";
    input.autocomplete = "off";
    input.spellcheck = false;
    input.setAttribute("aria-label", "搜索全站");
    input.setAttribute("aria-keyshortcuts", "Control+K Meta+K");
    hint.setAttribute("aria-hidden", "true");
    form.append(link.querySelector("svg").cloneNode(true), input, hint);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const words = input.value.trim();
      location.assign(words ? `${link.href}#q=${encodeURIComponent(words)}` : link.href);
    });
    link.after(form);
    link.parentElement.classList.add("shell-search--ready");
    // With a modifier: a single key would answer to what somebody dictates, and could not be switched off.
    document.addEventListener("keydown", (event) => {
      const elsewhere = event.defaultPrevented || event.isComposing || event.altKey || event.shiftKey;
      if (event.key.toLowerCase() !== "k" || event.ctrlKey === event.metaKey || elsewhere) {
        return;
      }
      const field = [document.querySelector("input[data-search]"), input, link].find(visible);
      if (field) {
        event.preventDefault();
        field.focus();
        field.select?.();
      }
    });
  }

  // Keeping what a unit has: the address names it, #unit=xidu

  function keepUnit(place) {
    const unit = new URLSearchParams(location.hash.slice(1)).get("unit") ?? "";
    if (!/^[a-z0-9][a-z0-9-]*$/u.test(unit)) {
      return;
    }
    let left = 0;
    for (const row of place.querySelectorAll("tbody tr")) {
      // Indicators of very many units do not name them.
      if (row.dataset.units && !row.dataset.units.split(" ").includes(unit)) {
        row.remove();
      } else {
        left += 1;
      }
    }
    for (const link of place.querySelectorAll(".peer-parts a")) {
      link.hash = `unit=${unit}`;
    }
    const note = element("p", "peer-kept", place.querySelector("table") ? `${left} 项：只列出` : "只列出");
    const ofUnit = element("a", "", "这家单位");
    ofUnit.href = `${place.dataset.base}units/${unit}.html`;
    const all = element("a", "", "全部列出");
    all.href = location.pathname;
    note.append(ofUnit, "有的指标，和单位很多、没有一一记名的指标。", all);
    place.prepend(note);
  }

  const kept = document.querySelector("[data-peers]");
  if (kept) {
    keepUnit(kept);
    window.addEventListener("hashchange", () => location.reload());
  }
  document.querySelectorAll(".shell-search__link").forEach(makeSearchBox);
  // Pictures: what is pointed at, or reached by the arrow keys, is said and its row in the table marked

  function makePointing(plot) {
    const picture = plot.querySelector(".plot-picture");
    const shapes = Array.from(picture.querySelectorAll("[data-row]"));
    const rows = plot.querySelector("tbody").rows;
    const said = element("p", "plot-said", "");
    let current = -1;
    const show = (index) => {
      plot.querySelectorAll(".is-shown").forEach((one) => one.classList.remove("is-shown"));
      current = index;
      const shape = shapes[index];
      shape?.classList.add("is-shown");
      rows[Number(shape?.dataset.row ?? -1)]?.classList.add("is-shown");
      said.textContent = shape?.querySelector("title").textContent ?? "";
    };
    said.setAttribute("role", "status");
    picture.tabIndex = 0;
    picture.after(said);
    picture.addEventListener("pointerover", (event) => show(shapes.indexOf(event.target.closest("[data-row]"))));
    picture.addEventListener("pointerleave", () => show(-1));
    picture.addEventListener("blur", () => show(-1));
    picture.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) {
        event.preventDefault();
        show(current < 0 && step < 0 ? shapes.length - 1 : (current + step + shapes.length) % shapes.length);
      }
    });
    plot.querySelector("tbody").addEventListener("pointerover", (event) => {
      const place = Array.prototype.indexOf.call(rows, event.target.closest("tr"));
      show(shapes.findIndex((shape) => Number(shape.dataset.row) === place));
    });
    plot.querySelector("tbody").addEventListener("pointerleave", () => show(-1));
  }

  document.querySelectorAll("figure.plot").forEach(makePointing);
  document.querySelectorAll("table.sortable").forEach(makeSortable);
  document.querySelectorAll("table[data-filter]").forEach(makeNarrowing);
  if (document.querySelector("a.row-link")) {
    makeCopying();
  }
})();
