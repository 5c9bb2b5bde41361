// Keys of the search page: the arrows go from the box through the results, Escape goes back and empties the box.

/** Move through the results by the arrow keys; `clear` is called once the box was emptied. */
export function onKeys(input: HTMLInputElement, results: HTMLElement, clear: () => void): void {
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (target !== input && !results.contains(target)) return;
    if (event.key === "Escape") {
      event.preventDefault();
      if (target === input && input.value) {
        input.value = "";
        clear();
      }
      input.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = nextTo(target, [input, ...stopsIn(results)], event.key === "ArrowDown" ? 1 : -1);
      if (!next) return;
      event.preventDefault();
      next.focus();
    }
  });
}

function stopsIn(results: HTMLElement): HTMLElement[] {
  return Array.from(results.querySelectorAll<HTMLElement>("[data-result]"));
}

function nextTo(target: HTMLElement, stops: readonly HTMLElement[], step: 1 | -1): HTMLElement | undefined {
  const here = target.closest("li")?.querySelector<HTMLElement>("[data-result]") ?? target;
  return stops[stops.indexOf(stops.includes(target) ? target : here) + step];
}
