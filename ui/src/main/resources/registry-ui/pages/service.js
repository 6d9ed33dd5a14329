/** One service: its instances, live or in the past, and its history. */
import { url } from '../app/api.js';
import { useCells } from '../app/cells.js';
import { number, percent, quantity } from '../app/format.js';
import { Fragment, html, useRef, useState } from '../app/html.js';
import { useStream } from '../app/live.js';
import { moment } from '../app/moment.js';
import { useReading } from '../app/reading.js';
import { changeQuery, href } from '../app/route.js';
import { settings } from '../app/settings.js';
import { useStore } from '../app/store.js';
import { BulkActions, MAX_SELECTED } from '../parts/bulk.js';
import { Entries } from '../parts/entries.js';
import { Matrix } from '../parts/matrix.js';
import { Pager } from '../parts/pager.js';
import { RestoreButton } from '../parts/restore.js';
import { CutNotice, Panel } from '../parts/panel.js';
import { ChoiceField } from '../parts/search.js';
import { ServiceTabs } from '../parts/service-tabs.js';
import { StateMark, Status, STATUSES, StatusCounts } from '../parts/status.js';
import { GoneInstances, InstanceDifference, useVersus, VersusSummary } from '../parts/versus.js';
import { Ago } from '../parts/who.js';

/** Minimum time between two readings that changes cause; a service may have hundreds of changes per second. */
const CHANGE_MILLIS = 1_000;

const STATUS_CHOICES = [['', 'any status'], ...STATUSES.map(([status]) => [status, status])];

/** @param {{now: import('../app/route.js').Route}} props */
export default function ServicePage({ now }) {
  return html`
    <${ServiceTabs} name=${now.id} tab=${now.tab} />
    ${now.tab === 'history'
      ? html`<${Entries} filter=${{ service_name: now.id }} query=${now.query} />`
      : html`<${Instances} name=${now.id} query=${now.query} />`}`;
}

