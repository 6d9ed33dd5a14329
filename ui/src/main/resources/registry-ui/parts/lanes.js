/** One lane for each instance: its status over time. Where several statuses share a pixel, the worst is drawn. */
import { dateTime, duration, percent } from '../app/format.js';
import { html, useRef, useState } from '../app/html.js';
import { href } from '../app/route.js';
import { Status, STATUSES } from './status.js';
import { InstanceDifference } from './versus.js';

const WIDTH = 600;
const HEIGHT = 16;

/** Statuses, the worst last. */
const WORSE = ['healthy', 'maintenance', 'draining', 'starting', 'ejected', 'expired', 'unhealthy'];

/**
 * Returns the runs of pixels with one status.
 * @param {{status: string, from: string, to: string}[]} spans
 * @param {ReturnType<typeof import('../app/scale.js').createScale>} scale
 */
export function runs(spans, scale) {
  const pixels = new Int8Array(WIDTH).fill(-1);
  for (const { status, from, to } of spans) {
    const rank = WORSE.indexOf(status);
    const first = Math.min(WIDTH - 1, Math.floor(scale.place(Date.parse(from)) * WIDTH));
    const last = Math.max(first + 1, Math.floor(scale.place(Date.parse(to)) * WIDTH));
    for (let x = first; x < last; x += 1) {
      pixels[x] = Math.max(pixels[x], rank);
    }
  }
  const found = [];
  for (let x = 0, start = 0; x <= WIDTH; x += 1) {
    if (x === WIDTH || pixels[x] !== pixels[start]) {
      if (start < WIDTH && pixels[start] >= 0) {
        found.push({ x: start, width: x - start, status: WORSE[pixels[start]] });
      }
      start = x;
    }
  }
  return found;
}

/** @param {{spans: any[], scale: any, second: number|null}} props */
const Lane = ({ spans, scale, second }) => html`
  <svg class="lane" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
    ${runs(spans, scale).map(({ x, width, status }) => html`
      <rect class=${status} x=${x} y=${lift(status)} width=${width} height=${HEIGHT - lift(status)}><title>${status}</title></rect>`)}
    ${scale.folds.map((fold) => html`
      <rect class="fold" x=${scale.place(fold.from) * WIDTH} y="0" width=${(scale.place(fold.to) - scale.place(fold.from)) * WIDTH} height=${HEIGHT} />`)}
    <${SecondMark} scale=${scale} second=${second} />
  </svg>`;

/**
 * Marks the second moment of a comparison, if it is in the window.
 * @param {{scale: any, second: number|null}} props
 */
const SecondMark = ({ scale, second }) =>
  second !== null && second >= scale.time(0) && second <= scale.time(1)
    ? html`<rect class="second" x=${scale.place(second) * WIDTH - 1} y="0" width="2" height=${HEIGHT}><title>compared with this moment</title></rect>`
    : null;

/** Returns by how much the bar of a status is lower, so that colour isn't the only difference. */
const lift = (status) => (status === 'healthy' ? 5 : ['maintenance', 'draining', 'starting'].includes(status) ? 9 : 0);

/**
 * Axis above the lanes: changes as ticks, folded times, and a range that is marked by dragging.
 * @param {{scale: any, from: number, to: number, ticks: {at: string, text: string}[], second: number|null,
 *     choose: (from: number, to: number) => void}} props
 */
export function Axis({ scale, from, to, ticks, second, choose }) {
  const track = useRef(null);
  const [range, setRange] = useState(null);
  const place = (event) => {
    const { left, width } = track.current.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - left) / width));
  };
  const begin = (event) => {
    track.current.setPointerCapture(event.pointerId);
    setRange([place(event), place(event)]);
  };
  const end = () => {
    if (range && Math.abs(range[0] - range[1]) > 0.01) {
      choose(scale.time(Math.min(...range)), scale.time(Math.max(...range)));
    }
    setRange(null);
  };
  return html`
    <div class="axis">
      <svg ref=${track} viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true"
        onPointerDown=${begin} onPointerMove=${(event) => range && setRange([range[0], place(event)])} onPointerUp=${end}>
        <rect class="ground" x="0" y="0" width=${WIDTH} height=${HEIGHT} />
        ${scale.folds.map((fold) => html`
          <rect class="fold" x=${scale.place(fold.from) * WIDTH} y="0" width=${(scale.place(fold.to) - scale.place(fold.from)) * WIDTH} height=${HEIGHT}>
            <title>${duration(fold.to - fold.from)} without a change</title></rect>`)}
        ${ticks.map(({ at, text }) => html`
          <rect class="tick" x=${scale.place(Date.parse(at)) * WIDTH - 1} y="2" width="2" height=${HEIGHT - 2}><title>${text}</title></rect>`)}
        <${SecondMark} scale=${scale} second=${second} />
        ${range && html`<rect class="range" x=${Math.min(...range) * WIDTH} y="0" width=${Math.abs(range[1] - range[0]) * WIDTH} height=${HEIGHT} />`}
      </svg>
      <span class="ends"><span>${dateTime(new Date(from).toISOString())}</span><span>${dateTime(new Date(to).toISOString())}</span></span>
    </div>`;
}

/**
 * Table of lanes with the figures of each instance. The statuses of a lane are listed on request.
 * @param {{rows: {id: string, spans: any[], figures?: any}[], scale: any, second?: number|null,
 *     versus?: import('./versus.js').Versus|null}} props
 */
export const Lanes = ({ rows, scale, second = null, versus = null }) => html`
  <table class="cards lanes">
    <thead><tr>
      <th scope="col">Instance</th><th scope="col">Status over time</th><th scope="col" class="number">Available</th>
      <th scope="col" class="number">Outages</th><th scope="col" class="number">Flaps</th><th scope="col" class="number">MTTR</th>
    </tr></thead>
    <tbody>${rows.map(({ id, spans, figures }) => html`
      <tr key=${id}>
        <th scope="row"><a href=${href(['instances', id])}>${id}</a><${InstanceDifference} versus=${versus} id=${id} gone=${true} /></th>
        <td data-label="Status over time" class="lane-cell"><${Lane} spans=${spans} scale=${scale} second=${second} />
          <details><summary>${spans.length === 1 ? '1 status' : `${spans.length} statuses`}</summary>
            <ul class="plain">${spans.map((span) => html`
              <li><${Status} status=${span.status} /> <span class="muted">${dateTime(span.from)} to ${dateTime(span.to)}</span></li>`)}</ul></details></td>
        <td data-label="Available" class="number">${figures?.availability === undefined ? '' : percent(figures.availability)}</td>
        <td data-label="Outages" class="number">${figures?.outages ?? ''}</td>
        <td data-label="Flaps" class="number">${figures?.flaps ?? ''}</td>
        <td data-label="MTTR" class="number">${figures?.mttr_seconds ? duration(figures.mttr_seconds * 1_000) : 'none'}</td>
      </tr>`)}</tbody>
  </table>`;

/** Legend of the lanes. */
export const LaneLegend = () => html`
  <p class="legend">${STATUSES.map(([status]) => html`<${Status} status=${status} />`)}</p>`;
