/**
 * The moment that the page shows: now, or a position in the past. An instant is resolved once; all requests then name
 * the position, so that every panel is of the same moment.
 */
import { createStore } from './store.js';

/**
 * State of the moment.
 * @typedef {{state: 'now'|'resolving'|'past'|'failed', text: string, position: number|null, at: string|null, store: string|null, error: any}} Moment
 */

/** @type {Moment} */
const NOW = { state: 'now', text: '', position: null, at: null, store: null, error: null };

const state = createStore(NOW);

/** @type {Promise<number|null>} */
let resolved = Promise.resolve(null);

export const moment = {
  get: state.get,
  subscribe: state.subscribe,

  /** Returns the position that requests must name; null for now. Fails if the moment can't be resolved. */
  position: () => resolved,

  /** Returns a text that differs between any two moments. */
  key: () => (state.get().state === 'now' ? 'now' : `at ${state.get().text}`),

  /**
   * Shows another moment.
   * @param {string} text what the parameter `at` accepts; empty for now
   * @param {string} store id of the store that the address was copied from; empty for any
   * @param {(text: string) => Promise<import('./api.js').Answer>} resolve asks the API for a position and its time
   */
  show(text, store, resolve) {
    if (text === state.get().text && state.get().state !== 'failed') {
      return;
    }
    if (!text) {
      resolved = Promise.resolve(null);
      state.set(NOW);
      return;
    }
    state.set({ ...NOW, state: 'resolving', text });
    resolved = resolve(text).then((answer) => accept(text, store, answer));
    resolved.catch((error) => {
      if (state.get().text === text) {
        state.set({ ...NOW, state: 'failed', text, error });
      }
    });
  },
};

/**
 * @param {string} text
 * @param {string} store
 * @param {import('./api.js').Answer} answer
 */
function accept(text, store, answer) {
  if (store && answer.store && store !== answer.store) {
    throw Object.assign(new Error('The address is of another store'), {
      problem: {
        status: 410,
        code: 'other_store',
        title: 'The address is of another store',
        detail: 'Positions have no meaning in another store, so nothing is shown.',
      },
    });
  }
  if (state.get().text === text) {
    state.set({ ...NOW, state: 'past', text, position: answer.meta.position, at: answer.meta.at, store: answer.store });
  }
  return answer.meta.position;
}
