/** Observable values that several components share. */
import { useEffect, useState } from './html.js';

/**
 * Creates a store.
 * @template T
 * @param {T} initial
 * @returns {{get: () => T, set: (value: T) => void, subscribe: (listener: () => void) => () => void}}
 */
export function createStore(initial) {
  let value = initial;
  const listeners = new Set();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const listener of [...listeners]) {
        listener();
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * Returns the value of a store, and renders the component again when it changes.
 * @template T
 * @param {{get: () => T, subscribe: (listener: () => void) => () => void}} store
 * @returns {T}
 */
export function useStore(store) {
  const [, render] = useState(0);
  useEffect(() => store.subscribe(() => render((count) => count + 1)), [store]);
  return store.get();
}
