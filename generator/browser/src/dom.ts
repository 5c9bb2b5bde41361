// Making elements: what is written into a page is text or an element, never HTML.

type Child = Node | string;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Make an element; an attribute that is `true` stands without a value, one that is `false` or undefined not at all. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children);
  return made;
}

/** Make a button that does something. */
export function button(text: string, act: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", act);
  return made;
}

const LONGEST_FRAME = 100;

/** Wait until what was changed can be seen; not long where nobody looks. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, LONGEST_FRAME);
    requestAnimationFrame(() => setTimeout(resolve));
  });
}

/** Return the element with an id that the page's template puts there. */
export function part<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element called ${id}`);
  return found as Kind;
}
