// What lies beside the window: whoever sees a part of a table on a phone is told that there is more.

import { element } from "./dom";

/** Make a line that says so for as long as a region, or one of its parts, is wider than what is seen of it. */
export function scrollHint(text: string, region: HTMLElement, parts?: string): HTMLElement {
  const hint = element("p", { class: "note scroll-hint", hidden: true }, text);
  const look = (): void => {
    const regions = parts ? [...region.querySelectorAll<HTMLElement>(parts)] : [region];
    hint.hidden = !regions.some((one) => one.scrollWidth > one.clientWidth + 1);
  };
  const sizes = new ResizeObserver(look);
  const watch = (): void => {
    sizes.disconnect();
    for (const one of [region, ...region.querySelectorAll<HTMLElement>("table")]) sizes.observe(one);
  };
  new MutationObserver(watch).observe(region, { childList: true });
  watch();
  return hint;
}
