/** What is different between two moments: by service and instance, with who changed it last, and why. */
import { readText } from '../app/api.js';
import { Fragment, html, useState } from '../app/html.js';
import { useReading } from '../app/reading.js';
import { settings } from '../app/settings.js';
import { CopyButton } from '../parts/copy.js';
import { Differences, DifferenceSummary } from '../parts/differences.js';
import { Heading } from '../parts/frame.js';
import { MomentFields } from '../parts/moment-fields.js';
import { Pager } from '../parts/pager.js';
import { Panel, Problem } from '../parts/panel.js';
import { RestoreButton } from '../parts/restore.js';

/** @param {{now: import('../app/route.js').Route}} props */
export default function ComparePage({ now }) {
  const { from = '', to = '', service = '', after } = now.query;
  const rows = settings.get().rows;
  const reading = useReading(from ? '/diff' : null, { from, to, service_name: service, limit: rows, cursor: after }, { timeless: true });
  const empty = reading.data && reading.data.changes.length === 0 && !after;
  return html`
    <${Heading} text="Compare" />
    <${MomentFields} query=${now.query} verb="Compare">
      ${reading.data && html`<${CopyButton} name="link" label="copy link" description="Copy a link with the positions of both moments"
        text=${linkOf(reading.data)} />`}
    <//>
    ${from
      ? html`<${Panel} reading=${reading} empty=${empty ? html`<${DifferenceSummary} data=${reading.data} /><div class="empty"><p>Nothing is different between these moments.</p></div>` : undefined}>
          ${(data, meta) => html`
            <${Fragment}>
              <${DifferenceSummary} data=${data} />
              <${JsonPatch} data=${data} service=${service} />
              <${Differences} changes=${data.changes} action=${(name) => html`<${RestoreButton} service=${name} at=${data.from.position} />`} />
              <${Pager} next=${meta.next_cursor} shown=${data.changes.length} rows=${rows} />
            <//>`}
        <//>`
      : html`<div class="empty"><p>Type the moment to compare with: an age such as -1h, a position, or an instant.</p></div>`}`;
}

/** Returns the address of this page with positions, so that it shows the same for all time. */
function linkOf(data) {
  const link = new URL(location.href);
  link.searchParams.set('from', String(data.from.position));
  link.searchParams.set('to', String(data.to.position));
  return link.toString();
}

/** @param {{data: any, service: string}} props */
function JsonPatch({ data, service }) {
  const [text, setText] = useState('');
  const [error, setError] = useState(null);
  const query = { from: data.from.position, to: data.to.position, service_name: service };
  const load = () => readText('/diff', query, 'application/json-patch+json').then(setText, setError);
  return html`
    <details onToggle=${(event) => event.target.open && !text && load()}><summary>JSON Patch</summary>
      ${error && html`<${Problem} error=${error} again=${load} />`}
      ${text && html`<${CopyButton} label="copy" description="Copy the JSON Patch" text=${text} />
        <pre class="scroll" role="region" tabindex="0" aria-label="JSON Patch">${text}</pre>`}
    </details>`;
}
