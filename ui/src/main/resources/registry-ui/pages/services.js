/** All services: totals, what needs attention, and a page of the list that the server filters and sorts. */
import { number, quantity } from '../app/format.js';
import { Fragment, html } from '../app/html.js';
import { moment } from '../app/moment.js';
import { useReading } from '../app/reading.js';
import { changeQuery, href } from '../app/route.js';
import { settings } from '../app/settings.js';
import { useStore } from '../app/store.js';
import { Attention } from '../parts/attention.js';
import { Heading } from '../parts/frame.js';
import { Pager } from '../parts/pager.js';
import { Panel } from '../parts/panel.js';
import { ChoiceField, SearchField } from '../parts/search.js';
import { STATUSES, StatusBar, StatusCounts } from '../parts/status.js';
import { ServiceDifference, useVersus, VersusSummary } from '../parts/versus.js';
import { Ago, Who } from '../parts/who.js';

/** Interval at which the list of now is read again. */
const REFRESH_MILLIS = 3_000;

/** Maximum number of versions and zones that a row names. */
const MAX_VALUES = 3;

const ORDERS = [['worst', 'worst first'], ['name', 'name'], ['instances', 'most instances'], ['last_change', 'last change']];
const STATUS_CHOICES = [['', 'any status'], ...STATUSES.map(([status]) => [status, status])];

/** @param {{now: import('../app/route.js').Route}} props */
export default function ServicesPage({ now }) {
  const { q, status, order, after } = now.query;
  const rows = settings.get().rows;
  const query = { q, status, order: order ?? 'worst', limit: rows, cursor: after };
  const reading = useReading('/service-summaries', query, { every: REFRESH_MILLIS });
  const versus = useVersus();
  return html`
    <${Heading} text="Services" />
    ${useStore(moment).state === 'now' && html`<${Attention} />`}
    <div class="tools">
      <${SearchField} name="q" label="Search" placeholder="part of a name" />
      <${ChoiceField} name="status" label="Status" choices=${STATUS_CHOICES} />
      <${ChoiceField} name="order" label="Order" choices=${ORDERS} />
    </div>
    <${VersusSummary} versus=${versus} />
    <${Panel} reading=${reading} empty=${reading.data ? emptyText(reading.data) : undefined}>
      ${(data, meta) => html`
        <${Fragment}>
          <${Totals} totals=${data.totals} position=${meta.position} />
          <${Table} services=${data.services} versus=${versus} />
          <${Pager} next=${meta.next_cursor} shown=${data.services.length} total=${data.matching} rows=${rows} />
        <//>`}
    <//>`;
}

/** Returns what to show instead of an empty list; undefined if the list isn't empty. */
function emptyText(data) {
  if (data.totals.services === 0) {
    return html`
      <div class="empty"><p>Nothing is registered.</p>
      <p>Register an instance:</p>
      <pre>curl -X POST "$REGISTRY/api/v1/services" -H "Content-Type: application/json" \\
  -d '{"name": "web", "address": "10.0.0.1", "port": 8080}'</pre></div>`;
  }
  return data.matching > 0
    ? undefined
    : html`<div class="empty"><p>No service fits the search and the filter.</p>
        <button type="button" onClick=${() => changeQuery({ q: '', status: '', after: '', page: '' })}>Show all services</button></div>`;
}

/** @param {{totals: any, position: number}} props */
const Totals = ({ totals, position }) => html`
  <p class="totals">
    <strong>${quantity(totals.services, 'service')}, ${quantity(totals.instances, 'instance')}</strong>
    <${StatusCounts} counts=${totals.by_status} />
    ${totals.overdue > 0 && html`<span class="status overdue"><span aria-hidden="true">◌</span> ${number(totals.overdue)} held back</span>`}
    <span class="muted">position ${number(position)}</span>
  </p>`;

/** @param {{services: any[], versus: import('../parts/versus.js').Versus|null}} props */
const Table = ({ services, versus }) => html`
  <table class="cards">
    <thead><tr>
      <th scope="col">Name</th><th scope="col" class="number">Instances</th><th scope="col">Health</th>
      <th scope="col">Versions</th><th scope="col">Zones</th><th scope="col">Last change</th>
    </tr></thead>
    <tbody>${services.map((service) => html`<${Row} key=${service.name} service=${service} versus=${versus} />`)}</tbody>
  </table>`;

/** @param {{service: any, versus: import('../parts/versus.js').Versus|null}} props */
const Row = ({ service, versus }) => html`
  <tr>
    <th scope="row"><a href=${href(['services', service.name])}>${service.name}</a>
      <${ServiceDifference} versus=${versus} service=${service.name} /></th>
    <td class="number" data-label="Instances">${number(service.instances)}</td>
    <td data-label="Health" class="health">
      <${StatusBar} counts=${service.by_status} total=${service.instances} />
      <${StatusCounts} counts=${service.by_status} />
      ${service.overdue > 0 && html`<span class="status overdue"><span aria-hidden="true">◌</span> ${service.overdue} held back</span>`}
    </td>
    <td data-label="Versions"><${Shares} counts=${service.versions} /></td>
    <td data-label="Zones"><${Shares} counts=${service.zones} /></td>
    <td data-label="Last change" class="change">${service.last && html`
      <${Ago} instant=${service.last.at} /> <${Who} entry=${service.last} />`}</td>
  </tr>`;

/** Shows the most frequent values with their numbers. */
function Shares({ counts }) {
  const values = Object.entries(counts).filter(([value]) => value !== '').sort((one, other) => other[1] - one[1]);
  const more = values.length - MAX_VALUES;
  return html`
    <span class="shares">${values.slice(0, MAX_VALUES).map(([value, count]) => html`
      <span><span class="clip">${value}</span>${values.length > 1 ? ` ×${count}` : ''}</span>`)}
      ${more > 0 && html`<span class="muted">${more} more</span>`}</span>`;
}
