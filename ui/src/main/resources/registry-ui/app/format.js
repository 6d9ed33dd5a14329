/** Formats times and numbers. The only module that does, so that every page shows the same zone. */
import { settings } from './settings.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @param {number} value */
const two = (value) => String(value).padStart(2, '0');

/**
 * Formats an instant with date and zone, such as `2026-11-23 03:12:00.120Z`.
 * @param {string} instant RFC 3339
 */
export function dateTime(instant) {
  const time = new Date(instant);
  if (settings.get().zone === 'utc') {
    return time.toISOString().replace('T', ' ');
  }
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date} ${clock(time)}${offset(time)}`;
}

/**
 * Formats an instant without its date if it is of today, with its date otherwise; always with the zone.
 * @param {string} instant RFC 3339
 */
export function shortTime(instant) {
  const text = dateTime(instant);
  return text.slice(0, 10) === dateTime(new Date().toISOString()).slice(0, 10) ? text.slice(11) : text;
}

/**
 * Formats the time since an instant, such as `4 m ago`.
 * @param {string} instant RFC 3339
 * @param {number} [now] milliseconds since 1970
 */
export function ago(instant, now = Date.now()) {
  const passed = now - new Date(instant).getTime();
  return passed < 1_000 ? 'now' : `${duration(passed)} ago`;
}

/**
 * Formats a duration by its largest unit, such as `40 s`.
 * @param {number} millis
 */
export function duration(millis) {
  if (millis < MINUTE) {
    return `${Math.round(millis / 1_000)} s`;
  }
  if (millis < HOUR) {
    return `${Math.floor(millis / MINUTE)} m`;
  }
  return millis < 2 * DAY ? `${Math.floor(millis / HOUR)} h` : `${Math.floor(millis / DAY)} d`;
}

/**
 * Formats a whole number with spaces between thousands.
 * @param {number} value
 */
export function number(value) {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}

/**
 * Formats a share between 0 and 1 as a percentage.
 * @param {number} share
 */
export function percent(share) {
  return `${(share * 100).toFixed(2)} %`;
}

/**
 * Formats a number of things, such as `1 instance` and `2 instances`.
 * @param {number} value
 * @param {string} noun singular of a noun whose plural ends with s
 */
export function quantity(value, noun) {
  return `${number(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** @param {Date} time */
function clock(time) {
  const millis = String(time.getMilliseconds()).padStart(3, '0');
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${millis}`;
}

/** @param {Date} time */
function offset(time) {
  const minutes = -time.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
