/** Shows statuses by colour, shape and word, so that none of the three is needed to tell them apart. */
import { number } from '../app/format.js';
import { html } from '../app/html.js';

/** Statuses in the order in which they are listed, with their marks. U+FE0E asks for text rather than an emoji. */
export const STATUSES = [
  ['healthy', '●'],
  ['unhealthy', '✖\ufe0e'],
  ['expired', '⌛\ufe0e'],
  ['starting', '◔'],
  ['maintenance', '‖'],
  ['draining', '▽'],
  ['ejected', '⊘'],
];

const MARKS = Object.fromEntries(STATUSES);

/** Marks of the four states that a status combines. */
const STATE_MARKS = {
  active: '●',
  maintenance: '‖',
  draining: '▽',
  live: '●',
  overdue: '◌',
  expired: '⌛\ufe0e',
  healthy: '●',
  unhealthy: '✖\ufe0e',
  starting: '◔',
  closed: '●',
  open: '⊘',
  half_open: '◐',
};

/** @param {{status: string}} props */
export const Status = ({ status }) => html`
  <span class=${`status ${status}`}><span aria-hidden="true">${MARKS[status] ?? '?'}</span> ${status}</span>`;

/**
 * Shows a state that contributes to the status, as a mark with its word for readers of the screen.
 * @param {{state: string, of: string}} props `of`: what the state is of, such as `lease`
 */
export const StateMark = ({ state, of }) => html`
  <span class=${`state ${state}`} title=${`${of}: ${state}`}>
    <span aria-hidden="true">${STATE_MARKS[state] ?? '?'}</span><span class="hidden">${`${of} ${state}`}</span>
  </span>`;

/** @param {{counts: Record<string, number>}} props number of instances by status */
export const StatusCounts = ({ counts }) => html`
  <span class="counts">
    ${STATUSES.filter(([status]) => counts[status] > 0).map(([status, mark]) => html`
      <span class=${`status ${status}`} title=${status}>
        <span aria-hidden="true">${mark}</span> ${number(counts[status])}<span class="hidden"> ${status}</span>
      </span>`)}
  </span>`;

/** @param {{counts: Record<string, number>, total: number}} props number of instances by status */
export function StatusBar({ counts, total }) {
  let x = 0;
  const parts = STATUSES.filter(([status]) => counts[status] > 0).map(([status]) => {
    const width = (counts[status] / total) * 100;
    const part = html`<rect class=${status} x=${x} y="0" width=${width} height="8" />`;
    x += width;
    return part;
  });
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>`;
}
