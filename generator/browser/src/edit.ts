// The form of one record while it is filled in: boxes that grow, the check beside the cells, nothing lost on the way.
// Without this script the form works by its buttons alone.
import { button, element } from "./dom";
import { allKept, differs, forget, keep, kept, type Kept } from "./edit_kept";

interface Said {
  readonly fields: Readonly<Record<string, string>>;
  readonly panel: string;
  readonly changed: boolean;
  /** What another program did to the file meanwhile, in words; empty where nothing. */
  readonly elsewhere: string;
}

type Box = HTMLInputElement | HTMLTextAreaElement;

const WAIT = 400;
const form = document.querySelector<HTMLFormElement>("form#edit");
if (form) begin(form);
const lost = document.querySelector<HTMLFormElement>("form#lost");
if (lost) offerLost(lost);
const list = document.getElementById("kept-list");
if (list) listKept(list);

function begin(form: HTMLFormElement): void {
  const state = document.getElementById("state");
  const boxes = (): Box[] => [...form.querySelectorAll<Box>(".box")];
  // What was typed before this script came, or put back by the browser, is not lost either.
  const isTyped = boxes().some((box) => box.value !== box.defaultValue);
  let isChanged = isTyped || form.dataset["changed"] !== undefined;
  let isLeaving = false;
  let timer = 0;
  let asked = 0;
  let latest = "";

  const say = (words: string): void => {
    if (state && state.textContent !== words) state.textContent = words;
  };
  const fields = (): URLSearchParams => {
    const posted = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") posted.append(name, value);
    return posted;
  };

  const check = async (): Promise<void> => {
    const number = ++asked;
    try {
      const answer = await fetch(form.dataset["check"] ?? "", { method: "POST", body: fields() });
      if (number !== asked) return;
      if (!answer.ok) {
        say("检查没有应答，填好的内容还在这一页里");
        return;
      }
      const said = (await answer.json()) as Said | Pick<Said, "elsewhere">;
      if (number !== asked) return;
      if ("fields" in said) show(said);
      else say(said.elsewhere);
    } catch {
      if (number === asked) say("填表程序已经结束，内容还在这一页里；请重新运行 jixiao edit");
    }
  };

  const show = (said: Said): void => {
    for (const slot of form.querySelectorAll<HTMLElement>(".said")) {
      slot.replaceChildren(...drawn(said.fields[slot.id.slice(2)] ?? ""));
    }
    mark();
    const panel = document.getElementById("panel");
    // A screen reader reads what changes there.
    if (panel && said.panel !== latest) panel.replaceChildren(...drawn(said.panel));
    latest = said.panel;
    isChanged = said.changed;
    say(said.elsewhere || (said.changed ? "有没保存的改动" : ""));
    if (said.changed) keep(form);
    else forget(form);
  };

  const noteTyped = (): void => {
    isChanged = true;
    say("有没保存的改动");
    keep(form);
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void check(), WAIT);
  };

  const mark = (): void => {
    for (const box of boxes()) {
      const said = document.getElementById(box.getAttribute("aria-describedby") ?? "");
      const isWrong = said?.querySelector(".error, .warning") !== null && said !== null;
      if (isWrong) box.setAttribute("aria-invalid", "true");
      else box.removeAttribute("aria-invalid");
    }
  };

  form.addEventListener("input", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLTextAreaElement || box instanceof HTMLInputElement) || !box.classList.contains("box")) return;
    grow(box);
    mirror(form, box);
    noteTyped();
  });

  form.addEventListener("keydown", (event) => {
    const box = event.target as HTMLElement;
    // A cell is one line: Enter goes on to the next one, and never sends the form half done.
    if (event.key !== "Enter" || event.isComposing || !box.matches(".box:not(.long)")) return;
    event.preventDefault();
    const all = boxes();
    all[all.indexOf(box as Box) + (event.shiftKey ? -1 : 1)]?.focus();
  });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector<HTMLButtonElement>("button[value=save]"));
    }
  });

  form.addEventListener("submit", (event) => {
    if (event.submitter?.getAttribute("formtarget")) return;
    isLeaving = true;
    if (isChanged) keep(form);
  });
  window.addEventListener("pageshow", () => {
    isLeaving = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged && !isLeaving) event.preventDefault();
  });

  for (const box of boxes()) {
    grow(box);
    if (box.value !== box.defaultValue) mirror(form, box);
  }
  mark();
  if (form.dataset["settled"] !== undefined) forget(form);
  else if (form.dataset["changed"] === undefined) offerKept(form);
  if (isTyped) noteTyped();
  else if (isChanged) keep(form);
}

/** Return what our own server drew, where every text is escaped. */
function drawn(html: string): readonly ChildNode[] {
  return [...new DOMParser().parseFromString(html, "text/html").body.childNodes];
}

/** Let a box of words be as high as its text. */
function grow(box: Box): void {
  if (!(box instanceof HTMLTextAreaElement)) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
}

/** Show what was typed where the form prints the same field a second time. */
function mirror(form: HTMLFormElement, box: Box): void {
  for (const same of form.querySelectorAll<HTMLElement>("[data-same]")) {
    if (`v.${same.dataset["same"] ?? ""}` === box.name) same.textContent = box.value;
  }
}

/** Offer what was typed before and never saved; where the file is another by now, the server asks what is to become of both. */
function offerKept(form: HTMLFormElement): void {
  const former = kept(form);
  if (!former) return;
  if (former.base !== form.querySelector<HTMLInputElement>("input[name=base]")?.value) {
    offer(form, former, "上次填的内容没有保存，文件后来又被改过。 ", "看两边各改了什么");
  } else if (differs(former, form)) offer(form, former, "上次填的内容没有保存。 ", "接着填");
  else forget(form);
}

/** Offer what was typed into a record whose file is not there any more. */
function offerLost(form: HTMLFormElement): void {
  const former = kept(form);
  if (former) offer(form, former, "这份表有填过而没有保存的内容，还留在浏览器里。 ", "打开填过的内容");
}

function offer(form: HTMLFormElement, former: Kept, words: string, take: string): void {
  const notice = element("p", { class: "notice" }, words);
  const open = button(take, () => {
    // The server lays the form out again, for rows may have been added.
    const again = element("form", { method: "post", action: form.action, hidden: true });
    const token = form.querySelector<HTMLInputElement>("input[name=token]")?.value ?? "";
    const posted = { ...former.values, token, base: former.base, rows: former.rows, act: "kept" };
    for (const [name, value] of Object.entries(posted)) {
      const box = element("textarea", { name });
      box.value = value;
      again.append(box);
    }
    document.body.append(again);
    again.submit();
  });
  const drop = button("不要了", () => {
    forget(form);
    notice.remove();
  });
  notice.append(open, " ", drop);
  document.getElementById("notices")?.append(notice);
}

/** List the records that have something typed and not saved, those that are gone too. */
function listKept(place: HTMLElement): void {
  const links = allKept().map((path) => {
    const address = decodeURI(path).replace(/^\/record\//, "");
    return element("li", {}, element("a", { href: path }, address));
  });
  if (links.length === 0) return;
  place.append(element("p", { class: "notice" }, "这些表有填过而没有保存的内容，打开可以接着填："), element("ul", { class: "records" }, ...links));
  place.hidden = false;
}
