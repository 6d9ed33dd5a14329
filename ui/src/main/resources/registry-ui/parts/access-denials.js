/** Denied requests by minute: who asked for what, and why it was refused. */
import { dateTime, number } from '../app/format.js';
import { html } from '../app/html.js';
import { useReading } from '../app/reading.js';
import { settings } from '../app/settings.js';
import { Pager } from './pager.js';
import { Panel } from './panel.js';

const REFRESH_MILLIS = 10_000;

/** @param {{now: import('../app/route.js').Route}} props */
export function DenialsPanel({ now }) {
  const rows = settings.get().rows;
  const { from, to, after } = now.query;
  const reading = useReading('/admin/denials', { from, to, limit: rows, cursor: after }, { timeless: true, every: after ? 0 : REFRESH_MILLIS });
  const empty = reading.data?.denials.length === 0 && !after;
  return html`<${Panel} reading=${reading} empty=${empty ? html`<div class="empty"><p>No request was denied ${from ? 'in this time' : 'in the last 24 hours'}.</p></div>` : undefined}>
    ${(data, meta) => html`
      <div>
        <table class="cards">
          <thead><tr><th scope="col">Minute</th><th scope="col">Who</th><th scope="col">Route</th><th scope="col">Refusal</th><th scope="col" class="number">Requests</th></tr></thead>
          <tbody>${data.denials.map((denial) => html`
            <tr key=${`${denial.minute} ${denial.who} ${denial.route} ${denial.code}`}><th scope="row"><time datetime=${denial.minute}>${dateTime(denial.minute)}</time></th>
              <td data-label="Who">${denial.who}</td><td data-label="Route"><code>${denial.route}</code></td><td data-label="Refusal">${denial.code}</td>
              <td class="number" data-label="Requests">${number(denial.count)}</td></tr>`)}</tbody>
        </table>
        <${Pager} next=${meta.next_cursor} shown=${data.denials.length} rows=${rows} />
      </div>`}<//>`;
}
