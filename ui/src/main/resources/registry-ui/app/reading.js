/** Reads data for a component: once for each moment, again while it is live, and never for two moments at once. */
import { read, send } from './api.js';
import { useEffect, useRef, useState } from './html.js';
import { moment } from './moment.js';
import { useStore } from './store.js';

/**
 * State of a reading.
 * @typedef {{data: any, meta: any, error: any, loading: boolean, key: string, at: number, path: string, query: Record<string, any>, again: () => void}} Reading
 */

/**
 * Reads a path, and again when its parameters or the moment change. The rows of the same moment stay while others of it
 * are loaded; those of another moment are never shown.
 * @param {string|null} path below `/api/v1`; null to read nothing
 * @param {Record<string, any>} [query]
 * @param {{every?: number, timeless?: boolean, scope?: string, tick?: number}} [options] `every`: milliseconds after which
 *     data of now is read again; `timeless`: the request names no moment of its own; `scope`: data of another scope is
 *     never kept; `tick`: a change of it reads again
 * @returns {Reading}
 */
export function useReading(path, query = {}, options = {}) {
  useStore(moment);
  const { every = 0, timeless = false, scope = '', tick = 0 } = options;
  const momentKey = timeless ? `timeless ${scope}` : moment.key();
  const key = `${momentKey} ${path} ${JSON.stringify(query)}`;
  const [state, setState] = useState({ key: '', momentKey: '', data: null, meta: {}, error: null, at: 0 });
  const [round, setRound] = useState(0);
  const latest = useRef(key);
  latest.current = key;

  useEffect(() => {
    if (path === null) {
      return undefined;
    }
    const abort = new AbortController();
    (timeless ? send : read)(path, query, abort.signal).then(
      ({ data, meta }) => {
        if (latest.current === key) {
          setState({ key, momentKey, data, meta, error: null, at: Date.now() });
        }
      },
      (error) => {
        if (latest.current === key && error.name !== 'AbortError') {
          setState((before) => ({ ...(before.momentKey === momentKey ? before : EMPTY), key, momentKey, error }));
        }
      },
    );
    return () => abort.abort();
  }, [key, round, tick]);

  const shown = state.momentKey === momentKey ? state : EMPTY;
  const status = shown.error?.problem?.status ?? 0;
  // A refusal stays one until something changes; an outage ends on its own.
  const refused = status >= 400 && status < 500;
  const live = timeless || momentKey === 'now';
  useInterval(() => setRound((count) => count + 1), live && !refused ? every : 0);
  return { ...shown, path: path ?? '', query, loading: shown.key !== key, again: () => setRound((count) => count + 1) };
}

const EMPTY = { key: '', momentKey: '', data: null, meta: {}, error: null, at: 0 };

/**
 * Calls a function repeatedly while the tab is visible.
 * @param {() => void} action
 * @param {number} millis 0 for never
 */
export function useInterval(action, millis) {
  const latest = useRef(action);
  latest.current = action;
  useEffect(() => {
    if (!millis) {
      return undefined;
    }
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') {
        latest.current();
      }
    }, millis);
    return () => clearInterval(timer);
  }, [millis]);
}
