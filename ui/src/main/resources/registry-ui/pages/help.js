/** Keyboard shortcuts and marks. */
import { html } from '../app/html.js';
import { Heading } from '../parts/frame.js';
import { Status, STATUSES } from '../parts/status.js';

const KEYS = [
  ['/', 'search'], ['t', 'moment'], ['[', 'previous change'], [']', 'next change'], ['n', 'now'], ['j', 'next row'], ['k', 'previous row'],
  ['arrows', 'next instance in the cells of a service'],
  ['y', 'copy a link to the moment'], ['.', 'copy the first request as a curl command'],
  ['g s', 'services'], ['g h', 'history'], ['g c', 'compare'], ['g i', 'incident'], ['g y', 'system'], ['g a', 'access'], ['Esc', 'close a dialog'],
  ['?', 'this page'],
];

export default function HelpPage() {
  return html`
    <${Heading} text="Help" />
    <section class="panel">
      <h2>Moments</h2>
      <p>The field “at” takes an instant (2026-11-23T03:12:00Z), a position (1234) or an age (-15m). Every panel then shows that moment.
        “vs” takes a second moment, and lists mark what is different from it. “Copy link” copies its position, so that the link shows the same for all time.</p>
      <h2>Keys</h2>
      <dl class="facts">${KEYS.map(([key, meaning]) => html`<dt><kbd>${key}</kbd></dt><dd>${meaning}</dd>`)}</dl>
      <h2>Statuses</h2>
      <ul class="plain">${STATUSES.map(([status]) => html`<li><${Status} status=${status} /></li>`)}</ul>
      <p><a href="/docs">Description of the API</a></p>
    </section>`;
}
