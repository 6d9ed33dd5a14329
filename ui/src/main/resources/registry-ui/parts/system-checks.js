/** Statistics of the active checks of the answering node. */
import { number } from '../app/format.js';
import { html } from '../app/html.js';
import { useReading } from '../app/reading.js';
import { Panel } from './panel.js';

const REFRESH_MILLIS = 3_000;

export function ChecksPanel() {
  const reading = useReading('/health-monitor/stats', {}, { timeless: true, every: REFRESH_MILLIS });
  return html`<${Panel} reading=${reading} empty=${reading.data?.enabled === false ? html`<div class="empty"><p>Checks are switched off by the setting registry.health_checks.enabled.</p></div>` : undefined}>
    ${(stats) => html`
      <div>
        <p class="totals"><strong>${number(stats.instances.monitored)} instances are checked by this node</strong><span class="healthy">● ${number(stats.instances.passing)} passed last</span>
          <span class="unhealthy">✖︎ ${number(stats.instances.failing)} failed last</span><span>${number(stats.instances.not_checked_yet)} not checked yet</span></p>
        <dl class="facts">
          <dt>in the last minute</dt><dd>${number(stats.checks)} checks, ${stats.checks_per_second} per second</dd>
          <dt>running</dt><dd>${number(stats.in_flight)} of at most ${number(stats.most_at_once)}, ${number(stats.waiting)} waiting</dd>
          ${stats.lag_ms && html`<dt>delay of their start</dt><dd>${millis(stats.lag_ms)}</dd>`}
          <dt>not recorded</dt><dd>${number(stats.dropped.outdated)} outdated, ${number(stats.dropped.store)} because of the database, ${number(stats.dropped.ours)} because of the registry</dd>
        </dl>
        ${stats.by_type.length > 0 && html`<table class="cards">
          <thead><tr><th scope="col">Type</th><th scope="col" class="number">Passed</th><th scope="col" class="number">Failed</th><th scope="col">Reasons</th><th scope="col">Duration</th></tr></thead>
          <tbody>${stats.by_type.map((type) => html`
            <tr key=${type.type}><th scope="row">${type.type}</th><td class="number" data-label="Passed">${number(type.passed)}</td><td class="number" data-label="Failed">${number(type.failed)}</td>
              <td data-label="Reasons">${Object.entries(type.reasons ?? {}).map(([reason, count]) => `${reason} ${number(count)}`).join(', ') || 'none'}</td>
              <td data-label="Duration">${type.latency_ms ? millis(type.latency_ms) : html`<span class="muted">needs check.detail</span>`}</td></tr>`)}</tbody></table>`}
      </div>`}<//>`;
}

/** Formats quantiles in milliseconds. */
const millis = ({ p50, p99, max }) => `median ${p50} ms, 99 % ${p99} ms, at most ${max} ms`;
