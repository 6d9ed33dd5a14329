/** Field whose text is part of the address. */
import { html, useEffect, useRef, useState } from '../app/html.js';
import { changeQuery, route } from '../app/route.js';

/** Time after the last key before the list is asked. */
const TYPING_REST_MILLIS = 200;

/** @param {{name: string, label: string, placeholder?: string}} props `name`: parameter of the address */
export function SearchField({ name, label, placeholder }) {
  const given = route.get().query[name] ?? '';
  const [text, setText] = useState(given);
  const timer = useRef(0);
  useEffect(() => setText(given), [given]);
  const type = (event) => {
    setText(event.target.value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => changeQuery({ [name]: event.target.value.trim(), after: '', page: '' }, true), TYPING_REST_MILLIS);
  };
  return html`
    <label class="field"><span>${label}</span>
      <input type="search" data-search=${name} value=${text} placeholder=${placeholder ?? ''} maxlength="128" onInput=${type} />
    </label>`;
}

/** @param {{name: string, label: string, choices: [string, string][]}} props value and text of each choice */
export function ChoiceField({ name, label, choices }) {
  const value = route.get().query[name] ?? choices[0][0];
  const choose = (event) => changeQuery({ [name]: event.target.value === choices[0][0] ? '' : event.target.value, after: '', page: '' });
  return html`
    <label class="field"><span>${label}</span>
      <select value=${value} onChange=${choose}>
        ${choices.map(([choice, text]) => html`<option value=${choice}>${text}</option>`)}
      </select>
    </label>`;
}
