// Candidates in the order in which they are shown, each found where it is asked for: there may be as many as records.

import { Records } from "./search_postings";
import { type Shelf } from "./search_shelf";

/** A record that may be a hit. */
export interface Candidate {
  readonly unit: number;
  readonly local: number;
  readonly year: string;
  /** How many terms stand in a name, as far as is known. */
  inNames: number;
}

/** Names first, then the newest year, then unit by unit in the order of its list. */
export function inOrder(one: Candidate, other: Candidate): number {
  if (one.inNames !== other.inNames) return other.inNames - one.inNames;
  if (one.year !== other.year) return one.year < other.year ? 1 : -1;
  return one.unit - other.unit || one.local - other.local;
}

export class Order {
  /** What is left, by how many terms stand in names. */
  private levels: Records[];
  private level: number;
  private run = 0;
  private local = 0;
  private head: Candidate | null = null;

  /** Take records, and for each term those that may have it in a name. */
  constructor(
    private readonly shelf: Shelf,
    records: Records,
    named: readonly Records[],
  ) {
    let levels = [records.copy()];
    for (const one of named) {
      const stay = [...levels.map((level) => level.without(one)), Records.none(shelf.places)];
      levels = stay.map((level, at) => level.or(levels[at - 1]?.and(one) ?? level));
    }
    this.levels = levels;
    this.level = levels.length - 1;
  }

  /** How many are left. */
  get left(): number {
    const { starts } = this.shelf.places;
    return this.levels.reduce((sum, level) => sum + level.count(starts.length - 1), 0);
  }

  /** Return the next one and leave it where it is; null at the end. */
  peek(): Candidate | null {
    const { runs } = this.shelf;
    while (!this.head && this.level >= 0) {
      const run = runs[this.run];
      const level = this.levels[this.level];
      if (!run || !level) {
        this.level -= 1;
        this.run = 0;
        continue;
      }
      const local = level.next(run.unit, Math.max(run.start, this.local), run.end);
      if (local >= 0) {
        this.head = { unit: run.unit, local, year: run.year, inNames: this.level };
      } else {
        this.run += 1;
        this.local = 0;
      }
    }
    return this.head;
  }

  /** Take the next one away. */
  shift(): Candidate | null {
    const head = this.peek();
    if (!head) return null;
    this.levels[this.level]?.remove(head.unit, head.local);
    this.head = null;
    this.local = head.local + 1;
    return head;
  }

  /** Keep only those that are among other records. */
  keep(others: Records): void {
    this.levels = this.levels.map((level) => level.and(others));
    this.head = null;
  }
}
