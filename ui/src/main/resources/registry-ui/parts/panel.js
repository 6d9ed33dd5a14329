/** States of a panel: loading, empty, failed, stale, forbidden, gone, or its data. One component for all panels. */
import { curl } from '../app/api.js';
import { dateTime, duration } from '../app/format.js';
import { html, useEffect, useState } from '../app/html.js';
import { moment } from '../app/moment.js';
import { changeQuery } from '../app/route.js';
import { session } from '../app/session.js';
import { CopyButton } from './copy.js';

/** Time after which a skeleton is shown; an answer that comes sooner would only make it flash. */
const SKELETON_MILLIS = 150;

/** Errors of single values that a problem lists. */
const MAX_ERRORS = 50;

/**
 * Shows a reading in its state.
 * @param {{reading: import('../app/reading.js').Reading, title?: string, children: (data: any, meta: any) => any, empty?: any}} props
 *     `empty`: shown instead of the data if it is not undefined
 */
export function Panel({ reading, title, children, empty }) {
  const { data, meta, error, loading } = reading;
  return html`
    <section class=${`panel${loading && data ? ' reloading' : ''}`} aria-busy=${loading}>
      ${title && html`<h2>${title}</h2>`}
      ${error && html`<${Problem} error=${error} again=${reading.again} kept=${data !== null} />`}
      ${meta?.stale && html`
        <p class="notice" role="status">As of ${duration(meta.age_ms ?? 0)} ago. The database does not answer.</p>`}
      ${data !== null ? (empty ?? children(data, meta)) : !error && html`<${Skeleton} />`}
      ${data !== null && html`
        <p class="panel-tools"><${CopyButton} name="curl" label="curl" description="Copy this request as a curl command"
          text=${curl(reading.path, withMoment(reading.query))} /></p>`}
    </section>`;
}

/** @param {Record<string, any>} query */
function withMoment(query) {
  const { position } = moment.get();
  return position === null ? query : { ...query, at: position };
}

function Skeleton() {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SKELETON_MILLIS);
    return () => clearTimeout(timer);
  }, []);
  return html`<div class="skeleton" role="status">${shown && html`<span>Loading…</span>`}</div>`;
}

/**
 * Shows why there is no answer, and what can be done.
 * @param {{error: any, again?: () => void, kept?: boolean}} props `kept`: older data is shown below
 */
export function Problem({ error, again, kept = false }) {
  const problem = error.problem ?? { code: 'page', title: 'The page failed', detail: String(error.message ?? error) };
  return html`
    <div class="problem" role="alert">
      <p><strong>${problem.title}</strong>${problem.detail && problem.detail !== problem.title ? `: ${problem.detail}` : ''}</p>
      ${problem.errors?.length > 0 && html`<ul class="plain">${problem.errors.slice(0, MAX_ERRORS).map((fault) => html`
        <li><code>${fault.field}</code> ${fault.message}${fault.expected ? html`<span class="muted">, expected ${fault.expected}</span>` : ''}</li>`)}</ul>`}
      <${Advice} problem=${problem} />
      <p class="muted">
        ${problem.code}${problem.request_id ? ` · request ${problem.request_id}` : ''}${kept ? ' · the last answer is shown below' : ''}
      </p>
      ${again && html`<${AgainButton} again=${again} seconds=${error.retryAfter ?? 0} />`}
    </div>`;
}

/** @param {{problem: any}} props */
function Advice({ problem }) {
  const me = session.get().me;
  switch (problem.code) {
    case 'forbidden':
      return html`<p>You are ${me?.principal ?? 'not known'}, with the role ${me?.role ?? 'none'}.</p>`;
    case 'history_compacted':
      return html`<p>${problem.errors?.[0]?.expected ? `Available: ${problem.errors[0].expected}. ` : ''}<${NowButton} /></p>`;
    case 'other_store':
    case 'other_moment':
    case 'validation_failed':
      return moment.get().text ? html`<p><${NowButton} /></p>` : null;
    default:
      return null;
  }
}

const NowButton = () => html`<button type="button" onClick=${() => changeQuery({ at: '', store: '' })}>Show now</button>`;

/** @param {{again: () => void, seconds: number}} props */
function AgainButton({ again, seconds }) {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    if (left <= 0) {
      return undefined;
    }
    const timer = setTimeout(() => setLeft(left - 1), 1_000);
    return () => clearTimeout(timer);
  }, [left]);
  return html`<button type="button" onClick=${again}>Try again${left > 0 ? ` (suggested in ${left} s)` : ''}</button>`;
}

/**
 * States that nothing is live, since when, while older data stays.
 * @param {{cutSince: number|null}} props
 */
export const CutNotice = ({ cutSince }) =>
  cutSince === null
    ? null
    : html`<p class="notice" role="status">Not live since ${dateTime(new Date(cutSince).toISOString())}; connecting again.</p>`;
