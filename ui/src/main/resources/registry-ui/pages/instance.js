/** One instance, present or gone: its state, why it is discovered or not, its health, and its history. */
import { dateTime } from '../app/format.js';
import { Fragment, html, useState } from '../app/html.js';
import { moment } from '../app/moment.js';
import { useReading } from '../app/reading.js';
import { href } from '../app/route.js';
import { useStore } from '../app/store.js';
import { InstanceActions } from '../parts/actions.js';
import { Entries } from '../parts/entries.js';
import { Rules } from '../parts/explanation.js';
import { Heading } from '../parts/frame.js';
import { Panel } from '../parts/panel.js';
import { StateMark, Status } from '../parts/status.js';
import { Ago, Who } from '../parts/who.js';

/** Interval at which the state of now is read again. */
const REFRESH_MILLIS = 3_000;

const TABS = [['', 'State'], ['history', 'History'], ['explain', 'Explain']];

/** Keys of metadata whose values are shown only on request. */
const SECRET = /token|password|secret|credential|api[-_.]?key/i;

/** @param {{now: import('../app/route.js').Route}} props */
export default function InstancePage({ now }) {
  const reading = useReading(`/services/${encodeURIComponent(now.id)}`, {}, { every: REFRESH_MILLIS });
  const instance = reading.data;
  return html`
    <div class="page-head">
      <${Heading} text=${now.id} />
      ${instance && html`<${Status} status=${instance.status} /> of <a href=${href(['services', instance.name])}>${instance.name}</a>`}
      <nav class="tabs" aria-label="Pages of the instance">
        ${TABS.map(([tab, text]) => html`
          <a href=${href(['instances', now.id, tab].filter((part) => part !== ''))} aria-current=${now.tab === tab ? 'page' : undefined}>${text}</a>`)}
      </nav>
    </div>
    ${instance && html`<${InstanceActions} instance=${instance} />`}
    <${Tab} reading=${reading} now=${now} />`;
}

/** @param {{reading: import('../app/reading.js').Reading, now: import('../app/route.js').Route}} props */
function Tab({ reading, now }) {
  const path = `/services/${encodeURIComponent(now.id)}`;
  const gone = reading.error?.problem?.code === 'unknown_instance' || reading.error?.problem?.code === 'instance_deregistered';
  if (now.tab === 'history') {
    return html`<${InstanceHistory} path=${path} query=${now.query} />`;
  }
  if (gone) {
    return html`<${Gone} path=${path} id=${now.id} />`;
  }
  if (now.tab === 'explain') {
    return reading.data ? html`<${Explanation} instance=${reading.data} />` : html`<${Panel} reading=${reading}>${() => null}<//>`;
  }
  return html`
    <${Panel} reading=${reading}>${(instance) => html`<${Declaration} instance=${instance} />`}<//>
    <${Health} path=${path} checked=${Boolean(reading.data?.health_check)} />`;
}

/** @param {{path: string, query: Record<string, string>}} props */
function InstanceHistory({ path, query }) {
  const [observed, setObserved] = useState(false);
  return html`
    <label class="check"><input type="checkbox" checked=${observed} onChange=${() => setObserved(!observed)} /> with heartbeats and check results</label>
    <${Entries} path=${`${path}/history`} query=${query} more=${observed ? { include: 'observations' } : {}} />`;
}

/** @param {{instance: any}} props */
const Declaration = ({ instance }) => html`
  <${Fragment}>
    <div class="states-of">
      ${[['declared', instance.declared], ['lease', instance.lease], ['health', instance.health], ['circuit', instance.breaker]].map(
        ([of, state]) => html`<div class="card"><span class="muted">${of}</span> <${StateMark} of=${of} state=${state} /> ${state.replace('_', ' ')}</div>`)}
    </div>
    <dl class="facts">
      <dt>address</dt><dd>${instance.address}:${instance.port} (${instance.protocol})</dd>
      <dt>version</dt><dd>${instance.version || 'none'}</dd>
      <dt>zone</dt><dd>${instance.zone || 'none'}</dd>
      <dt>weight</dt><dd>${instance.weight}</dd>
      <dt>owner</dt><dd>${instance.owner}</dd>
      <dt>lease</dt><dd>${instance.ttl} s${instance.effective_ttl === instance.ttl ? '' : `, effectively ${instance.effective_ttl} s`}</dd>
      <dt>registered</dt><dd>${dateTime(instance.registered_at)}</dd>
      <dt>changed</dt><dd>${dateTime(instance.updated_at)} (<${Ago} instant=${instance.updated_at} />)</dd>
      <dt>last heartbeat</dt><dd><${LastHeartbeat} instance=${instance} /></dd>
      <dt>tags</dt><dd>${instance.tags.join(', ') || 'none'}</dd>
      ${instance.health_check && html`<dt>check</dt><dd><pre>${JSON.stringify(instance.health_check, null, 2)}</pre></dd>`}
    </dl>
    <${Metadata} metadata=${instance.metadata} />
  <//>`;

