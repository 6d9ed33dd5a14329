/** Plan of the observations that would be dropped, with reasons, and the run that drops them. */
import { dateTime, duration, number } from '../app/format.js';
import { html } from '../app/html.js';
import { useReading } from '../app/reading.js';
import { Panel } from './panel.js';
import { WriteButton, WriteDialog } from './write.js';

const REFRESH_MILLIS = 10_000;

/** What must be typed to drop observations. */
const NAME = 'observations';

export function RetentionPanel() {
  const reading = useReading('/admin/retention', {}, { timeless: true, every: REFRESH_MILLIS });
  return html`<${Panel} reading=${reading}>${(plan) => {
    const dropped = plan.partitions.filter(({ verdict }) => verdict === 'drop');
    return html`
      <div>
        <p class="totals"><strong>${number(plan.count)} partitions of observations, ${bytes(plan.bytes)}</strong>
          <span>${plan.floor > 0 ? `nothing is dropped from position ${number(plan.floor)} on` : 'nothing was dropped yet'}</span>
          <${WriteButton} label="Run now…" danger=${true} permission="retention.admin" dialog=${(close) => html`
            <${WriteDialog} title="Drop old observations" verb="Drop" reason="none" name=${NAME} close=${close} change=${{ method: 'POST', path: '/admin/retention', keyed: false }}
              done=${(data) => `${number(data.dropped?.length ?? 0)} partitions are dropped.`}>
              <p>${number(dropped.length)} partitions would be dropped. Facts are never dropped.</p><//>`} /></p>
        <table class="cards">
          <thead><tr><th scope="col">Positions</th><th scope="col">Verdict</th><th scope="col">Reason</th><th scope="col">Recorded</th><th scope="col" class="number">Size</th><th scope="col" class="number">Age</th></tr></thead>
          <tbody>${plan.partitions.map((part) => html`
            <tr key=${part.from_position}><th scope="row">${number(part.from_position)} to ${number(part.to_position)}</th>
              <td data-label="Verdict" class=${part.verdict === 'drop' ? 'unhealthy' : undefined}>${part.verdict}</td><td data-label="Reason">${part.reason}</td>
              <td data-label="Recorded">${part.recorded_from ? `${dateTime(part.recorded_from)} to ${dateTime(part.recorded_to)}` : 'empty'}</td>
              <td class="number" data-label="Size">${bytes(part.bytes)}</td><td class="number" data-label="Age">${part.age_seconds === undefined ? '' : duration(part.age_seconds * 1_000)}</td></tr>`)}</tbody>
        </table>
      </div>`;
  }}<//>`;
}

/** Formats a number of bytes. */
const bytes = (value) => (value < 1_000_000 ? `${number(Math.round(value / 1_000))} KB` : `${number(Math.round(value / 1_000_000))} MB`);
