/** Read models: position, lag, and the rebuilds and comparisons under way. */
import { dateTime, duration, number } from '../app/format.js';
import { html, useEffect, useRef, useState } from '../app/html.js';
import { useReading } from '../app/reading.js';
import { href } from '../app/route.js';
import { Panel } from './panel.js';
import { WriteButton, WriteDialog } from './write.js';

const REFRESH_MILLIS = 1_000;

/** Read models that are not folded from facts alone, so that there is nothing to compare them with. */
const OBSERVED = ['last_seen'];

/** Lags that the line of a read model shows, one for each reading: 10 minutes. */
const MAX_POINTS = 600;

export function ProjectionsPanel() {
  const reading = useReading('/admin/projections', {}, { timeless: true, every: REFRESH_MILLIS });
  const lags = useLags(reading);
  return html`<${Panel} reading=${reading}>${(data) => html`
    <div>
      <p class="totals"><span>Head of the store: position ${number(Math.max(0, ...data.projections.map(({ head }) => head)))}</span>
        <${TaskButton} name="all" task="verify" /><${TaskButton} name="all" task="rebuild" /></p>
      <table class="cards">
        <thead><tr><th scope="col">Name</th><th scope="col">State</th><th scope="col" class="number">Position</th><th scope="col" class="number">Lag</th>
          <th scope="col" class="number">Seconds</th><th scope="col">Lag, last 10 min</th><th scope="col" class="number">Dead letters</th><th scope="col">Actions</th></tr></thead>
        <tbody>${data.projections.map((model) => html`<${Row} key=${model.name} model=${model} lags=${lags[model.name] ?? []} />`)}</tbody>
      </table>
      ${data.projections.filter(({ name }) => !OBSERVED.includes(name)).map(({ name }) => html`<${Task} key=${name} name=${name} />`)}
    </div>`}<//>`;
}

/** Collects the lags of the readings since the page was opened. */
function useLags(reading) {
  const collected = useRef({});
  useEffect(() => {
    for (const { name, lag } of reading.data?.projections ?? []) {
      collected.current[name] = [...(collected.current[name] ?? []), lag].slice(-MAX_POINTS);
    }
  }, [reading.at]);
  return collected.current;
}

/** @param {{model: any, lags: number[]}} props */
const Row = ({ model, lags }) => html`
  <tr>
    <th scope="row">${model.name}</th>
    <td data-label="State" class=${model.state === 'failed' ? 'unhealthy' : model.state === 'rebuilding' ? 'starting' : 'healthy'}>${model.state}${
      model.reason ? html` <span class="muted">${model.reason}: ${model.detail}</span>` : ''}</td>
    <td data-label="Position" class="number">${number(model.position)}</td>
    <td data-label="Lag" class="number">${number(model.lag)}</td>
    <td data-label="Seconds" class="number">${model.lag_seconds.toFixed(1)}</td>
    <td data-label="Lag, last 10 min"><${Sparkline} values=${lags} /></td>
    <td data-label="Dead letters" class="number"><a href=${href(['system', 'dead-letters'])}>${number(model.dead_letters)}</a></td>
    <td data-label="Actions" class="buttons">${!OBSERVED.includes(model.name) && html`<${TaskButton} name=${model.name} task="verify" /><${TaskButton} name=${model.name} task="rebuild" />`}</td>
  </tr>`;

/** @param {{values: number[]}} props */
function Sparkline({ values }) {
  const most = Math.max(1, ...values);
  const points = values.map((value, index) => `${index},${20 - (value / most) * 18}`).join(' ');
  return html`<svg class="spark" viewBox=${`0 0 ${Math.max(1, values.length - 1)} 20`} preserveAspectRatio="none" role="img"
    aria-label=${`at most ${number(Math.max(0, ...values))} events`}><polyline points=${points} /></svg>`;
}

/** @param {{name: string, task: 'verify'|'rebuild'}} props */
const TaskButton = ({ name, task }) => html`
  <${WriteButton} label=${`${task === 'verify' ? 'Verify' : 'Rebuild'}${name === 'all' ? ' all' : ''}…`} permission="projection.admin" dialog=${(close) => html`
    <${WriteDialog} title=${`${task === 'verify' ? 'Verify' : 'Rebuild'} ${name === 'all' ? 'all read models' : name}`} verb=${task === 'verify' ? 'Verify' : 'Rebuild'} reason="none" close=${close}
      change=${{ method: 'POST', path: task === 'verify' ? `/admin/projections/${name}/verify` : `/admin/projections/${name}/rebuild`, keyed: false }}
      done=${`The ${task === 'verify' ? 'comparison' : 'rebuild'} has begun.`}>
      <p>${task === 'verify' ? 'Folds every fact of the store again, and compares the result with the tables that serve. Nothing is changed.'
        : 'Folds every fact of the store into new tables while the old ones serve, compares both, and replaces the old ones at once.'}</p>
    <//>`} />`;

/** @param {{name: string}} props shows the last task about a read model on this node */
function Task({ name }) {
  const reading = useReading(`/admin/projections/${name}`, {}, { timeless: true, every: REFRESH_MILLIS });
  const task = reading.data?.task;
  if (!task || task.models[0] !== name) {
    return null;
  }
  const running = !task.ended_at;
  const share = task.target > 0 ? Math.min(1, task.position / task.target) : Number(!running);
  const left = running && task.events_per_second > 0 ? (task.target - task.position) / task.events_per_second : null;
  return html`
    <section class="group">
      <h2>Last ${task.task} of ${task.models.join(', ')}: ${task.state}</h2>
      ${running && html`<progress max="1" value=${share} aria-label="Progress"></progress>`}
      <p>${Math.floor(share * 100)} %, position ${number(task.position)} of ${number(task.target)}, ${number(Math.round(task.events_per_second ?? 0))} facts per second
        ${left === null ? '' : `, ${duration(left * 1_000)} left`}; ${running ? 'the old tables serve' : `begun ${dateTime(task.started_at)}, ended ${dateTime(task.ended_at)}`}</p>
      ${task.failure && html`<p class="problem">${task.failure}</p>`}
      ${task.checks?.length > 0 && html`<${Checks} checks=${task.checks} />`}
    </section>`;
}

/** @param {{checks: any[]}} props */
const Checks = ({ checks }) => html`
  <table class="cards">
    <thead><tr><th scope="col">Table</th><th scope="col">Result</th><th scope="col" class="number">Rows, and from the store</th><th scope="col">SHA-256, and from the store</th><th scope="col">Rows that differ</th></tr></thead>
    <tbody>${checks.map((check) => html`
      <tr key=${check.table}><th scope="row">${check.table}</th>
        <td data-label="Result" class=${check.equal ? 'healthy' : 'unhealthy'}>${check.equal ? '● equal' : '✖\ufe0e different'}</td>
        <td data-label="Rows" class="number">${number(check.rows)} = ${number(check.expected_rows)}</td>
        <td data-label="SHA-256"><code>${short(check.sha256)}</code> ${check.sha256 === check.expected_sha256 ? '=' : '≠'} <code>${short(check.expected_sha256)}</code></td>
        <td data-label="Rows that differ">${check.different.length > 0 ? check.different.join(', ') : 'none'}</td></tr>`)}</tbody>
  </table>`;

const short = (sum) => (sum ? `${sum.slice(0, 12)}…` : 'none');
