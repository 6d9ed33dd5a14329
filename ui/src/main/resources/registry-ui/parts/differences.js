/** Differences between two moments: summary, and instances by service with what changed, who changed it last, and why. */
import { dateTime, number } from '../app/format.js';
import { html } from '../app/html.js';
import { href } from '../app/route.js';
import { FieldChanges } from './changes.js';
import { Ago, Who } from './who.js';

/** Kinds with their marks and words. */
export const KINDS = {
  added: ['+', 'came'],
  removed: ['−', 'went'],
  changed: ['~', 'changed'],
  came_and_went: ['±', 'came and went'],
};

/** Fields that follow from others, or say only that something changed. */
const BOOKKEEPING = ['position', 'updated_at', 'declaration_version', 'last_heartbeat'];

/** @param {{data: any}} props answer with the differences */
export const DifferenceSummary = ({ data }) => html`
  <p class="totals">
    <strong>${dateTime(data.from.at)} <span class="muted">(${number(data.from.position)})</span> → ${dateTime(data.to.at)} <span class="muted">(${number(data.to.position)})</span></strong>
    ${Object.keys(KINDS).map((kind) => html`<${DifferenceMark} kind=${kind} count=${data.summary[kind]} />`)}
  </p>`;

/** @param {{kind: string, count?: number}} props */
export function DifferenceMark({ kind, count }) {
  const [mark, word] = KINDS[kind] ?? ['?', kind];
  return html`<span class=${`kind ${kind}`}><span aria-hidden="true">${mark}</span> ${count === undefined ? '' : `${number(count)} `}${word}</span>`;
}

/** @param {{changes: any[], action?: (service: string) => any}} props `action`: what is offered for each service */
export function Differences({ changes, action }) {
  const services = [...new Set(changes.map((change) => change.service_name))];
  return services.map((service) => html`
    <section key=${service} class="group">
      <h2><a href=${href(['services', service])}>${service}</a> ${action?.(service)}</h2>
      <${DifferenceTable} changes=${changes.filter((change) => change.service_name === service)} />
    </section>`);
}

/** @param {{changes: any[]}} props */
export const DifferenceTable = ({ changes }) => html`
  <table class="cards differences">
    <thead><tr><th scope="col">Instance</th><th scope="col">Difference</th><th scope="col">Fields</th><th scope="col">Last change</th></tr></thead>
    <tbody>${changes.map((change) => html`<${DifferenceRow} key=${change.id} change=${change} />`)}</tbody>
  </table>`;

/** @param {{change: any}} props */
const DifferenceRow = ({ change }) => html`
  <tr>
    <th scope="row"><a href=${href(['instances', change.id])}>${change.id}</a></th>
    <td data-label="Difference"><${DifferenceMark} kind=${change.kind} /></td>
    <td data-label="Fields"><${FieldsOf} change=${change} /></td>
    <td data-label="Last change">${change.last && html`
      <a href=${href(['instances', change.id, 'history'])}><${Ago} instant=${change.last.at} /></a> <${Who} entry=${change.last} />`}</td>
  </tr>`;

/** @param {{change: any}} props shows the fields that differ, or what an instance was that is at one moment only */
export function FieldsOf({ change }) {
  const fields = (change.fields ?? []).filter(({ field }) => !BOOKKEEPING.includes(field));
  return html`
    ${fields.length > 0 ? html`<${FieldChanges} fields=${fields} />`
      : html`<span class="muted">${change.kind === 'changed' ? 'the same again' : stateOf(change)}</span>`}
    ${change.facts > 1 && html` <span class="muted">${change.facts} changes</span>`}`;
}

/** Returns what an instance was, that is at one of the moments only. */
function stateOf(change) {
  const instance = change.after ?? change.before;
  return instance ? `${instance.status}, version ${instance.version || 'none'}` : '';
}