/** @param {{name: string, query: Record<string, string>}} props */
function Instances({ name, query }) {
  const now = useStore(moment);
  const live = now.state === 'now';
  const [selected, setSelected] = useState([]);
  const rows = settings.get().rows;
  const path = `/services/${encodeURIComponent(name)}`;
  const changes = useChanges();
  const list = useReading(`${path}/instances`, { status: query.status, limit: rows, cursor: query.after }, { atLeast: changes.position });
  // Summaries may be a second old: they are read again until they are as new as the list.
  const summary = useReading('/service-summaries', { q: name, limit: 1000 }, { atLeast: list.meta.position ?? 0 });
  const uptime = useReading(`${path}/uptime`, { window: '24h' });
  const versus = useVersus(name, changes.position);
  const counts = summary.data?.services.find((service) => service.name === name);
  const address = live ? url('/watch', { service_name: name }) : null;
  const cells = useRef((_event) => {});
  const { cutSince } = useStream(address, list.meta.position ?? null, (event) => {
    changes.onEvent(event);
    cells.current(event);
  });
  return html`
    <p class="totals">
      ${counts && html`<strong>${quantity(counts.instances, 'instance')}</strong><${StatusCounts} counts=${counts.by_status} />`}
      ${uptime.data && html`<span>had a healthy instance ${percent(uptime.data.availability)} of the last 24 h</span>`}
      ${list.meta.position !== undefined && html`<span class="muted">position ${number(list.meta.position)}</span>`}
    </p>
    <${CutNotice} cutSince=${live ? cutSince : null} />
    <${VersusSummary} versus=${versus} />
    <${Cells} path=${`${path}/instances`} listener=${cells} versus=${versus} />
    <div class="tools"><${ChoiceField} name="status" label="Status" choices=${STATUS_CHOICES} />
      ${now.state === 'past' && html`<${RestoreButton} service=${name} at=${now.position} label=${`Bring ${name} back to this…`} />`}</div>
    ${live && html`<${BulkActions} ids=${selected} clear=${() => setSelected([])} />`}
    <${Panel} reading=${list} empty=${emptyText(list, name, query)}>
      ${(data, meta) => html`
        <${Fragment}>
          <${Table} instances=${data.services} versus=${versus} selected=${live ? selected : null} select=${setSelected} />
          <${Pager} next=${meta.next_cursor} shown=${data.services.length} total=${query.status ? undefined : counts?.instances} rows=${rows} />
        <//>`}
    <//>
    <${GoneInstances} versus=${versus} />`;
}

/**
 * Shows a cell for each instance. It's a component of its own, since it is drawn more often than the list.
 * @param {{path: string, listener: {current: (event: {type: string, data: string}) => void}, versus: import('../parts/versus.js').Versus|null}} props
 *     `listener`: is set to the function that receives the changes of the service
 */
function Cells({ path, listener, versus }) {
  const { cells, failed, onEvent } = useCells(path);
  listener.current = onEvent;
  return html`<${Matrix} cells=${cells} failed=${failed} differing=${versus?.changes.map(({ id }) => id)} />`;
}

/** Returns the position of the last change of a stream: the first at once, and of those that follow it soon, one per interval. */
function useChanges() {
  const [position, setPosition] = useState(0);
  const latest = useRef(0);
  const timer = useRef(0);
  const last = useRef(0);
  const onEvent = ({ type, id }) => {
    if (type !== 'change') {
      return;
    }
    latest.current = Number(id);
    if (!timer.current) {
      timer.current = setTimeout(() => {
        timer.current = 0;
        last.current = Date.now();
        setPosition(latest.current);
      }, Math.max(0, CHANGE_MILLIS - (Date.now() - last.current)));
    }
  };
  return { position, onEvent };
}

/** Returns what to show instead of an empty list; undefined if the list isn't empty. */
function emptyText(list, name, query) {
  if (!list.data || list.data.services.length > 0) {
    return undefined;
  }
  return query.status
    ? html`<div class="empty"><p>No instance is ${query.status}.</p>
        <button type="button" onClick=${() => changeQuery({ status: '', after: '', page: '' })}>Show all instances</button></div>`
    : html`<div class="empty"><p>${name} has no instances at this moment.</p>
        <p><a href=${href(['services', name, 'history'])}>What happened to it</a></p></div>`;
}

/**
 * @param {{instances: any[], versus: import('../parts/versus.js').Versus|null, selected: string[]|null, select: (ids: string[]) => void}} props
 *     `selected`: null if nothing can be selected
 */
const Table = ({ instances, versus, selected, select }) => html`
  <table class="cards">
    <thead><tr>
      <th scope="col">Id</th><th scope="col">Address</th><th scope="col">Status</th>
      <th scope="col"><abbr title="declared, lease, health, circuit">States</abbr></th>
      <th scope="col" class="number">Weight</th><th scope="col">Version</th><th scope="col">Zone</th><th scope="col">Owner</th>
      <th scope="col">Changed</th>
    </tr></thead>
    <tbody>${instances.map((instance) => html`<${Row} key=${instance.id} instance=${instance} versus=${versus} selected=${selected} select=${select} />`)}</tbody>
  </table>`;

/** @param {{instance: any, versus: import('../parts/versus.js').Versus|null, selected: string[]|null, select: (ids: string[]) => void}} props */
const Row = ({ instance, versus, selected, select }) => html`
  <tr>
    <th scope="row">${selected && html`<${SelectBox} id=${instance.id} selected=${selected} select=${select} />`}<a href=${href(['instances', instance.id])}>${instance.id}</a></th>
    <td data-label="Address">${instance.address}:${instance.port}</td>
    <td data-label="Status"><${Status} status=${instance.status} /></td>
    <td data-label="States" class="states">
      <${StateMark} of="declared" state=${instance.declared} /><${StateMark} of="lease" state=${instance.lease} />
      <${StateMark} of="health" state=${instance.health} /><${StateMark} of="circuit" state=${instance.breaker} />
    </td>
    <td class="number" data-label="Weight">${instance.weight}</td>
    <td data-label="Version"><span class="clip">${instance.version}</span></td>
    <td data-label="Zone"><span class="clip">${instance.zone}</span></td>
    <td data-label="Owner"><span class="clip">${instance.owner}</span></td>
    <td data-label="Changed" class="change"><${Ago} instant=${instance.updated_at} /><${InstanceDifference} versus=${versus} id=${instance.id} /></td>
  </tr>`;

/** @param {{id: string, selected: string[], select: (ids: string[]) => void}} props */
function SelectBox({ id, selected, select }) {
  const chosen = selected.includes(id);
  return html`<input type="checkbox" class="select" aria-label=${`Select ${id}`} checked=${chosen} disabled=${!chosen && selected.length >= MAX_SELECTED}
    onChange=${() => select(chosen ? selected.filter((other) => other !== id) : [...selected, id])} />`;
}
