/** Changes several instances: one request each, with an outcome each. */
import { newKey, write } from '../app/api.js';
import { html, useState } from '../app/html.js';
import { Dialog, WriteButton } from './write.js';

/** Instances that may be changed at once. */
export const MAX_SELECTED = 100;

/** Changes with their label, and the body that makes them. */
const CHANGES = [
  ['Maintenance…', 'Put into maintenance', { status: 'maintenance' }],
  ['Drain…', 'Drain', { status: 'draining' }],
  ['Activate…', 'Make active', { status: 'active' }],
  ['Weight…', 'Set the weight', null],
];

/** @param {{ids: string[], clear: () => void}} props selected instances */
export function BulkActions({ ids, clear }) {
  if (ids.length === 0) {
    return null;
  }
  return html`
    <p class="buttons wrap bulk" role="group" aria-label="Actions for the selected instances">
      <strong>${ids.length} selected</strong>
      ${CHANGES.map(([label, title, body]) => html`
        <${WriteButton} key=${label} label=${label} permission="instance.write"
          dialog=${(close) => html`<${BulkDialog} title=${title} ids=${ids} body=${body} close=${close} />`} />`)}
      <button type="button" class="quiet" onClick=${clear}>Select none</button>
    </p>`;
}

/** @param {{title: string, ids: string[], body: any, close: () => void}} props `body`: null to ask for the weight */
function BulkDialog({ title, ids, body, close }) {
  const [reason, setReason] = useState('');
  const [weight, setWeight] = useState('100');
  const [outcomes, setOutcomes] = useState(null);
  const [busy, setBusy] = useState(false);
  const send = async (event) => {
    event.preventDefault();
    setBusy(true);
    const found = {};
    for (const id of ids) {
      const change = { method: 'PUT', path: `/services/${encodeURIComponent(id)}`, body: body ?? { weight: Number(weight) } };
      found[id] = await write(change, reason.trim(), newKey()).then(
        ({ meta }) => ({ text: `done, position ${meta.position}`, good: true }),
        (error) => ({ text: error.problem?.detail ?? error.message, good: false }),
      );
      setOutcomes({ ...found });
    }
    setBusy(false);
  };
  const ended = outcomes !== null && !busy;
  return html`
    <${Dialog} title=${`${title}: ${ids.length === 1 ? ids[0] : `${ids.length} instances`}`} close=${close} wide=${true}>
      <form onSubmit=${send}>
        ${body === null && html`<label class="field wide"><span>Weight; 0 gets no traffic</span>
          <input type="number" min="0" max="65535" required value=${weight} onInput=${(event) => setWeight(event.target.value)} /></label>`}
        <label class="field wide"><span>Reason (optional)</span>
          <input type="text" maxlength="512" autocomplete="off" value=${reason} onInput=${(event) => setReason(event.target.value)} /></label>
        <div class="scroll" role="region" tabindex="0" aria-label="Instances">
          <table><thead><tr><th scope="col">Instance</th><th scope="col">Outcome</th></tr></thead><tbody>${ids.map((id) => html`
            <tr key=${id}><th scope="row">${id}</th>
              <td class=${outcomes?.[id]?.good === false ? 'unhealthy' : undefined}>${outcomes?.[id]?.text ?? (busy ? 'waits' : '')}</td></tr>`)}</tbody></table>
        </div>
        <p class="dialog-buttons"><button type="button" onClick=${close}>${ended ? 'Close' : 'Cancel'}</button>
          ${!ended && html`<button type="submit" class="primary" disabled=${busy} aria-busy=${busy}>${title}</button>`}</p>
      </form>
    <//>`;
}
