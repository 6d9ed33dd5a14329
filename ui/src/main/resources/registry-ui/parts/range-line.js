/** Line of changes with a beginning and an end, which are moved by dragging or by arrow keys. */
import { dateTime } from '../app/format.js';
import { html, useEffect, useState } from '../app/html.js';
import { useReading } from '../app/reading.js';
import { bars } from './time-bar.js';

const BUCKETS = 120;
const HEIGHT = 24;

/** Share of the range that is shown before and after it. */
const MARGIN = 0.5;

const MIN_SECONDS = 60;

/**
 * @param {{from: string, to: string, service: string, choose: (from: string, to: string) => void}} props instants, and what to do
 *     with others
 */
export function RangeLine({ from, to, service, choose }) {
  const begin = Date.parse(from);
  const end = Date.parse(to);
  const length = Math.max(end - begin, MIN_SECONDS * 1_000);
  // The line keeps its ends while the range within it is moved.
  const [line, setLine] = useState({ begin: 0, end: 0 });
  const inside = begin >= line.begin && end <= line.end;
  const shown = inside ? line : { begin: begin - length * MARGIN, end: Math.min(Date.now(), end + length * MARGIN) };
  useEffect(() => setLine(shown), [inside]);
  const span = shown.end - shown.begin;
  const window = `${Math.max(MIN_SECONDS, Math.round(span / 1_000))}s`;
  const reading = useReading('/activity', { service_name: service, window, buckets: BUCKETS, at: new Date(shown.end).toISOString() }, { timeless: true });
  const time = (value) => new Date(shown.begin + (Number(value) / BUCKETS) * span).toISOString();
  const place = (instant) => Math.round(((instant - shown.begin) / span) * BUCKETS);
  const [first, last] = [place(begin), place(end)];
  const handle = (label, value, change) => html`
    <label class="handle"><span class="hidden">${label}</span>
      <input type="range" min="0" max=${BUCKETS} value=${value} aria-valuetext=${dateTime(time(value))} onChange=${(event) => change(Number(event.target.value))} /></label>`;
  return html`
    <div class="range-line">
      <svg viewBox=${`0 0 ${BUCKETS} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <rect class="range" x=${first} y="0" width=${Math.max(1, last - first)} height=${HEIGHT} />
        ${reading.data && bars(reading.data.buckets)}
      </svg>
      ${handle('Beginning', first, (value) => value < last && choose(time(value), to))}
      ${handle('End', last, (value) => value > first && choose(from, time(value)))}
    </div>`;
}