/** @param {{instance: any}} props */
function LastHeartbeat({ instance }) {
  if (moment.get().state !== 'now') {
    return html`<span class="muted">Only known of now.</span>`;
  }
  return instance.last_heartbeat ? html`<${Ago} instant=${instance.last_heartbeat} />` : 'none yet';
}

/** @param {{metadata: Record<string, string>}} props */
function Metadata({ metadata }) {
  const entries = Object.entries(metadata);
  return entries.length === 0
    ? null
    : html`<h2>Metadata</h2><dl class="facts">${entries.map(([key, value]) => html`
        <dt>${key}</dt><dd><${MetadataValue} name=${key} value=${value} /></dd>`)}</dl>`;
}

/** @param {{name: string, value: string}} props */
function MetadataValue({ name, value }) {
  const [shown, setShown] = useState(!SECRET.test(name));
  return shown ? value : html`<button type="button" class="quiet" onClick=${() => setShown(true)}>••• show</button>`;
}

/** @param {{path: string, checked: boolean}} props `checked`: the declaration has a check */
function Health({ path, checked }) {
  const live = useStore(moment).state === 'now';
  const reading = useReading(live ? `${path}/health` : null, {}, { timeless: true, scope: moment.key(), every: REFRESH_MILLIS });
  if (!live) {
    return html`<section class="panel"><h2>Evidence</h2><p class="muted">Only known of now. <a href=${href(['instances', path.split('/').pop(), 'history'])}>The history has the evidence of each change.</a></p></section>`;
  }
  return html`<${Panel} reading=${reading} title="Evidence">${(health) => html`
    <dl class="facts">
      <dt>lease</dt><dd>${health.lease.state} since ${dateTime(health.lease.since)}</dd>
      <dt>health</dt><dd>${health.health.state} since ${dateTime(health.health.since)}${health.health.passes_needed ? `, needs ${health.health.passes_needed} passes in a row` : ''}</dd>
      ${health.health.turned_by.length > 0 && html`<dt>because of</dt><dd><${Results} results=${health.health.turned_by} /></dd>`}
      <dt>circuit</dt><dd>${health.circuit.state.replace('_', ' ')}${health.circuit.cause ? `: ${health.circuit.cause}` : ''}</dd>
      ${checked && html`<dt>checks</dt><dd>${health.monitored ? 'the registry checks the instance' : 'stopped'}</dd>`}
      ${health.last_result && html`<dt>last result</dt><dd><${Results} results=${[health.last_result]} /></dd>`}
    </dl>`}<//>`;
}

/** @param {{results: any[]}} props */
const Results = ({ results }) => html`
  <ul class="plain">${results.map((result) => html`
    <li><time datetime=${result.at}>${dateTime(result.at)}</time> ${result.source} ${result.passed ? 'passed' : 'failed'}${result.reason ? `: ${result.reason}` : ''}${result.within_millis === undefined ? '' : ` (${result.within_millis} ms)`}</li>`)}</ul>`;

/** @param {{instance: any}} props */
function Explanation({ instance }) {
  const reading = useReading('/explain', { service_name: instance.name, id: instance.id });
  return html`<${Panel} reading=${reading}>${(explained) => html`<${Rules} explained=${explained} id=${instance.id} />`}<//>`;
}

/** @param {{path: string, id: string}} props */
function Gone({ path, id }) {
  const now = useStore(moment);
  const to = now.state === 'past' ? now.position : undefined;
  const reading = useReading(`${path}/history`, { order: 'desc', limit: 1, to }, { timeless: true, scope: moment.key() });
  return html`<${Panel} reading=${reading} empty=${reading.data?.entries.length === 0 ? html`<div class="empty"><p>${id} was not registered yet at this moment.</p></div>` : undefined}>
    ${(data) => {
      const [last] = data.entries;
      return html`
        <div class="empty"><p><strong>The instance is gone.</strong> ${last.summary}</p>
          <p><time datetime=${last.at}>${dateTime(last.at)}</time> <${Who} entry=${last} /></p>
          <p><a href=${href(['instances', id], { at: last.position - 1 })}>Show the last moment at which it was there</a></p></div>`;
    }}<//>`;
}
