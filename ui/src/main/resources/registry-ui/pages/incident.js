/** What happened between two moments: the first cause, who was involved, what is different, and what can be done. */
import { dateTime, number } from '../app/format.js';
import { Fragment, html, useState } from '../app/html.js';
import { useReading } from '../app/reading.js';
import { report } from '../app/report.js';
import { changeQuery, href } from '../app/route.js';
import { CopyButton } from '../parts/copy.js';
import { Differences, DifferenceSummary } from '../parts/differences.js';
import { Entries } from '../parts/entries.js';
import { ExportButton } from '../parts/export.js';
import { Heading } from '../parts/frame.js';
import { AffectedService, OtherSigns } from '../parts/incident-signs.js';
import { MomentFields } from '../parts/moment-fields.js';
import { Panel } from '../parts/panel.js';
import { RangeLine } from '../parts/range-line.js';
import { RestoreButton } from '../parts/restore.js';
import { Who } from '../parts/who.js';

/** Range that is shown if the address names none. */
const USUAL = '-1h';

/** Entries that the causes and the report are taken from, and differences and services that are shown. */
const MAX_ENTRIES = 500;
const MAX_DIFFERENCES = 100;
const MAX_SERVICES = 5;

/** @param {{now: import('../app/route.js').Route}} props */
export default function IncidentPage({ now }) {
  const { from = USUAL, to = '', service = '' } = now.query;
  const diff = useReading('/diff', { from, to, service_name: service, limit: MAX_DIFFERENCES }, { timeless: true });
  return html`
    <${Heading} text="Incident" />
    <${MomentFields} query=${{ ...now.query, from }} verb="Show" />
    ${diff.data && html`<${RangeLine} from=${diff.data.from.at} to=${diff.data.to.at} service=${service}
      choose=${(begin, end) => changeQuery({ from: begin, to: end })} />`}
    <${Panel} reading=${diff}>${(data) => html`<${Incident} diff=${data} query=${now.query} service=${service} />`}<//>`;
}

/** @param {{diff: any, query: Record<string, string>, service: string}} props */
function Incident({ diff, query, service }) {
  const [uptimes, setUptimes] = useState({});
  const range = { from: diff.from.position + 1, to: diff.to.position };
  const same = diff.from.position >= diff.to.position;
  const causes = useReading(same ? null : '/audit', { ...range, service_name: service, order: 'asc', limit: MAX_ENTRIES }, { timeless: true });
  const entries = causes.data?.entries ?? [];
  const services = [...new Set(diff.changes.map((change) => change.service_name))].slice(0, MAX_SERVICES);
  // The time of a position is that of its fact, which may be long before the end of the range.
  const end = query.to === String(diff.to.position) ? diff.to.position : diff.to.at;
  const link = linkOf(diff);
  const known = services.filter((name) => uptimes[name] !== undefined).map((name) => ({ name, availability: uptimes[name] }));
  const markdown = report({ diff, entries, uptimes: known, notes: query.notes ?? '', link, origin: location.origin });
  return html`
    <${Fragment}>
      <${DifferenceSummary} data=${diff} />
      <p class="buttons wrap">
        <${CopyButton} name="link" label="copy link" description="Copy a link with the positions of both moments" text=${link} />
        ${(same || causes.data) && html`<${CopyButton} label="copy report" description="Copy what happened as Markdown, with links" text=${markdown} />`}
        <${ExportButton} from=${diff.from.position} to=${diff.to.position} />
      </p>
      ${entries.length > 0 && html`<${Involved} entries=${entries} more=${Boolean(causes.meta.next_cursor)} />`}
      ${services.map((name) => html`<${AffectedService} key=${name} name=${name} diff=${diff} at=${end} known=${(availability) => setUptimes((all) => ({ ...all, [name]: availability }))} />`)}
      <${OtherSigns} from=${diff.from.at} to=${diff.to.at} />
      <${Notes} text=${query.notes ?? ''} />
      <h2>What is different</h2>
      ${diff.changes.length === 0 ? html`<div class="empty"><p>Nothing is different between these moments.</p></div>`
        : html`<${Differences} changes=${diff.changes} action=${(name) => html`<${RestoreButton} service=${name} at=${diff.from.position} />`} />`}
      <h2>What happened</h2>
      ${same ? html`<p class="muted">Nothing.</p>` : html`<${Entries} filter=${{ service_name: service }} query=${{ ...range, after: query.after }} />`}
    <//>`;
}

/** Returns the address of this page with positions, so that it shows the same for all time. */
function linkOf(diff) {
  const link = new URL(location.href);
  link.searchParams.set('from', String(diff.from.position));
  link.searchParams.set('to', String(diff.to.position));
  return link.toString();
}

/** @param {{entries: any[], more: boolean}} props the first entries of the range; `more`: there are further ones */
function Involved({ entries, more }) {
  const counts = new Map();
  for (const { actor } of entries) {
    const name = actor ?? 'not recorded';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const actors = [...counts].sort((one, other) => other[1] - one[1]);
  // What the registry does itself is a consequence, as long as a caller changed something before.
  const first = entries.find((entry) => entry.actor && entry.actor !== 'registry') ?? entries[0];
  return html`
    <dl class="facts">
      <dt>first change</dt><dd><a href=${href(first.service_id ? ['instances', first.service_id] : ['history'], { at: first.position })}>${dateTime(first.at)}</a>
        ${' '}${first.summary} <${Who} entry=${first} /></dd>
      <dt>who was involved</dt><dd>${actors.map(([actor, count]) => html`
        <a class="chip-link" href=${href(['history'], { actor, from: entries[0].position, to: entries.at(-1).position })}>${actor} ${number(count)}</a> `)}
        ${more && html`<span class="muted">in the first ${number(entries.length)} changes</span>`}</dd>
    </dl>`;
}

/** @param {{text: string}} props */
const Notes = ({ text }) => html`
  <label class="field wide notes"><span>Notes, kept in the address only</span>
    <textarea rows="2" maxlength="1000" value=${text} onChange=${(event) => changeQuery({ notes: event.target.value }, true)}></textarea></label>`;
