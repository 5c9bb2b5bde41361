// The form of one record while it is filled in: boxes that grow, the check beside the cells, nothing lost on the way.
// Without this script the form works by its buttons alone.
import { button, element } from "./dom";
import { keep, kept, forget } from "./edit_kept";

interface Said {
  readonly fields: Readonly<Record<string, string>>;
  readonly panel: string;
  readonly changed: boolean;
  readonly elsewhere: boolean;
}

type Box = HTMLInputElement | HTMLTextAreaElement;

const WAIT = 400;
const form = document.querySelector<HTMLFormElement>("form#edit");
if (form) begin(form);

function begin(form: HTMLFormElement): void {
  const state = document.getElementById("state");
  const boxes = (): Box[] => [...form.querySelectorAll<Box>(".box")];
  let isChanged = form.dataset["changed"] !== undefined;
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
      const said = (await answer.json()) as Said;
      if (number === asked) show(said);
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
    if (said.elsewhere) say("这个文件刚被别的程序改过，保存时会让你选");
    else say(said.changed ? "有没保存的改动" : "");
    if (said.changed) keep(form);
    else forget(form);
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
    isChanged = true;
    say("有没保存的改动");
    keep(form);
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void check(), WAIT);
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

  for (const box of boxes()) grow(box);
  mark();
  offerKept(form, isChanged);
  if (isChanged) keep(form);
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

/** Offer what was typed before and never saved, where the file is still the one it was typed over. */
function offerKept(form: HTMLFormElement, isChanged: boolean): void {
  const former = isChanged ? undefined : kept(form);
  if (!former) return;
  const notice = element("p", { class: "notice" }, "上次填的内容没有保存。 ");
  const take = button("接着填", () => {
    // The server lays the form out again, for rows may have been added.
    const again = element("form", { method: "post", action: form.action, hidden: true });
    const token = form.querySelector<HTMLInputElement>("input[name=token]")?.value ?? "";
    const posted = { ...former.values, token, base: former.base, rows: former.rows, act: "show" };
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
  notice.append(take, " ", drop);
  document.getElementById("notices")?.append(notice);
}
