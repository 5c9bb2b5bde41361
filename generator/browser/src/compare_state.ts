// What is compared, as it stands in the address: `compare.html#ids=2023/unit/project,2024/unit/project&only=1`.

export interface CompareState {
  readonly ids: readonly string[];
  /** Whether only what differs is shown. */
  readonly only: boolean;
  /** What an address asks for and is no record, or one too many. */
  readonly refused: readonly string[];
}

/** More columns could not be read beside each other. */
export const MOST = 4;

const ID = /^[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9_-]+)*(?:\/[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9_-]+)*)+$/u;

/** Read a fragment; whatever stands there twice is left out. */
export function stateOf(fragment: string): CompareState {
  const values = new URLSearchParams(fragment.replace(/^#/u, ""));
  const asked = Array.from(new Set((values.get("ids") ?? "").split(",").filter(Boolean)));
  const ids = asked.filter((id) => ID.test(id)).slice(0, MOST);
  return { ids, only: values.get("only") === "1", refused: asked.filter((id) => !ids.includes(id)) };
}

/** Return why something is refused. */
export function whyRefused(id: string): string {
  return ID.test(id) ? `最多对比 ${MOST} 份，没有列入：${id}` : `找不到：${id}`;
}

/** Write the fragment, without its mark. */
export function fragmentOf(state: Omit<CompareState, "refused">): string {
  const parts = state.ids.length > 0 ? [`ids=${state.ids.join(",")}`] : [];
  return [...parts, ...(state.only ? ["only=1"] : [])].join("&");
}
