/** Facts that read models could not fold, and facts that wait for them. */
import { dateTime, number } from '../app/format.js';
import { html } from '../app/html.js';
import { useReading } from '../app/reading.js';
import { href } from '../app/route.js';
import { settings } from '../app/settings.js';
import { Pager } from './pager.js';
import { Panel } from './panel.js';
import { WriteButton, WriteDialog } from './write.js';

const REFRESH_MILLIS = 5_000;

/** @param {{now: import('../app/route.js').Route}} props */
export function DeadLettersPanel({ now }) {
  const rows = settings.get().rows;
  const reading = useReading('/admin/dead-letters', { limit: rows, cursor: now.query.after }, { timeless: true, every: REFRESH_MILLIS });
  const empty = reading.data?.dead_letters.length === 0 && !now.query.after;
  return html`<${Panel} reading=${reading} empty=${empty ? html`<div class="empty"><p>There are no dead letters: every fact is in every read model.</p></div>` : undefined}>
    ${(data, meta) => html`
      <div>
        <table class="cards">
          <thead><tr><th scope="col">Position</th><th scope="col">Type</th><th scope="col">Recorded</th><th scope="col">Sequence</th><th scope="col">Read models</th><th scope="col">Actions</th></tr></thead>
          <tbody>${data.dead_letters.map((letter) => html`<${Row} key=${letter.position} letter=${letter} />`)}</tbody>
        </table>
        <${Pager} next=${meta.next_cursor} shown=${data.dead_letters.length} rows=${rows} />
      </div>`}<//>`;
}

/** @param {{letter: any}} props */
const Row = ({ letter }) => html`
  <tr>
    <th scope="row">${number(letter.position)}</th>
    <td data-label="Type">${letter.type}</td>
    <td data-label="Recorded">${dateTime(letter.at)}</td>
    <td data-label="Sequence"><a href=${href(['instances', letter.sequence, 'history'])}>${letter.sequence}</a></td>
    <td data-label="Read models"><ul class="plain">${letter.projections.map((model) => html`
      <li><b>${model.name}</b> ${model.attempts === 0 ? 'waits' : html`<span class="unhealthy">${model.error}</span> <span class="muted">${model.attempts} attempts</span>`}</li>`)}</ul></td>
    <td data-label="Actions" class="buttons">
      <${WriteButton} label="Retry…" permission="projection.admin" dialog=${(close) => html`
        <${WriteDialog} title=${`Retry the fact at ${letter.position}`} verb="Retry" reason="none" close=${close} change=${{ method: 'POST', path: `/admin/dead-letters/${letter.position}/retry`, keyed: false }}
          done=${(data) => data.projections.map(({ name, folded, parked }) => `${name}: ${folded} folded, ${parked} still parked`).join('; ')}>
          <p>Folds it again, with all facts of ${letter.sequence} that wait for it.</p><//>`} />
      <${WriteButton} label="Drop…" danger=${true} permission="projection.admin" dialog=${(close) => html`
        <${WriteDialog} title=${`Drop the fact at ${letter.position}`} verb="Drop" reason="required" name=${String(letter.position)} close=${close} done=${`The fact at ${letter.position} is dropped from the read models.`}
          change=${{ method: 'DELETE', path: `/admin/dead-letters/${letter.position}` }}>
          <p>The read models continue without it. The fact stays in the store, and a rebuild folds it again.</p><//>`} />
    </td>
  </tr>`;
