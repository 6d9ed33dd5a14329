/** API keys: who owns them, and how to issue, rotate and revoke them. A secret is shown once, and gone with its dialog. */
import { dateTime } from '../app/format.js';
import { html, useState } from '../app/html.js';
import { useReading } from '../app/reading.js';
import { settings } from '../app/settings.js';
import { CopyButton } from './copy.js';
import { Pager } from './pager.js';
import { Panel } from './panel.js';
import { Dialog, WriteButton, WriteDialog } from './write.js';

const REFRESH_MILLIS = 5_000;
const DAY_SECONDS = 86_400;
const MAX_DAYS = 3_650;
const MAX_OVERLAP = 604_800;
const ROLES = ['viewer', 'service', 'operator', 'admin'];

/** @param {{now: import('../app/route.js').Route}} props */
export function KeysPanel({ now }) {
  const rows = settings.get().rows;
  const reading = useReading('/admin/api-keys', { limit: rows, cursor: now.query.after }, { timeless: true, every: REFRESH_MILLIS });
  const [secret, setSecret] = useState(null);
  const empty = reading.data?.keys.length === 0 && !now.query.after;
  return html`
    <p><${WriteButton} label="Issue a key…" permission="key.admin" dialog=${(close) => html`<${IssueDialog} close=${close} show=${setSecret} />`} /></p>
    ${secret && html`<${SecretDialog} secret=${secret} close=${() => setSecret(null)} />`}
    <${Panel} reading=${reading} empty=${empty ? html`<div class="empty"><p>There are no API keys.</p></div>` : undefined}>${(data, meta) => html`
      <div>
        <table class="cards">
          <thead><tr><th scope="col">Owner</th><th scope="col">Role</th><th scope="col">Key</th><th scope="col">Description</th><th scope="col">Issued</th>
            <th scope="col">State</th><th scope="col">Actions</th></tr></thead>
          <tbody>${data.keys.map((key) => html`<${Row} key=${key.key_id} apiKey=${key} show=${setSecret} />`)}</tbody>
        </table>
        <${Pager} next=${meta.next_cursor} shown=${data.keys.length} rows=${rows} />
      </div>`}<//>`;
}

/** @param {{apiKey: any, show: (secret: any) => void}} props */
function Row({ apiKey, show }) {
  const { key_id: id, principal } = apiKey;
  const [state, good] = stateOf(apiKey);
  return html`
    <tr>
      <th scope="row">${principal}</th>
      <td data-label="Role">${apiKey.role}</td>
      <td data-label="Key"><code>…${id.slice(-4)}</code></td>
      <td data-label="Description">${apiKey.description}</td>
      <td data-label="Issued">${dateTime(apiKey.issued_at)} <span class="muted">by ${apiKey.issued_by}</span>${apiKey.rotated_at ? html`<br /><span class="muted">rotated ${dateTime(apiKey.rotated_at)}</span>` : ''}</td>
      <td data-label="State" class=${good ? 'healthy' : 'unhealthy'}>${state}</td>
      <td data-label="Actions" class="buttons">${!apiKey.revoked_at && html`
        <${WriteButton} label="Rotate…" permission="key.admin" dialog=${(close) => html`<${RotateDialog} id=${id} principal=${principal} close=${close} show=${show} />`} />
        <${WriteButton} label="Revoke…" danger=${true} permission="key.admin" dialog=${(close) => html`
          <${WriteDialog} title=${`Revoke the key …${id.slice(-4)}`} verb="Revoke" reason="required" name=${principal} close=${close} change=${{ method: 'DELETE', path: `/admin/api-keys/${id}`, keyed: false }}
            done=${`The key of ${principal} is revoked.`}><p>Requests and sessions with this key are refused within a second, on every node.</p><//>`} />`}</td>
    </tr>`;
}

/** Returns the state of a key in words, and whether it is usable. */
function stateOf({ revoked_at: revoked, expires_at: expires }) {
  if (revoked) {
    return [`✖\ufe0e revoked ${dateTime(revoked)}`, false];
  }
  if (expires && Date.parse(expires) < Date.now()) {
    return [`⌛\ufe0e expired ${dateTime(expires)}`, false];
  }
  return [expires ? `● until ${dateTime(expires)}` : '● until it is revoked', true];
}

/** @param {{close: () => void, show: (secret: any) => void}} props */
function IssueDialog({ close, show }) {
  const [form, setForm] = useState({ principal: '', role: ROLES[0], description: '', days: '90' });
  const set = (name) => (event) => setForm({ ...form, [name]: event.target.value });
  const body = { principal: form.principal.trim(), role: form.role, description: form.description.trim(), ...(form.days ? { expires_in: Number(form.days) * DAY_SECONDS } : {}) };
  return html`
    <${WriteDialog} title="Issue an API key" verb="Issue" close=${close} done=${`A key of ${body.principal} is issued.`} onDone=${(answer) => show(answer.data)}
      change=${body.principal ? { method: 'POST', path: '/admin/api-keys', body, keyed: false } : null}>
      <label class="field wide"><span>Owner</span><input type="text" name="principal" required maxlength="256" autocomplete="off" value=${form.principal} onInput=${set('principal')} /></label>
      <label class="field wide"><span>Role</span><input type="text" name="role" list="roles" required maxlength="64" autocomplete="off" value=${form.role} onInput=${set('role')} />
        <datalist id="roles">${ROLES.map((role) => html`<option value=${role} />`)}</datalist></label>
      <label class="field wide"><span>Description</span><input type="text" name="description" maxlength="256" autocomplete="off" value=${form.description} onInput=${set('description')} /></label>
      <label class="field wide"><span>Days until it expires; empty for never</span><input type="number" name="days" min="1" max=${MAX_DAYS} value=${form.days} onInput=${set('days')} /></label>
    <//>`;
}

/** @param {{id: string, principal: string, close: () => void, show: (secret: any) => void}} props */
function RotateDialog({ id, principal, close, show }) {
  const [overlap, setOverlap] = useState('300');
  return html`
    <${WriteDialog} title=${`Rotate the key …${id.slice(-4)} of ${principal}`} verb="Rotate" close=${close} done=${`The key of ${principal} has another secret.`} onDone=${(answer) => show({ principal, ...answer.data })}
      change=${{ method: 'POST', path: `/admin/api-keys/${id}/rotate`, body: { overlap: Number(overlap) }, keyed: false }}>
      <label class="field wide"><span>Seconds for which the previous secret is accepted</span>
        <input type="number" min="0" max=${MAX_OVERLAP} required value=${overlap} onInput=${(event) => setOverlap(event.target.value)} /></label>
    <//>`;
}

/** @param {{secret: any, close: () => void}} props */
const SecretDialog = ({ secret, close }) => html`
  <${Dialog} title=${`Key of ${secret.principal}`} close=${close} wide=${true}>
    <p>It is shown only here, once. Whoever has it may do what its role permits.</p>
    <pre class="content" role="region" tabindex="0" aria-label="API key">${secret.key}</pre>
    <p class="dialog-buttons"><${CopyButton} label="copy" description="Copy the key" text=${secret.key} />
      <button type="button" class="primary" onClick=${close}>Done</button></p>
  <//>`;
