// The data of the site reaches its scripts as scripts: a page opened by double click may load nothing else.
// Each file calls `jixiaoData(name, value)`; `load(name)` asks for one and waits for that call.

declare global {
  interface Window {
    jixiaoData?: (name: string, value: unknown) => void;
  }
}

interface Waiting {
  resolve(value: unknown): void;
  promise: Promise<unknown>;
}

const waiting = new Map<string, Waiting>();

// Two bundles on one page share what comes in: whoever came first passes it on.
const others = window.jixiaoData;

window.jixiaoData = (name, value) => {
  others?.(name, value);
  waiting.get(name)?.resolve(value);
};

const OWN_FOLDER = "assets/jixiao/";

/** The site's root, with a slash at its end. */
export const root: string = rootOf((document.currentScript as HTMLScriptElement | null)?.src ?? "");

function rootOf(script: string): string {
  const end = script.lastIndexOf(`/${OWN_FOLDER}`);
  return end < 0 ? new URL("./", document.baseURI).href : script.slice(0, end + 1);
}

/** Return the address of a page of the site. */
export function addressOf(url: string): string {
  return root + url;
}

export type Load = <T>(name: string) => Promise<T>;

/** Load `browse/<name>.js`; the same name is loaded once. Rejects where there is no such file. */
export function load<T = unknown>(name: string): Promise<T> {
  const known = waiting.get(name);
  if (known) return known.promise as Promise<T>;
  let resolve: (value: unknown) => void = () => undefined;
  const promise = new Promise<unknown>((resolved, rejected) => {
    resolve = resolved;
    const script = document.createElement("script");
    script.src = `${root}browse/${name.split("/").map(encodeURIComponent).join("/")}.js`;
    script.addEventListener("error", () => {
      // A lost connection may come back: the next call asks again.
      waiting.delete(name);
      rejected(new Error(`没有读到 ${script.src}`));
    });
    script.addEventListener("load", () => {
      script.remove();
      // Of no effect where it handed the value over.
      rejected(new Error(`${script.src} 里没有 ${name}`));
    });
    document.head.append(script);
  });
  waiting.set(name, { promise, resolve });
  return promise as Promise<T>;
}
