/** Configuration of a service: its versions, their differences, its schema, and changes with a diff before they are stored. */
import { written } from '../app/api.js';
import { dateTime } from '../app/format.js';
import { html } from '../app/html.js';
import { indented, memberText } from '../app/json.js';
import { moment } from '../app/moment.js';
import { useReading } from '../app/reading.js';
import { changeQuery, href } from '../app/route.js';
import { useStore } from '../app/store.js';
import { ConfigurationEditor } from '../parts/configuration-editor.js';
import { SchemaPanel } from '../parts/configuration-schema.js';
import { TextDiff } from '../parts/diff.js';
import { Panel, Problem } from '../parts/panel.js';
import { ServiceTabs } from '../parts/service-tabs.js';
import { Ago, Who } from '../parts/who.js';
import { WriteButton, WriteDialog } from '../parts/write.js';

const REFRESH_MILLIS = 5_000;
const MAX_VERSIONS = 100;

/** @param {{now: import('../app/route.js').Route}} props */
export default function ConfigurationPage({ now }) {
  const name = now.id;
  const schema = now.query.view === 'schema';
  return html`
    <${ServiceTabs} name=${name} tab="configuration" />
    <nav class="tabs" aria-label="Parts of the configuration">
      <a href=${href(['services', name, 'configuration'])} aria-current=${schema ? undefined : 'page'}>Versions</a>
      <a href=${href(['services', name, 'configuration'], { view: 'schema' })} aria-current=${schema ? 'page' : undefined}>Schema</a>
    </nav>
    ${schema ? html`<${SchemaPanel} name=${name} />` : html`<${Versions} name=${name} query=${now.query} />`}`;
}

/** @param {{name: string, query: Record<string, string>}} props */
function Versions({ name, query }) {
  const now = useStore(moment);
  const configurationPath = `/configurations/${encodeURIComponent(name)}`;
  const current = useReading(configurationPath, {}, { every: REFRESH_MILLIS });
  const ready = now.state === 'now' || now.state === 'past';
  // Versions never change, so those up to the moment are selected by their positions.
  const list = useReading(ready ? `${configurationPath}/versions` : null, { limit: MAX_VERSIONS, min_position: written.get() || undefined }, {
    timeless: true,
    scope: moment.key(),
    every: now.state === 'now' ? REFRESH_MILLIS : 0,
  });
  const none = current.error?.problem?.code === 'unknown_configuration';
  const versions = (list.data?.versions ?? []).filter((version) => now.state !== 'past' || version.position <= now.position);
  if (list.error?.problem?.code === 'unknown_configuration' || (none && list.data && versions.length === 0)) {
    return html`<section class="panel"><div class="empty"><p>${name} has no configuration${now.state === 'past' ? ' at this moment' : ''}.</p>
      <${WriteButton} label="Store a configuration…" permission="configuration.write"
        dialog=${(close) => html`<${ConfigurationEditor} path=${configurationPath} name=${name} base=${null} text=${'{\n  \n}'} close=${close} />`} /></div></section>`;
  }
  const shown = Number(query.version) || current.data?.version || versions[0]?.version;
  return html`
    ${current.error && !none && html`<${Problem} error=${current.error} again=${current.again} />`}
    <div class="columns">
      <${Panel} reading=${list}>${() => html`<${VersionList} versions=${versions} shown=${shown} compared=${Number(query.with)} current=${current.data?.version} />`}<//>
      <div>${shown && versions.length > 0 && html`
        <${VersionPanel} key=${shown} path=${configurationPath} name=${name} version=${versions.find(({ version }) => version === shown)} number=${shown} current=${current} none=${none} />
        ${query.with && html`<${Comparison} path=${configurationPath} from=${Number(query.with)} to=${shown} />`}`}</div>
    </div>`;
}

/** @param {{versions: any[], shown: number, compared: number, current: number|undefined}} props */
const VersionList = ({ versions, shown, compared, current }) => html`
  <ul class="plain versions">${versions.map(({ version, ...entry }) => html`
    <li key=${version} class=${version === shown ? 'chosen' : undefined}>
      <a href="#" aria-current=${version === shown ? 'true' : undefined} onClick=${(event) => show(event, { version })}><strong>Version ${version}</strong></a>
      ${version === current && html` <span class="status healthy">● current</span>`}
      ${entry.rolled_back_to && html` <span class="muted">content of version ${entry.rolled_back_to}</span>`}
      <br /><${Ago} instant=${entry.created_at} /> <${Who} entry=${{ ...entry, actor: entry.created_by }} />
      ${version !== shown && html`<br /><button type="button" class="quiet" aria-pressed=${version === compared}
        onClick=${() => changeQuery({ with: version === compared ? '' : version })}>${version === compared ? 'stop comparing' : `compare with version ${shown}`}</button>`}
    </li>`)}</ul>`;

