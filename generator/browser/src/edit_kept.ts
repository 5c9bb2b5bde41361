// What was typed and not saved yet, kept in the browser by record: a closed page or a stopped server loses nothing.

/** What was kept of one form. */
export interface Kept {
  readonly base: string;
  readonly rows: string;
  readonly values: Readonly<Record<string, string>>;
}

/** The next project may have the same port. */
const NAME = `jixiao-edit:${document.body.dataset["project"] ?? ""}:`;

function nameOf(form: HTMLFormElement): string {
  return NAME + new URL(form.action).pathname;
}

function hidden(form: HTMLFormElement, name: string): string {
  return form.querySelector<HTMLInputElement>(`input[name=${name}]`)?.value ?? "";
}

/** Keep what the boxes hold. */
export function keep(form: HTMLFormElement): void {
  const values: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) {
    if (name.startsWith("v.") && typeof value === "string") values[name] = value;
  }
  const found: Kept = { base: hidden(form, "base"), rows: hidden(form, "rows"), values };
  try {
    localStorage.setItem(nameOf(form), JSON.stringify(found));
  } catch {
    // A full or forbidden store: the page itself still has everything.
  }
}

/** Return what was kept of a form. */
export function kept(form: HTMLFormElement): Kept | undefined {
  try {
    return (JSON.parse(localStorage.getItem(nameOf(form)) ?? "null") as Kept | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Tell whether what was kept is other than what the form shows. */
export function differs(found: Kept, form: HTMLFormElement): boolean {
  const now = new FormData(form);
  const isOther = Object.entries(found.values).some(([name, value]) => now.get(name) !== value);
  return isOther || found.rows !== hidden(form, "rows");
}

/** Return the addresses of the pages that something was kept of. */
export function allKept(): readonly string[] {
  try {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(NAME))
      .map((name) => name.slice(NAME.length))
      .sort();
  } catch {
    return [];
  }
}

/** Forget what was kept. */
export function forget(form: HTMLFormElement): void {
  try {
    localStorage.removeItem(nameOf(form));
  } catch {
    // As above.
  }
}
