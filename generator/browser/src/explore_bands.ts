// Bands of figures, each with what a number has to be; the first that holds counts.

export interface Band {
  readonly value: string;
  readonly label: string;
  readonly holds: (number: number) => boolean;
}

export const RATES: readonly Band[] = [
  { value: "over-100", label: "超过 100%", holds: (rate) => rate > 100 },
  { value: "100", label: "100%", holds: (rate) => rate === 100 },
  { value: "95-100", label: "95% 至不足 100%", holds: (rate) => rate >= 95 },
  { value: "90-95", label: "90% 至不足 95%", holds: (rate) => rate >= 90 },
  { value: "80-90", label: "80% 至不足 90%", holds: (rate) => rate >= 80 },
  { value: "50-80", label: "50% 至不足 80%", holds: (rate) => rate >= 50 },
  { value: "under-50", label: "不足 50%", holds: () => true },
];

const WAN = 10_000;
export const FUNDS: readonly Band[] = [
  { value: "over-1000", label: "1,000 万元及以上", holds: (yuan) => yuan >= 1000 * WAN },
  { value: "500-1000", label: "500 万元至不足 1,000 万元", holds: (yuan) => yuan >= 500 * WAN },
  { value: "100-500", label: "100 万元至不足 500 万元", holds: (yuan) => yuan >= 100 * WAN },
  { value: "50-100", label: "50 万元至不足 100 万元", holds: (yuan) => yuan >= 50 * WAN },
  { value: "10-50", label: "10 万元至不足 50 万元", holds: (yuan) => yuan >= 10 * WAN },
  { value: "under-10", label: "不足 10 万元", holds: () => true },
];

/** Of totals out of 100. */
export const SCORES: readonly Band[] = [
  { value: "over-100", label: "高于满分", holds: (score) => score > 100 },
  { value: "100", label: "满分", holds: (score) => score === 100 },
  { value: "95", label: "95 至不足 100", holds: (score) => score >= 95 },
  { value: "90", label: "90 至不足 95", holds: (score) => score >= 90 },
  { value: "80", label: "80 至不足 90", holds: (score) => score >= 80 },
  { value: "60", label: "60 至不足 80", holds: (score) => score >= 60 },
  { value: "0", label: "不足 60", holds: () => true },
];

export const LOST: readonly Band[] = [
  { value: "above", label: "得分高于分值", holds: (lost) => lost < 0 },
  { value: "0", label: "没有失分", holds: (lost) => lost === 0 },
  { value: "under-2", label: "不足 2 分", holds: (lost) => lost < 2 },
  { value: "2-5", label: "2 至不足 5 分", holds: (lost) => lost < 5 },
  { value: "5-10", label: "5 至不足 10 分", holds: (lost) => lost < 10 },
  { value: "over-10", label: "10 分及以上", holds: () => true },
];

/** Return the band of a number; the last one holds every number. */
export function bandOf(number: number, bands: readonly Band[]): Band {
  const found = bands.find((band) => band.holds(number));
  if (!found) throw new Error("the last band holds every number");
  return found;
}
