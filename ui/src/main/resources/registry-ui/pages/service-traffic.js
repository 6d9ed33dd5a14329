/** Which instances discovery picks, against what their weights ask for; circuits and reported connections. */
import { dateTime, number, percent } from '../app/format.js';
import { Fragment, html } from '../app/html.js';
import { moment } from '../app/moment.js';
import { useReading } from '../app/reading.js';
import { href } from '../app/route.js';
import { useStore } from '../app/store.js';
import { Panel } from '../parts/panel.js';
import { ServiceTabs } from '../parts/service-tabs.js';
import { StateMark } from '../parts/status.js';
import { Ago } from '../parts/who.js';
import { WriteButton, WriteDialog } from '../parts/write.js';

const REFRESH_MILLIS = 5_000;

/** Instances whose weights are read. */
const MAX_INSTANCES = 1_000;

/** Rows that are shown, the most picked first. */
const MAX_ROWS = 200;

/** @param {{now: import('../app/route.js').Route}} props */
export default function TrafficPage({ now }) {
  const live = useStore(moment).state === 'now';
  const name = encodeURIComponent(now.id);
  const stats = useReading(live ? `/load-balancer/${name}/stats` : null, {}, { timeless: true, scope: moment.key(), every: REFRESH_MILLIS });
  const list = useReading(live ? `/services/${name}/instances` : null, { limit: MAX_INSTANCES });
  const weights = new Map((list.data?.services ?? []).map(({ id, weight }) => [id, weight]));
  return html`
    <${ServiceTabs} name=${now.id} tab="traffic" />
    ${live ? html`<${Panel} reading=${stats} empty=${stats.data?.instances.length === 0 ? html`<div class="empty"><p>${now.id} has no instances, and none was picked within a day.</p></div>` : undefined}>
        ${(data) => html`<${Picks} data=${data} weights=${weights} path=${`/load-balancer/${name}/stats`} />`}<//>`
      : html`<section class="panel"><p class="muted">Picks are only known of now.</p></section>`}`;
}

/** @param {{data: any, weights: Map<string, number>, path: string}} props */
function Picks({ data, weights, path }) {
  const total = data.instances.reduce((sum, instance) => sum + instance.picks, 0);
  const weight = [...weights.values()].reduce((sum, value) => sum + value, 0);
  const rows = [...data.instances].sort((one, other) => other.picks - one.picks).slice(0, MAX_ROWS);
  const shares = rows.map(({ id, picks }) => ({ picked: total ? picks / total : 0, asked: weight ? (weights.get(id) ?? 0) / weight : 0 }));
  const most = Math.max(0.000001, ...shares.flatMap(({ picked, asked }) => [picked, asked]));
  return html`
    <${Fragment}>
      <p class="totals"><strong>${number(data.picks)} picks${data.since ? ` since ${dateTime(data.since)}` : ''}</strong>
        ${Object.entries(data.strategies).map(([strategy, count]) => html`<span>${strategy} ${number(count)}</span>`)}
        <span class="muted">Of all nodes; those of others are up to 10 s old.</span>
        <${WriteButton} label="Reset…" permission="statistics.reset" dialog=${(close) => html`
          <${WriteDialog} title=${`Reset picks: ${data.service_name}`} verb="Reset" reason="required" close=${close} change=${{ method: 'DELETE', path }}
            done=${`The picks of ${data.service_name} are counted from 0.`}><p>${number(data.picks)} picks would no longer count. The reset is in the history.</p><//>`} /></p>
      <table class="cards">
        <thead><tr><th scope="col">Instance</th><th scope="col">Picks, and what its weight asks for</th><th scope="col" class="number">Picks</th>
          <th scope="col">By strategy</th><th scope="col">Circuit</th><th scope="col">Connections</th></tr></thead>
        <tbody>${rows.map((instance, index) => html`
          <tr key=${instance.id}>
            <th scope="row"><a href=${href(['instances', instance.id])}>${instance.id}</a></th>
            <td data-label="Picks and weight" class="shares-of"><${ShareBar} share=${shares[index]} most=${most} />
              <span class="muted">${percent(shares[index].picked)} of ${percent(shares[index].asked)}</span></td>
            <td data-label="Picks" class="number">${number(instance.picks)}</td>
            <td data-label="By strategy">${Object.entries(instance.strategies).map(([strategy, count]) => `${strategy} ${number(count)}`).join(', ')}</td>
            <td data-label="Circuit">${instance.breaker && html`<${StateMark} of="circuit" state=${instance.breaker} /> ${instance.breaker.replace('_', ' ')}`}</td>
            <td data-label="Connections">${instance.active_connections === undefined ? html`<span class="muted">not reported</span>`
              : html`${number(instance.active_connections)} <${Ago} instant=${instance.connections_at} />`}</td>
          </tr>`)}</tbody>
      </table>
      ${data.instances.length > MAX_ROWS && html`<p class="muted">${number(data.instances.length - MAX_ROWS)} more instances with fewer picks.</p>`}
    <//>`;
}

/** @param {{share: {picked: number, asked: number}, most: number}} props */
const ShareBar = ({ share, most }) => html`
  <svg class="bar share" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect class="picked" x="0" y="0" width=${(share.picked / most) * 100} height="6" />
    <rect class="asked" x="0" y="7" width=${(share.asked / most) * 100} height="3" />
  </svg>`;
