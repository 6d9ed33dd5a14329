/** Bridges to other registries: what they bring, and how late. */
import { number } from '../app/format.js';
import { html } from '../app/html.js';
import { useReading } from '../app/reading.js';
import { Panel } from './panel.js';
import { Ago } from './who.js';
import { WriteButton, WriteDialog } from './write.js';

const REFRESH_MILLIS = 3_000;

export function BridgesPanel() {
  const reading = useReading('/admin/bridges', {}, { timeless: true, every: REFRESH_MILLIS });
  return html`<${Panel} reading=${reading} empty=${reading.data?.bridges.length === 0 ? html`<div class="empty"><p>This process has no bridges to other registries.</p></div>` : undefined}>
    ${(data) => html`
      <table class="cards">
        <thead><tr><th scope="col">Bridge</th><th scope="col">State</th><th scope="col" class="number">Imported</th><th scope="col" class="number">Exported</th>
          <th scope="col" class="number">Refused</th><th scope="col">Last change</th><th scope="col">Actions</th></tr></thead>
        <tbody>${data.bridges.map((bridge) => html`
          <tr key=${bridge.name}><th scope="row">${bridge.name} <span class="muted">${bridge.kind}, ${bridge.direction}</span></th>
            <td data-label="State" class=${bridge.state === 'running' ? 'healthy' : 'unhealthy'}>${bridge.state}${bridge.last_error ? html` <span class="muted">${bridge.last_error}</span>` : ''}</td>
            <td class="number" data-label="Imported">${number(bridge.imported)}</td><td class="number" data-label="Exported">${number(bridge.exported)}</td>
            <td class="number" data-label="Refused">${number(bridge.refused)}</td>
            <td data-label="Last change">${bridge.last_change_at ? html`<${Ago} instant=${bridge.last_change_at} />` : 'none yet'}</td>
            <td data-label="Actions"><${PauseButton} bridge=${bridge} /></td></tr>`)}</tbody>
      </table>`}<//>`;
}

/** @param {{bridge: any}} props */
function PauseButton({ bridge }) {
  const paused = bridge.state === 'paused';
  const verb = paused ? 'Resume' : 'Pause';
  const name = encodeURIComponent(bridge.name);
  const path = paused ? `/admin/bridges/${name}/resume` : `/admin/bridges/${name}/pause`;
  return html`<${WriteButton} label=${`${verb}…`} permission="bridge.admin" dialog=${(close) => html`
    <${WriteDialog} title=${`${verb} ${bridge.name}`} verb=${verb} reason="none" close=${close} done=${`${bridge.name}: ${verb.toLowerCase()}d.`} change=${{ method: 'POST', path, keyed: false }}>
      <p>${paused ? 'The bridge continues to make both sides equal.' : 'The bridge writes nothing until it is resumed.'}</p><//>`} />`;
}
