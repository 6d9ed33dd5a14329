/** Why an instance is discovered or not: each rule with its result, and the change that it follows from. */
import { dateTime } from '../app/format.js';
import { Fragment, html } from '../app/html.js';
import { href } from '../app/route.js';
import { Who } from './who.js';

/** @param {{explained: any, id: string}} props */
export const Rules = ({ explained, id }) => html`
  <${Fragment}>
    <p class="sentence">${explained.summary}</p>
    <table class="cards">
      <thead><tr><th scope="col">Rule</th><th scope="col">Result</th><th scope="col">Detail</th><th scope="col">Because of</th></tr></thead>
      <tbody>${explained.rules.map((rule) => html`
        <tr><th scope="row">${rule.rule}</th>
          <td data-label="Result"><span class=${rule.passes ? 'status healthy' : 'status unhealthy'}>${rule.passes ? '● passes' : '✖\ufe0e fails'}</span></td>
          <td data-label="Detail">${rule.detail}</td>
          <td data-label="Because of">${rule.because && html`<a href=${href(['instances', id], { at: rule.because.position })}>${dateTime(rule.because.at)}</a> <${Who} entry=${rule.because} />`}</td>
        </tr>`)}</tbody>
    </table>
  <//>`;
