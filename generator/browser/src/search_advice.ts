// What to try where nothing was found.

import { button, element } from "./dom";
import { terms } from "./search_index";
import { type SearchState } from "./search_state";

/** Say what else to try; with filters, offer to drop them. */
export function advice(asked: SearchState, dropFilters: () => void): HTMLElement {
  const lines: (Node | string)[] = [];
  if (Object.keys(asked.filters).length > 0) lines.push(button("去掉全部筛选条件", dropFilters));
  if (terms(asked.query).length > 1) lines.push("用空格隔开的词要全部出现，少写一个试试。");
  lines.push("少输几个字，或换一种说法：文中也许写作别的词。", "数字照原表的写法，千分位逗号可有可无，单位不要写在一起。");
  const list = element("ul", {}, ...lines.map((line) => element("li", {}, line)));
  return element("div", { class: "advice" }, element("p", {}, "可以试试："), list);
}
