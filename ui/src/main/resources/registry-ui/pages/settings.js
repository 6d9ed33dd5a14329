/** Settings of this browser. */
import { html } from '../app/html.js';
import { changeSettings, settings } from '../app/settings.js';
import { useStore } from '../app/store.js';
import { Heading } from '../parts/frame.js';

/** Setting, label, and choices with their texts. */
const CHOICES = [
  ['theme', 'Theme', [['system', 'as the system'], ['light', 'light'], ['dark', 'dark']]],
  ['density', 'Density', [['compact', 'compact'], ['comfortable', 'comfortable']]],
  ['zone', 'Times', [['utc', 'UTC'], ['local', 'local']]],
  ['rows', 'Rows per page', [['50', '50'], ['100', '100'], ['500', '500']]],
];

export default function SettingsPage() {
  const now = useStore(settings);
  const change = (name, value) => changeSettings({ [name]: name === 'rows' ? Number(value) : value });
  return html`
    <${Heading} text="Settings" />
    <section class="panel form">
      ${CHOICES.map(([name, label, choices]) => html`
        <label class="field"><span>${label}</span>
          <select value=${String(now[name])} onChange=${(event) => change(name, event.target.value)}>
            ${choices.map(([value, text]) => html`<option value=${value}>${text}</option>`)}
          </select>
        </label>`)}
      <label class="check"><input type="checkbox" checked=${now.shortcuts} onChange=${() => changeSettings({ shortcuts: !now.shortcuts })} /> Keyboard shortcuts</label>
      <p class="muted">Stored in this browser only. Credentials are never stored here.</p>
    </section>`;
}
