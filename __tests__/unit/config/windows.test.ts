import { lengthOf, windowsOverlap } from "../../../config/windows";

test.each([
  ["03:00-03:30", 30],
  ["23:45-00:15", 30],
  ["00:00-23:59", 1439],
  ["05:00-05:00", 0],
  ["sun:05:00-sun:06:00", 60],
  ["sun:23:30-mon:00:30", 60],
  ["sat:05:00-mon:05:00", 2880],
  ["mon:06:00-mon:05:00", 7 * 1440 - 60],
])("%s lasts %d minutes", (window, minutes) => {
  expect(lengthOf(window)).toBe(minutes);
});

test.each([
  ["03:00-04:00", "sun:03:59-sun:04:30"],
  ["03:00-04:00", "wed:02:30-wed:03:01"],
  ["03:00-04:00", "tue:00:00-tue:23:59"],
  ["23:30-00:30", "mon:00:00-mon:00:30"],
  ["23:30-00:30", "sun:23:30-sun:23:59"],
  ["00:00-00:30", "sun:23:30-mon:00:30"],
  ["23:59-00:29", "wed:00:00-wed:01:00"],
])("%s and %s share a minute, asked either way", (daily, weekly) => {
  expect(windowsOverlap(daily, weekly)).toBe(true);
  expect(windowsOverlap(weekly, daily)).toBe(true);
});

test.each([
  ["03:00-04:00", "sun:04:00-sun:05:00"],
  ["03:00-04:00", "sun:02:00-sun:03:00"],
  ["23:30-00:30", "mon:00:30-mon:01:00"],
  ["00:30-01:00", "sun:23:30-mon:00:30"],
])("%s and %s only touch, asked either way", (daily, weekly) => {
  expect(windowsOverlap(daily, weekly)).toBe(false);
  expect(windowsOverlap(weekly, daily)).toBe(false);
});
