/** Marks what is different from a second moment, which the parameter `vs` of the address names. */
import { number } from '../app/format.js';
import { html } from '../app/html.js';
import { moment } from '../app/moment.js';
import { useReading } from '../app/reading.js';
import { changeQuery, href, route } from '../app/route.js';
import { useStore } from '../app/store.js';
import { DifferenceMark, DifferenceSummary, DifferenceTable, FieldsOf, KINDS } from './differences.js';
import { Problem } from './panel.js';
import { Who } from './who.js';

/** Differences that are marked; the page that compares has all. */
const MAX_MARKED = 1_000;

const VERSUS_REFRESH_MILLIS = 5_000;

/** Kinds of differences of instances that are absent at the moment of the page. */
const GONE = ['removed', 'came_and_went'];

/**
 * Comparison with the second moment.
 * @typedef {{reading: import('../app/reading.js').Reading, service: string|undefined, changes: any[]}} Versus
 */

/**
 * Reads the differences between the second moment and the one of the page.
 * @param {string} [service] undefined for all services
 * @param {number} [atLeast] position of a change; another one reads again
 * @returns {Versus|null} null if the address names no second moment
 */
export function useVersus(service = undefined, atLeast = 0) {
  const { vs } = useStore(route).query;
  const { state, position } = useStore(moment);
  const ready = Boolean(vs) && (state === 'now' || state === 'past');
  const query = { from: vs, to: position ?? undefined, service_name: service, limit: MAX_MARKED };
  const reading = useReading(ready ? '/diff' : null, query, {
    timeless: true,
    scope: moment.key(),
    atLeast,
    every: state === 'now' ? VERSUS_REFRESH_MILLIS : 0,
  });
  return ready ? { reading, service, changes: reading.data?.changes ?? [] } : null;
}

/**
 * Returns the time of the second moment in milliseconds, once it is known.
 * @param {Versus|null} versus
 */
export const secondTime = (versus) => (versus?.reading.data ? Date.parse(versus.reading.data.from.at) : null);

/**
 * Sums up the differences above a list, and says why there is no comparison if there is none.
 * @param {{versus: Versus|null}} props
 */
export function VersusSummary({ versus }) {
  if (!versus) {
    return null;
  }
  const { reading, service } = versus;
  const { from, to } = reading.query;
  return html`
    <section class="versus" aria-label="Comparison with another moment">
      ${reading.error && html`<${Problem} error=${reading.error} again=${reading.again} kept=${reading.data !== null} />`}
      ${reading.data && html`<${DifferenceSummary} data=${reading.data} />`}
      ${reading.meta.next_cursor && html`<p class="muted">The first ${number(MAX_MARKED)} differences are marked.</p>`}
      <p><a class="quiet" href=${href(['compare'], { at: '', store: '', vs: '', from, to, service })}>all differences</a>
        <button type="button" class="quiet" onClick=${() => changeQuery({ vs: '' })}>stop comparing</button></p>
    </section>`;
}

/**
 * Shows how one instance differs, who changed it last, and why.
 * @param {{versus: Versus|null, id: string, gone?: boolean}} props `gone`: an absent instance is marked, too
 */
export function InstanceDifference({ versus, id, gone = false }) {
  const change = versus?.changes.find((one) => one.id === id && (gone || !GONE.includes(one.kind)));
  return change
    ? html`<div class="difference"><${DifferenceMark} kind=${change.kind} /> <${FieldsOf} change=${change} /> ${change.last && html`<${Who} entry=${change.last} />`}</div>`
    : null;
}

/**
 * Counts the differences of one service by their kinds.
 * @param {{versus: Versus|null, service: string}} props
 */
export function ServiceDifference({ versus, service }) {
  const changes = versus?.changes.filter((change) => change.service_name === service) ?? [];
  return changes.length === 0 ? null : html`
    <div class="difference">${Object.keys(KINDS).map((kind) => {
      const count = changes.filter((change) => change.kind === kind).length;
      return count > 0 && html`<${DifferenceMark} key=${kind} kind=${kind} count=${count} /> `;
    })}</div>`;
}

/**
 * Lists the instances that are absent at the moment of the page.
 * @param {{versus: Versus|null}} props
 */
export function GoneInstances({ versus }) {
  const gone = versus?.changes.filter(({ kind }) => GONE.includes(kind)) ?? [];
  return gone.length === 0 ? null : html`
    <section class="group"><h2>No longer present</h2><${DifferenceTable} changes=${gone} /></section>`;
}
