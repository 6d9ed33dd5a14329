/** Two moments of the address, and the service that a page is limited to. */
import { html, useEffect, useState } from '../app/html.js';
import { changeQuery } from '../app/route.js';

/** Fields by the parameter of the address: label, example, and maximum length. */
const FIELDS = [
  ['from', 'From', '-1h, 1234, 2026-11-23T03:12:00Z', 64],
  ['to', 'To', 'now', 64],
  ['service', 'Service', 'all', 128],
];

/** @param {{query: Record<string, string>, verb: string, children?: any}} props */
export function MomentFields({ query, verb, children }) {
  const given = FIELDS.map(([name]) => query[name] ?? '');
  const [texts, setTexts] = useState(given);
  useEffect(() => setTexts(given), [given.join('\n')]);
  const show = (event) => {
    event.preventDefault();
    changeQuery({ ...Object.fromEntries(FIELDS.map(([name], index) => [name, texts[index].trim()])), after: '', page: '' });
  };
  return html`
    <form class="tools" onSubmit=${show}>
      ${FIELDS.map(([name, label, example, length], index) => html`
        <label class="field"><span>${label}</span>
          <input type="text" name=${name} placeholder=${example} maxlength=${length} autocomplete="off" value=${texts[index]}
            data-search=${name === 'service' ? name : undefined} data-moment=${name === 'from' ? true : undefined}
            onInput=${(event) => setTexts(texts.map((text, at) => (at === index ? event.target.value : text)))} /></label>`)}
      <button type="submit">${verb}</button>
      ${children}
    </form>`;
}
