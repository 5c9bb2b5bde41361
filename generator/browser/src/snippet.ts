// A text with the words that were searched for marked in it, and cut to what stands around the first of them.

import { element } from "./dom";

/** Start and end of a mark. */
export type Span = readonly [number, number];

const BEFORE = 22;
const LENGTH = 88;

/** Return a text as nodes, with `<mark>` around the spans; these are in order and do not overlap. */
export function marked(text: string, spans: readonly Span[]): Node[] {
  return pieces(text, spans, 0, text.length);
}

/** The same, of a long text only what stands around the first span. */
export function snippet(text: string, spans: readonly Span[]): Node[] {
  const first = spans[0];
  let start = first && text.length > LENGTH ? Math.max(0, first[0] - BEFORE) : 0;
  let end = Math.min(text.length, Math.max(start + LENGTH, first ? first[1] : 0));
  if (end === text.length) start = Math.max(0, Math.min(start, end - LENGTH));
  // A character above U+FFFF is two units, which stay together.
  if (isSecondHalf(text, start)) start -= 1;
  if (isSecondHalf(text, end)) end += 1;
  const nodes = pieces(text, spans, start, end);
  if (start > 0) nodes.unshift(document.createTextNode("…"));
  if (end < text.length) nodes.push(document.createTextNode("…"));
  return nodes;
}

function isSecondHalf(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function pieces(text: string, spans: readonly Span[], start: number, end: number): Node[] {
  const nodes: Node[] = [];
  let at = start;
  for (const span of spans) {
    const from = Math.max(span[0], at);
    const to = Math.min(span[1], end);
    if (from >= to) continue;
    if (from > at) nodes.push(document.createTextNode(text.slice(at, from)));
    nodes.push(element("mark", {}, text.slice(from, to)));
    at = to;
  }
  if (at < end) nodes.push(document.createTextNode(text.slice(at, end)));
  return nodes;
}
