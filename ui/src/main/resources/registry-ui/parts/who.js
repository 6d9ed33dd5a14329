/** Shows who caused a change and why, in the same form everywhere. */
import { ago, dateTime } from '../app/format.js';
import { html } from '../app/html.js';
import { href } from '../app/route.js';

/** @param {{entry: any}} props entry of the history, or a last change */
export const Who = ({ entry }) => html`
  <span class="who">
    ${entry.actor
      ? html`<a href=${href(['history'], { actor: entry.actor })}>${entry.actor}</a>${entry.role && entry.role !== entry.actor ? ` (${entry.role})` : ''}`
      : html`<span class="muted">not recorded</span>`}
    ${(entry.reason ?? entry.cause) && html`<q>${entry.reason ?? entry.cause}</q>`}
  </span>`;

/** @param {{entry: any}} props entry of the history; shows where the change came from */
export const ChangeOrigin = ({ entry }) => html`
  <dl class="facts">
    <dt>position</dt><dd>${entry.position}</dd>
    <dt>type</dt><dd>${entry.type}</dd>
    <dt>protocol</dt><dd>${entry.protocol}</dd>
    ${entry.source_address && html`<dt>address</dt><dd>${entry.source_address}</dd>`}
    ${entry.request_id && html`<dt>request</dt><dd>${entry.request_id}</dd>`}
    ${entry.idempotency_key && html`<dt>idempotency key</dt><dd>${entry.idempotency_key}</dd>`}
  </dl>`;

/** @param {{instant: string}} props shows how long ago an instant is, and the instant itself as a tooltip */
export const Ago = ({ instant }) => html`<time datetime=${instant} title=${dateTime(instant)}>${ago(instant)}</time>`;
