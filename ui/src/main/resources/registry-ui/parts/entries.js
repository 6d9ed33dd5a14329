/** Entries of the history, newest first, with who caused them and why. */
import { shortTime } from '../app/format.js';
import { Fragment, html, useState } from '../app/html.js';
import { moment } from '../app/moment.js';
import { useReading } from '../app/reading.js';
import { changeQuery, href } from '../app/route.js';
import { settings } from '../app/settings.js';
import { useStore } from '../app/store.js';
import { changedFields, FieldChanges } from './changes.js';
import { Pager } from './pager.js';
import { Panel } from './panel.js';
import { ChangeOrigin, Who } from './who.js';

/** Interval at which the newest entries are read again. */
const REFRESH_MILLIS = 5_000;

/**
 * Shows a page of the audit, or of the history of one instance. In the past, the entries up to that moment.
 * @param {{path?: string, filter?: Record<string, string>, query: Record<string, string>, more?: Record<string, string>}} props
 */
export function Entries({ path = '/audit', filter = {}, query, more = {} }) {
  const now = useStore(moment);
  const rows = settings.get().rows;
  const to = now.state === 'past' ? now.position : query.to;
  const ready = now.state === 'now' || now.state === 'past';
  const request = { ...filter, ...more, from: query.from, to, order: 'desc', limit: rows, cursor: query.after };
  const every = now.state === 'now' && !query.after ? REFRESH_MILLIS : 0;
  // The range ends at the moment, so the request names it by its end.
  const reading = useReading(ready ? path : null, request, { timeless: true, scope: moment.key(), every });
  if (now.state === 'past' && reading.data?.entries.some((entry) => entry.position > now.position)) {
    throw new Error('The answer has entries after the moment that the page shows.');
  }
  const empty = reading.data && reading.data.entries.length === 0 && !reading.meta.next_cursor;
  return html`
    <${Panel} reading=${reading} empty=${empty ? html`<div class="empty"><p>No entry fits.</p></div>` : undefined}>
      ${(data, meta) => html`
        <${Fragment}>
          <${Table} entries=${data.entries} />
          <${Pager} next=${meta.next_cursor} shown=${data.entries.length} rows=${rows} />
        <//>`}
    <//>`;
}

/** @param {{entries: any[]}} props */
const Table = ({ entries }) => html`
  <table class="cards entries">
    <thead><tr>
      <th scope="col">Time</th><th scope="col" class="number">Position</th><th scope="col">Action</th><th scope="col">Change</th>
      <th scope="col">Who and why</th>
    </tr></thead>
    <tbody>${entries.map((entry) => html`<${Row} key=${`${entry.position} ${entry.type}`} entry=${entry} />`)}</tbody>
  </table>`;

/** @param {{entry: any}} props */
function Row({ entry }) {
  const [open, setOpen] = useState(false);
  const fields = changedFields(entry.before, entry.after);
  return html`
    <tr>
      <td data-label="Time"><a href=${href([entry.service_id ? 'instances' : 'history', ...(entry.service_id ? [entry.service_id] : [])], { at: entry.position })}
        title="Show this moment"><time datetime=${entry.at}>${shortTime(entry.at)}</time></a></td>
      <td data-label="Position" class="number">${entry.position}</td>
      <td data-label="Action" class="action">${entry.action}</td>
      <td data-label="Change" class="summary">
        ${entry.service_id && html`<a href=${href(['instances', entry.service_id])}>${entry.service_id}</a> `}
        ${entry.service_name && html`<span class="muted">of <a href=${href(['services', entry.service_name])}>${entry.service_name}</a></span> `}
        ${fields.length > 0 && entry.before && entry.after ? html`<${FieldChanges} fields=${fields} />` : html`<span>${entry.summary}</span>`}
        ${' '}<button type="button" class="quiet" aria-expanded=${open} onClick=${() => setOpen(!open)}>${open ? 'less' : 'more'}</button>
        ${open && html`<p>${entry.summary}</p><${ChangeOrigin} entry=${entry} />${entry.evidence && html`<pre>${JSON.stringify(entry.evidence, null, 2)}</pre>`}`}
      </td>
      <td data-label="Who and why"><${Who} entry=${entry} /></td>
    </tr>`;
}

/** Removes one filter of the address. */
export const removeFilter = (name) => changeQuery({ [name]: '', after: '', page: '' });
