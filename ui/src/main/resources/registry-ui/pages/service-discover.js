/** Which instances discovery would answer, asked as of a position so that no pick is counted; and why others are left out. */
import { number } from '../app/format.js';
import { Fragment, html, useEffect, useState } from '../app/html.js';
import { moment } from '../app/moment.js';
import { useReading } from '../app/reading.js';
import { changeQuery, href } from '../app/route.js';
import { useStore } from '../app/store.js';
import { Rules } from '../parts/explanation.js';
import { Panel, Problem } from '../parts/panel.js';
import { ServiceTabs } from '../parts/service-tabs.js';
import { Status } from '../parts/status.js';

/** Text fields by parameter of the address and of the API. */
const FIELDS = [['version', 'Version', '^1.2, or exact'], ['tag', 'Tag', ''], ['zone', 'Zone first', ''], ['metadata', 'Metadata', 'key=value']];

/** Instances whose explanation can be opened. */
const MAX_INSTANCES = 200;

/** @param {{now: import('../app/route.js').Route}} props */
export default function DiscoverPage({ now }) {
  const { state } = useStore(moment);
  const position = useReading(state === 'now' ? '/service-names' : null, { limit: 1 });
  const filters = filtersOf(now.query);
  const request = { service_name: now.id, ...filters };
  const ready = state === 'past' || position.data !== null;
  // At a position, discovery counts no pick and moves no turn.
  const at = state === 'now' ? position.meta.position : undefined;
  const found = useReading(ready ? '/discover' : null, at === undefined ? request : { ...request, at }, { timeless: at !== undefined, scope: moment.key() });
  const list = useReading(`/services/${encodeURIComponent(now.id)}/instances`, { limit: MAX_INSTANCES });
  return html`
    <${ServiceTabs} name=${now.id} tab="discover" />
    <${Form} query=${now.query} again=${position.again} live=${state === 'now'} />
    ${position.error && html`<${Problem} error=${position.error} again=${position.again} />`}
    <${Panel} reading=${found}>${(data) => html`
      <${Fragment}>
        <p class="totals"><strong>${data.services.length === 0 ? 'Nothing would be answered.' : `${number(data.services.length)} of ${number(data.total)} instances would be answered`}</strong>
          <span>${number(data.healthy)} healthy</span><span class="muted">In the order of their ids: a strategy orders them only when a client asks.</span>
          ${data.panic && html`<span class="status unhealthy">panic: too few are healthy, so all are answered</span>`}</p>
        <${Answers} answered=${data.services} all=${list.data?.services ?? []} service=${now.id} filters=${filters} />
      <//>`}<//>`;
}

/** Returns the parameters that filter, of discovery and of its explanation. */
function filtersOf({ version, tag, zone, metadata, all }) {
  const [key, ...rest] = (metadata ?? '').split('=');
  return { version, tag, zone, include_unhealthy: all ? 'true' : undefined, ...(key && rest.length > 0 ? { [`metadata.${key}`]: rest.join('=') } : {}) };
}

/** @param {{query: Record<string, string>, again: () => void, live: boolean}} props */
function Form({ query, again, live }) {
  const given = FIELDS.map(([name]) => query[name] ?? '');
  const [texts, setTexts] = useState(given);
  useEffect(() => setTexts(given), [given.join('\n')]);
  const ask = (event) => {
    event.preventDefault();
    changeQuery(Object.fromEntries(FIELDS.map(([name], index) => [name, texts[index].trim()])));
    again();
  };
  return html`
    <form class="tools" onSubmit=${ask}>
      ${FIELDS.map(([name, label, example], index) => html`
        <label class="field"><span>${label}</span>
          <input type="text" name=${name} size="14" maxlength="1024" autocomplete="off" placeholder=${example} value=${texts[index]}
            onInput=${(event) => setTexts(texts.map((text, at) => (at === index ? event.target.value : text)))} /></label>`)}
      <label class="check"><input type="checkbox" checked=${Boolean(query.all)} onChange=${() => changeQuery({ all: query.all ? '' : 'true' })} /> include unhealthy</label>
      <button type="submit">${live ? 'Ask now' : 'Ask'}</button>
    </form>`;
}

/** @param {{answered: any[], all: any[], service: string, filters: Record<string, any>}} props */
function Answers({ answered, all, service, filters }) {
  const ids = new Set(answered.map(({ id }) => id));
  const rows = [...answered.map((instance, index) => ({ instance, place: index + 1 })),
    ...all.filter(({ id }) => !ids.has(id)).map((instance) => ({ instance, place: 0 }))];
  return html`
    <table class="cards">
      <thead><tr><th scope="col">Instance</th><th scope="col" class="number">Place</th><th scope="col">Address</th><th scope="col">Status</th>
        <th scope="col" class="number">Weight</th><th scope="col">Why</th></tr></thead>
      <tbody>${rows.slice(0, MAX_INSTANCES).map((row) => html`<${Row} key=${row.instance.id} row=${row} service=${service} filters=${filters} />`)}</tbody>
    </table>`;
}

/** @param {{row: {instance: any, place: number}, service: string, filters: Record<string, any>}} props */
function Row({ row: { instance, place }, service, filters }) {
  const [open, setOpen] = useState(false);
  return html`
    <tr class=${place ? undefined : 'left-out'}>
      <th scope="row"><a href=${href(['instances', instance.id])}>${instance.id}</a></th>
      <td data-label="Place" class="number">${place || html`<span class="muted">left out</span>`}</td>
      <td data-label="Address">${instance.address}:${instance.port}</td>
      <td data-label="Status"><${Status} status=${instance.status} /></td>
      <td data-label="Weight" class="number">${instance.weight}</td>
      <td data-label="Why"><button type="button" class="quiet" aria-expanded=${open} onClick=${() => setOpen(!open)}>${open ? 'less' : 'why'}</button>
        ${open && html`<${Why} service=${service} id=${instance.id} filters=${filters} />`}</td>
    </tr>`;
}

/** @param {{service: string, id: string, filters: Record<string, any>}} props */
function Why({ service, id, filters }) {
  const { zone: _zone, ...rest } = filters;
  const reading = useReading('/explain', { service_name: service, id, ...rest });
  return reading.error ? html`<${Problem} error=${reading.error} again=${reading.again} />` : reading.data && html`<${Rules} explained=${reading.data} id=${id} />`;
}
