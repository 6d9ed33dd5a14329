/** Length of the window of time that a page shows. */
import { html } from '../app/html.js';
import { changeQuery } from '../app/route.js';

export const WINDOWS = ['15m', '1h', '6h', '24h', '7d', '30d'];

const LENGTH = /^[1-9]\d{0,6}[smhd]$/;

/**
 * Returns the window of an address; the usual one if there is none, or none that can be read.
 * @param {Record<string, string>} query
 * @param {string} [usual]
 */
export const windowOf = (query, usual = '24h') => (LENGTH.test(query.window ?? '') ? query.window : usual);

/** @param {{window: string, hidden?: boolean}} props */
export const WindowField = ({ window, hidden = true }) => html`
  <label class="field"><span class=${hidden ? 'hidden' : undefined}>Window</span>
    <select value=${window} onChange=${(event) => changeQuery({ window: event.target.value })}>
      ${(WINDOWS.includes(window) ? WINDOWS : [...WINDOWS, window]).map((length) => html`<option value=${length}>${length}</option>`)}
    </select>
  </label>`;
