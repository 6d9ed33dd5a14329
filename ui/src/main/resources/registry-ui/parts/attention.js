/** What needs attention besides the statuses of instances: silence that is held back, read models, shards, and stores. */
import { ago, number } from '../app/format.js';
import { html } from '../app/html.js';
import { useReading } from '../app/reading.js';
import { href } from '../app/route.js';

const ATTENTION_REFRESH_MILLIS = 5_000;

/** Lines that are shown; the page of the system has all. */
const MAX_LINES = 10;

/** Events by which a read model may be behind without being mentioned: a batch of a busy registry. */
const MAX_LAG = 10_000;

/** Shows nothing while there is nothing to mention, or the state is unknown. */
export function Attention() {
  const { data } = useReading('/status', {}, { timeless: true, every: ATTENTION_REFRESH_MILLIS });
  const lines = data ? linesOf(data) : [];
  return lines.length === 0 ? null : html`
    <section class="notice" aria-label="Needs attention">
      <ul class="plain">${lines.slice(0, MAX_LINES).map(({ path, text }) => html`<li key=${text}><a href=${href(path)}>${path.at(-1)}</a> ${text}</li>`)}</ul>
      ${lines.length > MAX_LINES && html`<p><a href=${href(['system'])}>${lines.length - MAX_LINES} more</a></p>`}
    </section>`;
}

/** Returns the lines, each with the path of the page that has more about it. */
function linesOf({ ready, checks, breakers = [], shards, projections = [], registry }) {
  const system = ['system'];
  return [
    ...(ready ? [] : checks.filter((check) => !check.ready).map((check) => ({ path: system, text: `${check.name}: ${check.detail}` }))),
    ...breakers.filter(({ state }) => state === 'open').map(({ name }) => ({ path: system, text: `${name} does not answer` })),
    ...(shards?.failed ?? []).map(({ reason, since }) => ({ path: system, text: `a shard could not be loaded ${ago(since)}: ${reason}` })),
    ...projections.filter(({ parked }) => parked > 0).map(({ name, parked }) => ({ path: ['system', 'dead-letters'], text: `${name} has ${number(parked)} dead letters` })),
    ...projections.filter(({ lag }) => lag > MAX_LAG).map(({ name, lag }) => ({ path: ['system', 'projections'], text: `${name} is ${number(lag)} events behind` })),
    ...(registry?.preserving ?? []).map(({ service, overdue, instances, since, explanation }) => (
      { path: ['services', service], text: `held back, first ${ago(since)}: ${number(overdue)} of ${number(instances)} are silent. ${explanation}` })),
  ];
}
