/** Pages of a list. The address names the page, so that the browser's buttons work. */
import { html } from '../app/html.js';
import { changeQuery, route } from '../app/route.js';
import { number } from '../app/format.js';

/**
 * @param {{next?: string, shown: number, total?: number, rows: number}} props `next`: cursor of the next page; `rows`: rows
 *     of a whole page
 */
export function Pager({ next, shown, total, rows }) {
  const { after, page = '1' } = route.get().query;
  const number1 = (Number(page) - 1) * rows + 1;
  const range = shown ? `${number(number1)}–${number(number1 + shown - 1)}${total === undefined ? '' : ` of ${number(total)}`}` : '0';
  return html`
    <nav class="pager" aria-label="Pages of the list">
      <span>${range}</span>
      <button type="button" disabled=${!after} onClick=${() => changeQuery({ after: '', page: '' })}>First</button>
      <button type="button" disabled=${!after} onClick=${() => history.back()}>Previous</button>
      <button type="button" disabled=${!next} onClick=${() => changeQuery({ after: next, page: Number(page) + 1 })}>Next</button>
    </nav>`;
}
