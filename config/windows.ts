const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const day = 24 * 60;
const week = 7 * day;

/** A span of the week, in minutes from Monday 00:00 UTC. */
interface Span {
  readonly from: number;
  readonly minutes: number;
}

/** `03:00` or `sun:03:00` in minutes from the start of the day or the week. */
function minuteOf(text: string): number {
  const parts = text.split(":");
  const [hour = 0, minute = 0] = parts.slice(-2).map(Number);
  return Math.max(0, days.indexOf(parts.length === 3 ? (parts[0] ?? "") : "mon")) * day + hour * 60 + minute;
}

/** A window as spans of the week: a daily one (`HH:MM-HH:MM`) is seven of them. */
function spansOf(window: string): Span[] {
  const { from, minutes } = span(window);
  return isDaily(window) ? days.map((_, index) => ({ from: from + index * day, minutes })) : [{ from, minutes }];
}

function span(window: string): Span {
  const [start = "", end = ""] = window.split("-");
  const cycle = isDaily(window) ? day : week;
  const from = minuteOf(start);
  return { from, minutes: (minuteOf(end) - from + cycle) % cycle };
}

const isDaily = (window: string): boolean => /^\d/.test(window);

/** Length of an RDS window in minutes; one that ends before it starts goes on past midnight. */
export const lengthOf = (window: string): number => span(window).minutes;

/** Whether two windows share a minute of any week; Sunday night runs into Monday. */
export function windowsOverlap(one: string, other: string): boolean {
  return spansOf(one).some((a) =>
    spansOf(other).some((b) =>
      [-week, 0, week].some((shift) => a.from + shift < b.from + b.minutes && b.from < a.from + shift + a.minutes),
    ),
  );
}