/** Shows another version, without following the link. */
function show(event, { version }) {
  event.preventDefault();
  changeQuery({ version, with: '' });
}

/** @param {{path: string, name: string, version: any, number: number, current: import('../app/reading.js').Reading, none: boolean}} props */
function VersionPanel({ path: configurationPath, name, version, number, current, none }) {
  const reading = useReading(`${configurationPath}/versions/${number}`, {}, { timeless: true });
  const latest = current.data?.version === number;
  const text = (source) => indented(memberText(source.text, ['data', 'configuration']) ?? '');
  return html`<${Panel} reading=${reading} title=${`Version ${number}`}>${() => html`
    <div>
      <p class="buttons wrap">
        ${latest && html`<${WriteButton} label="Edit…" permission="configuration.write"
          dialog=${(close) => html`<${ConfigurationEditor} path=${configurationPath} name=${name} base=${number} text=${text(reading)} close=${close} />`} />
        <${WriteButton} label="Delete…" danger=${true} permission="configuration.write" dialog=${(close) => html`
          <${WriteDialog} title=${`Delete the configuration of ${name}`} verb="Delete" reason="required" close=${close} done=${`${name} has no configuration.`}
            change=${{ method: 'DELETE', path: configurationPath, ifMatch: `"${number}"` }}><p>The versions stay readable, and any of them can be stored again by a rollback.</p><//>`} />`}
        ${!latest && (current.data || none) && html`<${WriteButton} label=${`Roll back to version ${number}…`} permission="configuration.write"
          dialog=${(close) => html`<${RollbackDialog} path=${configurationPath} name=${name} number=${number} text=${text(reading)} current=${current} close=${close} />`} />`}
      </p>
      <dl class="facts">
        <dt>stored</dt><dd>${dateTime(reading.data.created_at)}</dd>
        <dt>valid until</dt><dd><${Until} version=${version} /></dd>
      </dl>
      <pre class="content" role="region" tabindex="0" aria-label="Content">${text(reading)}</pre>
    </div>`}<//>`;
}

/** Shows when a version was replaced; in the past only if that was before the moment. */
function Until({ version }) {
  const now = moment.get();
  const ended = version?.until && (now.state !== 'past' || version.until <= now.at);
  return ended ? dateTime(version.until) : html`<span class="muted">it is the current one</span>`;
}

/** @param {{path: string, from: number, to: number}} props */
function Comparison({ path: configurationPath, from, to }) {
  const diff = useReading(`${configurationPath}/diff`, { from, to }, { timeless: true });
  const before = useReading(`${configurationPath}/versions/${from}`, {}, { timeless: true });
  const after = useReading(`${configurationPath}/versions/${to}`, {}, { timeless: true });
  const text = (reading) => indented(memberText(reading.text, ['data', 'configuration']) ?? '');
  return html`<${Panel} reading=${diff} title=${`From version ${from} to ${to}`}>${(data) => html`
    <div>
      <${ChangedPaths} changes=${data.changes} />
      ${before.data && after.data && html`<${TextDiff} before=${text(before)} after=${text(after)} />`}
    </div>`}<//>`;
}

/** @param {{changes: any[]}} props */
const ChangedPaths = ({ changes }) => html`
  <table class="cards">
    <thead><tr><th scope="col">Path</th><th scope="col">Change</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
    <tbody>${changes.map(({ path, change, before, after }) => html`
      <tr key=${path}><th scope="row"><code>${path || '(whole)'}</code></th><td data-label="Change">${change}</td>
        <td data-label="Before">${before === undefined ? '' : html`<del>${JSON.stringify(before)}</del>`}</td>
        <td data-label="After">${after === undefined ? '' : html`<ins>${JSON.stringify(after)}</ins>`}</td></tr>`)}</tbody>
  </table>`;

/** @param {{path: string, name: string, number: number, text: string, current: any, close: () => void}} props */
function RollbackDialog({ path: configurationPath, name, number, text, current, close }) {
  const version = current.data?.version;
  const before = version ? indented(memberText(current.text, ['data', 'configuration']) ?? '') : '';
  return html`
    <${WriteDialog} title=${`Roll back ${name}`} verb=${`Roll back to version ${number}`} reason="required" wide=${true} close=${close}
      done=${(data) => `Version ${data.version} of ${name} says what version ${number} said.`}
      change=${{ method: 'POST', path: `${configurationPath}/rollback`, body: { version: number }, ifMatch: version ? `"${version}"` : undefined }}>
      <p>${version ? `Version ${version + 1} will say what version ${number} said. This changes:` : `A new version will say what version ${number} said.`}</p>
      <${TextDiff} before=${before} after=${text} />
    <//>`;
}
