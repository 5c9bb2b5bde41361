// Which indicators of several records are the same one: by levels, name and unit, and never by a guess.

/** An indicator as far as it is told from others. */
export interface Row {
  /** The levels above it. */
  readonly levels: string;
  readonly name: string;
  /** Empty where none is printed. */
  readonly unit: string;
}

/** Positions of one indicator in each record; null where a record does not have it. */
export type Match = (number | null)[];

interface Found {
  readonly match: Match;
  readonly members: Row[];
}

type Alike = (one: Row, other: Row) => boolean;

const sameName: Alike = (one, other) => one.name !== "" && one.name === other.name;
const samePlace: Alike = (one, other) => one.levels === other.levels && one.name === other.name;
const sameUnit: Alike = (one, other) => one.unit === other.unit;

/** Ways to know an indicator again, the surest first. The last ones ask that there is no second candidate. */
const WAYS: readonly { readonly alike: Alike; readonly alone: boolean }[] = [
  { alike: (one, other) => samePlace(one, other) && sameUnit(one, other), alone: false },
  { alike: samePlace, alone: false },
  { alike: (one, other) => sameName(one, other) && sameUnit(one, other), alone: true },
  { alike: sameName, alone: true },
];

/** Put the indicators of several records beside each other, in the order of the forms. */
export function matchRows(records: readonly (readonly Row[])[]): Match[] {
  const found: Found[] = [];
  records.forEach((rows, record) => {
    const places = known(found, rows);
    let last = -1;
    rows.forEach((row, position) => {
      const there = places.get(position);
      if (there) {
        there.match[record] = position;
        there.members.push(row);
        last = found.indexOf(there);
        return;
      }
      const match: Match = records.map(() => null);
      match[record] = position;
      last = last < 0 ? beforeAll(found, row) : last + 1;
      found.splice(last, 0, { match, members: [row] });
    });
  });
  return found.map((one) => one.match);
}

/** A row that nothing stands before opens its levels, or stands at the end where the others do not have them. */
function beforeAll(found: readonly Found[], row: Row): number {
  const place = found.findIndex((one) => one.members.some((member) => member.levels === row.levels));
  return place < 0 ? found.length : place;
}

/** Return which of the indicators found so far the rows of one more record are, by position. */
function known(found: readonly Found[], rows: readonly Row[]): Map<number, Found> {
  const places = new Map<number, Found>();
  const taken = new Set<Found>();
  for (const { alike, alone } of WAYS) {
    const open = found.filter((one) => !taken.has(one));
    rows.forEach((row, position) => {
      if (places.has(position)) return;
      const candidates = open.filter((one) => !taken.has(one) && one.members.some((member) => alike(member, row)));
      const first = candidates[0];
      if (!first) return;
      if (alone && (candidates.length > 1 || rows.some((other, at) => at !== position && !places.has(at) && alike(other, row)))) {
        return;
      }
      places.set(position, first);
      taken.add(first);
    });
  }
  return places;
}
