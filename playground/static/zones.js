// Dates and times as the acting person reads them, and the way back from their wall clock to an instant.

import { playgroundNow, reader } from "./page.js";

const DAY_MS = 86_400_000;
const DATE_STYLES = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
};
const TIME = { hour: "numeric", minute: "2-digit" };
const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/** Formats an instant in the reader's zone and locale, by `Intl.DateTimeFormat` options. */
function inZone(date, options) {
  const { tz, locale } = reader();
  return new Intl.DateTimeFormat(locale, { timeZone: tz, ...options }).format(date);
}

/** Returns the time of day, such as "9:04 AM". */
export function timeOfDay(date) {
  return inZone(date, TIME);
}

/** Returns weekday, day and time, such as "Mon, Mar 2, 9:04 AM". */
export function dayAndTime(date) {
  return inZone(date, { weekday: "short", month: "short", day: "numeric", ...TIME });
}

/** Returns "Today", "Yesterday", "Tomorrow" or the long date, for the line between two days. */
export function dayName(date) {
  return nearDay(date) ?? inZone(date, { weekday: "long", month: "long", day: "numeric" });
}

/** Returns the local date as "YYYY-MM-DD". */
export function localDay(date, zone = reader().tz) {
  return wallClock(date, zone).slice(0, 10);
}

/** Returns the local date and time as "YYYY-MM-DDTHH:MM", the form of a datetime-local field. */
export function wallClock(date, zone = reader().tz) {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  return parts.format(date).replace(" ", "T");
}

/** Returns the instant at which the clock on the wall of `zone` shows `wall` ("YYYY-MM-DDTHH:MM"). */
export function instantAt(wall, zone = reader().tz) {
  const asIfUtc = Date.parse(`${wall}Z`);
  let guess = asIfUtc;
  for (let round = 0; round < 2; round += 1) {
    guess += asIfUtc - Date.parse(`${wallClock(new Date(guess), zone)}Z`);
  }
  return new Date(guess);
}

/** Fills Slack's date tokens, as in "{date_short_pretty} at {time}", for an instant in seconds. */
export function fillDateTokens(format, seconds) {
  const date = new Date(Number(seconds) * 1000);
  return format.replace(/\{(\w+)\}/g, (whole, token) => dateToken(token, date) ?? whole);
}

function dateToken(token, date) {
  if (token === "time") return timeOfDay(date);
  if (token === "time_secs") return inZone(date, { ...TIME, second: "2-digit" });
  if (token === "ago") return ago(date);
  if (token === "day_divider_pretty") return dayName(date);
  const style = DATE_STYLES[token.replace("_pretty", "")];
  if (!style) return null;
  const near = token.endsWith("_pretty") ? nearDay(date)?.toLowerCase() : null;
  return near ?? (token === "date_num" ? localDay(date) : inZone(date, style));
}

function nearDay(date) {
  const days = Math.round((Date.parse(localDay(date)) - Date.parse(localDay(playgroundNow()))) / DAY_MS);
  return { "-1": "Yesterday", 0: "Today", 1: "Tomorrow" }[days] ?? null;
}

function ago(date) {
  const seconds = Math.round((date - playgroundNow()) / 1000);
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(reader().locale, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}
