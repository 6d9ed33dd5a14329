/** History of all services, instances, configurations and keys. */
import { html } from '../app/html.js';
import { Entries, removeFilter } from '../parts/entries.js';
import { Heading } from '../parts/frame.js';
import { ChoiceField, SearchField } from '../parts/search.js';

const ACTIONS = ['register', 'update', 'deregister', 'revive', 'expire', 'remove', 'health', 'circuit', 'monitor', 'preserve', 'grace', 'reset',
  'drop', 'key', 'configure'];

/** Filters by the name of the address's parameter and that of the API's. */
const FILTERS = [['actor', 'actor'], ['action', 'action'], ['service', 'service_name'], ['instance', 'service_id']];

/** @param {{now: import('../app/route.js').Route}} props */
export default function HistoryPage({ now }) {
  const filter = Object.fromEntries(FILTERS.map(([own, parameter]) => [parameter, now.query[own]]));
  return html`
    <${Heading} text="History" />
    <div class="tools">
      <${SearchField} name="actor" label="Actor" placeholder="whole name" />
      <${SearchField} name="service" label="Service" placeholder="whole name" />
      <${ChoiceField} name="action" label="Action" choices=${[['', 'any action'], ...ACTIONS.map((action) => [action, action])]} />
      <span class="chips">${FILTERS.filter(([own]) => now.query[own]).map(([own]) => html`
        <button type="button" class="chip" onClick=${() => removeFilter(own)}>${own}: ${now.query[own]} <span aria-hidden="true">×</span><span class="hidden">remove</span></button>`)}</span>
    </div>
    <${Entries} filter=${filter} query=${now.query} />`;
}
