/** Readiness, stores, position, shards, leases and self-preservation of the answering node. */
import { dateTime, duration, number } from '../app/format.js';
import { html } from '../app/html.js';
import { useReading } from '../app/reading.js';
import { href } from '../app/route.js';
import { Panel } from './panel.js';
import { StateMark, StatusCounts } from './status.js';
import { Ago } from './who.js';

const REFRESH_MILLIS = 2_000;

/** Causes of extended leases, in words. */
const GRACES = {
  start: 'the registry started',
  pause: 'the process paused',
  store_outage: 'the database did not answer',
  connections_refused: 'connections were refused',
  requests_delayed: 'requests were read too late',
};

export function StatusPanel() {
  const reading = useReading('/status', {}, { timeless: true, every: REFRESH_MILLIS });
  return html`<${Panel} reading=${reading}>${(status) => html`
    <div>
      <p class="totals"><strong class=${status.ready ? 'healthy' : 'unhealthy'}>${status.ready ? '● ready' : '✖\ufe0e not ready'}</strong>
        <span>${status.environment}, target ${status.target}</span><span>version ${status.version}</span>
        <span>up for ${duration(status.uptime_seconds * 1_000)}</span></p>
      <${Parts} status=${status} />
      <dl class="facts">
        <dt>node</dt><dd>${status.node}</dd>
        <dt>position</dt><dd>${status.store ? html`${number(status.store.position)}, recorded ${status.store.recorded_at ? html`<${Ago} instant=${status.store.recorded_at} />` : 'never'}`
          : html`<span class="unhealthy">unknown while the database does not answer</span>`}</dd>
        ${status.store && html`<dt>store</dt><dd>${status.store.incarnation}</dd><dt>writing node</dt><dd>${status.store.writer ?? 'none'}</dd>`}
        ${status.shards && html`<dt>shards</dt><dd>${status.shards.open} of ${status.shards.total} open, loaded ${number(status.shards.loads)} times</dd>`}
        ${status.leases && html`<dt>leases</dt><dd>${number(status.leases.watched)} watched${status.leases.grace_at ? html`; extended <${Ago} instant=${status.leases.grace_at} />, because ${
          GRACES[status.leases.grace_cause] ?? status.leases.grace_cause}` : ''}</dd>`}
        ${status.registry && html`<dt>instances</dt><dd>${number(status.registry.instances)} of ${number(status.registry.services)} services <${StatusCounts} counts=${status.registry.by_status} /></dd>
          <dt>damped</dt><dd>${number(status.registry.damped)} instances need more passes, because they changed too often</dd>`}
      </dl>
      ${status.shards?.failed.length > 0 && html`<${FailedShards} shards=${status.shards.failed} />`}
      ${status.registry && html`<${Preserving} registry=${status.registry} />`}
      ${status.projections && html`<h2>Read models</h2>
        <table class="cards"><thead><tr><th scope="col">Name</th><th scope="col" class="number">Position</th><th scope="col" class="number">Lag</th><th scope="col">State</th></tr></thead>
          <tbody>${status.projections.map((model) => html`
            <tr key=${model.name}><th scope="row"><a href=${href(['system', 'projections'])}>${model.name}</a></th><td class="number" data-label="Position">${number(model.position)}</td>
              <td class="number" data-label="Lag">${number(model.lag)}</td><td data-label="State">${model.state}${model.parked > 0 ? `, ${number(model.parked)} dead letters` : ''}</td></tr>`)}</tbody></table>`}
    </div>`}<//>`;
}

/** @param {{status: any}} props */
const Parts = ({ status }) => html`
  <div class="states-of">
    ${status.checks.map((check) => html`<div class="card" key=${check.name}>
      <span class=${check.ready ? 'healthy' : 'unhealthy'}>${check.ready ? '●' : '✖\ufe0e'}</span> <b>${check.name}</b> <span class="muted">${check.detail}</span></div>`)}
    ${status.breakers?.map((breaker) => html`<div class="card" key=${`breaker ${breaker.name}`}>
      <${StateMark} of=${`breaker of ${breaker.name}`} state=${breaker.state} /> breaker of ${breaker.name} <span class="muted">${breaker.state.replace('_', ' ')}</span></div>`)}
  </div>`;

/** @param {{shards: any[]}} props */
const FailedShards = ({ shards }) => html`
  <h2>Shards that could not be loaded</h2>
  <ul class="plain">${shards.map((shard) => html`
    <li class="unhealthy">${shard.shard ?? shard.name} since ${dateTime(shard.since)}: ${shard.reason}${shard.position ? ` (position ${shard.position})` : ''}</li>`)}</ul>`;

/** @param {{registry: any}} props */
const Preserving = ({ registry }) => html`
  <h2>Self-preservation</h2>
  ${registry.preserving_services === 0
    ? html`<p class="muted">No service is held back: leases end as usual.</p>`
    : html`<table class="cards">
        <thead><tr><th scope="col">Service</th><th scope="col" class="number">Silent</th><th scope="col">Since</th><th scope="col">Explanation</th></tr></thead>
        <tbody>${registry.preserving.map((service) => html`
          <tr key=${service.service}><th scope="row"><a href=${href(['services', service.service])}>${service.service}</a></th>
            <td class="number" data-label="Silent">${number(service.overdue)} of ${number(service.instances)}</td>
            <td data-label="Since">${dateTime(service.since)}</td><td data-label="Explanation">${service.explanation}</td></tr>`)}</tbody></table>
      ${registry.preserving_services > registry.preserving.length && html`<p class="muted">and ${number(registry.preserving_services - registry.preserving.length)} more services</p>`}`}`;
