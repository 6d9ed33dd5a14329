/** Statuses of a service's instances over time, the worst first, with the changes and their authors. */
import { readText } from '../app/api.js';
import { save } from '../app/download.js';
import { dateTime, number, percent, quantity } from '../app/format.js';
import { Fragment, html, useState } from '../app/html.js';
import { moment } from '../app/moment.js';
import { useReading } from '../app/reading.js';
import { changeQuery } from '../app/route.js';
import { createScale } from '../app/scale.js';
import { session } from '../app/session.js';
import { useStore } from '../app/store.js';
import { Axis, LaneLegend, Lanes } from '../parts/lanes.js';
import { Pager } from '../parts/pager.js';
import { Panel, Problem } from '../parts/panel.js';
import { ServiceTabs } from '../parts/service-tabs.js';
import { secondTime, useVersus, VersusSummary } from '../parts/versus.js';
import { WindowField, windowOf } from '../parts/window.js';

/** Interval at which the timeline of now is read again. */
const REFRESH_MILLIS = 10_000;

/** Lanes of a page. */
const LANES = 50;

/** Changes that the axis marks. */
const MAX_TICKS = 200;

/** @param {{now: import('../app/route.js').Route}} props */
export default function TimelinePage({ now }) {
  const name = now.id;
  const window = windowOf(now.query);
  const path = `/services/${encodeURIComponent(name)}`;
  const page = { window, order: 'worst', limit: LANES, cursor: now.query.after };
  const uptime = useReading(`${path}/uptime`, page, { every: REFRESH_MILLIS });
  const shown = uptime.data?.instances ?? [];
  const lanes = { window, id: shown.map(({ id }) => id) };
  const timeline = useReading(shown.length > 0 ? `${path}/timeline.svg` : null, lanes, { every: REFRESH_MILLIS });
  const versus = useVersus(name);
  const empty = uptime.data?.total === 0;
  return html`
    <${ServiceTabs} name=${name} tab="timeline" />
    <div class="tools">
      <${WindowField} window=${window} hidden=${false} />
      <${Downloads} path=${path} window=${window} name=${name} />
    </div>
    <${VersusSummary} versus=${versus} />
    ${uptime.error && html`<${Problem} error=${uptime.error} again=${uptime.again} />`}
    ${uptime.data && html`<${Figures} uptime=${uptime.data} />`}
    ${empty && html`<div class="empty"><p>${name} had no instance in this window.</p></div>`}
    ${uptime.data && !empty && html`<${Panel} reading=${timeline}>
      ${(data) => html`
        <${Fragment}>
          <${Chart} data=${data} worst=${shown} name=${name} versus=${versus} />
          <${Pager} next=${uptime.meta.next_cursor} shown=${shown.length} total=${uptime.data.total} rows=${LANES} />
        <//>`}
    <//>`}`;
}

/** @param {{uptime: any}} props */
const Figures = ({ uptime }) => html`
  <p class="totals"><strong>had a healthy instance ${percent(uptime.availability)} of the window</strong>
    <span>${quantity(uptime.total, 'instance')}</span><span>${quantity(uptime.outages, 'outage')}</span><span>${quantity(uptime.flaps, 'flap')}</span></p>`;

/** @param {{data: any, worst: any[], name: string, versus: import('../parts/versus.js').Versus|null}} props */
function Chart({ data, worst, name, versus }) {
  const [fold, setFold] = useState(false);
  const ticks = useTicks(name, data.from, data.to);
  const figures = new Map(worst.map((instance) => [instance.id, instance]));
  const order = new Map(worst.map((instance, index) => [instance.id, index]));
  const rows = data.instances
    .map((instance) => ({ ...instance, figures: figures.get(instance.id) }))
    .sort((one, other) => (order.get(one.id) ?? 0) - (order.get(other.id) ?? 0));
  const from = Date.parse(data.from);
  const to = Date.parse(data.to);
  const changes = fold ? rows.flatMap(({ spans }) => spans.flatMap((span) => [Date.parse(span.from), Date.parse(span.to)])) : [];
  const scale = createScale(from, to, changes);
  const second = secondTime(versus);
  const choose = (start, end) =>
    changeQuery({ window: `${Math.max(1, Math.round((end - start) / 1_000))}s`, at: new Date(end).toISOString(), page: '', after: '' });
  return html`
    <label class="check"><input type="checkbox" checked=${fold} onChange=${() => setFold(!fold)} /> fold times without a change</label>
    <${LaneLegend} />
    <div class="axis-row"><${Axis} scale=${scale} from=${from} to=${to} ticks=${ticks} second=${second} choose=${choose} /></div>
    <p class="muted">${ticks.length > 0 ? `${number(ticks.length)} changes by callers are marked. ` : ''}Drag over the axis to see a part of it.</p>
    <${Lanes} rows=${rows} scale=${scale} second=${second} versus=${versus} />`;
}

/** Returns what callers changed in the window, if this caller may know. */
function useTicks(name, from, to) {
  const now = useStore(moment);
  const permitted = session.get().me?.permissions.includes('audit.read');
  const end = now.state === 'past' ? now.position : to;
  const query = { service_name: name, from, to: end, order: 'desc', limit: MAX_TICKS, action: ['register', 'update', 'deregister', 'configure', 'revive'] };
  const reading = useReading(permitted && now.state !== 'resolving' ? '/audit' : null, query, { timeless: true, scope: moment.key() });
  return (reading.data?.entries ?? [])
    .filter((entry) => now.state !== 'past' || entry.position <= now.position)
    .map((entry) => ({ at: entry.at, text: `${dateTime(entry.at)} ${entry.actor ?? 'registry'}: ${entry.reason ?? entry.summary}` }));
}

/** @param {{path: string, window: string, name: string}} props */
function Downloads({ path, window, name }) {
  const [error, setError] = useState(null);
  const load = async (accept, ending) => {
    try {
      const at = await moment.position();
      save(`${name}.${ending}`, await readText(`${path}/timeline.svg`, { window, at }, accept), accept);
      setError(null);
    } catch (failure) {
      setError(failure);
    }
  };
  return html`
    <span class="buttons"><button type="button" onClick=${() => load('image/svg+xml', 'svg')}>Save as picture</button>
      <button type="button" onClick=${() => load('application/json', 'json')}>Save as JSON</button></span>
    ${error && html`<${Problem} error=${error} />`}`;
}
