/** Settings of this browser. The only module that uses `localStorage`; it stores nothing else. */
import { createStore } from './store.js';

const KEY = 'registry-settings';

/** @typedef {{theme: 'system'|'light'|'dark', density: 'compact'|'comfortable', zone: 'utc'|'local', rows: number, shortcuts: boolean}} Settings */

/** @type {Settings} */
const DEFAULTS = { theme: 'system', density: 'compact', zone: 'utc', rows: 100, shortcuts: true };

export const settings = createStore(stored());

/**
 * Changes and stores some settings.
 * @param {Partial<Settings>} changes
 */
export function changeSettings(changes) {
  settings.set({ ...settings.get(), ...changes });
  try {
    localStorage.setItem(KEY, JSON.stringify(settings.get()));
  } catch {
    // A browser without storage keeps the settings for this page only.
  }
  applyTheme();
}

/** Sets the attributes of the document that the style sheet depends on. */
export function applyTheme() {
  const { theme, density } = settings.get();
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  document.documentElement.dataset.density = density;
}

/** @returns {Settings} */
function stored() {
  try {
    return { ...DEFAULTS, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') };
  } catch {
    return DEFAULTS;
  }
}
