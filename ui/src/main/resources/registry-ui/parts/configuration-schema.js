/** Schema that the configurations of a service must satisfy. */
import { written } from '../app/api.js';
import { html } from '../app/html.js';
import { indented, memberText } from '../app/json.js';
import { moment } from '../app/moment.js';
import { useReading } from '../app/reading.js';
import { useStore } from '../app/store.js';
import { ConfigurationEditor } from './configuration-editor.js';
import { Panel } from './panel.js';
import { WriteButton, WriteDialog } from './write.js';

const FIRST = '{\n  "type": "object"\n}';

/** @param {{name: string}} props */
export function SchemaPanel({ name }) {
  const live = useStore(moment).state === 'now';
  const path = `/configurations/${encodeURIComponent(name)}/schema`;
  const reading = useReading(live ? path : null, { min_position: written.get() || undefined }, { timeless: true, scope: moment.key() });
  if (!live) {
    return html`<section class="panel"><p class="muted">Only known of now.</p></section>`;
  }
  const editor = (base, text) => (close) => html`
    <${ConfigurationEditor} path=${path} name=${name} member="schema" base=${base} text=${text} tag=${(number) => `"s${number}"`} close=${close} />`;
  if (reading.error?.problem?.code === 'unknown_schema' || reading.error?.problem?.code === 'unknown_configuration') {
    return html`<section class="panel"><div class="empty"><p>${name} has declared no schema: its configuration may be any JSON object.</p>
      <${WriteButton} label="Declare a schema…" permission="configuration.write" dialog=${editor(null, FIRST)} /></div></section>`;
  }
  return html`<${Panel} reading=${reading} title=${reading.data ? `Schema, revision ${reading.data.revision}` : undefined}>${(data) => {
    const text = indented(memberText(reading.text, ['data', 'schema']) ?? '');
    return html`
      <div>
        <p class="buttons wrap">
          <${WriteButton} label="Edit…" permission="configuration.write" dialog=${editor(data.revision, text)} />
          <${WriteButton} label="Remove…" danger=${true} permission="configuration.write" dialog=${(close) => html`
            <${WriteDialog} title=${`Remove the schema of ${name}`} verb="Remove" reason="required" close=${close} done=${`${name} has no schema.`}
              change=${{ method: 'DELETE', path, ifMatch: `"s${data.revision}"` }}><p>Any JSON object may then be stored as its configuration.</p><//>`} />
        </p>
        <pre class="content" role="region" tabindex="0" aria-label="Schema">${text}</pre>
      </div>`;
  }}<//>`;
}
