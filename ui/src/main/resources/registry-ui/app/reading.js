/** Reads data for a component: once for each moment, again while it is live, and never for two moments at once. */
import { read, send, written } from './api.js';
import { useEffect, useRef, useState } from './html.js';
import { moment } from './moment.js';
import { useStore } from './store.js';

/**
 * State of a reading.
 * @typedef {{data: any, meta: any, text: string, error: any, loading: boolean, key: string, at: number, path: string, query: Record<string, any>, again: () => void}} Reading
 */

/**
 * Reads a path, and again when its parameters or the moment change. The rows of the same moment stay while others of it
 * are loaded; those of another moment are never shown.
 * @param {string|null} path below `/api/v1`; null to read nothing
 * @param {Record<string, any>} [query]
 * @param {{every?: number, timeless?: boolean, scope?: string, atLeast?: number}} [options] `every`: milliseconds after which
 *     data of now is read again; `timeless`: the request names no moment of its own; `scope`: data of another scope is
 *     never kept; `atLeast`: position of a change; another one reads again, until data of now includes it
 * @returns {Reading}
 */
export function useReading(path, query = {}, options = {}) {
  useStore(moment);
  const change = useStore(written);
  const { every = 0, timeless = false, scope = '', atLeast = 0 } = options;
  const momentKey = timeless ? `timeless ${scope}` : moment.key();
  const key = `${momentKey} ${path} ${JSON.stringify(query)}`;
  const [state, setState] = useState({ key: '', momentKey: '', data: null, meta: {}, text: '', error: null, at: 0 });
  const [round, setRound] = useState(0);
  const pending = useRef(0);

  useEffect(() => {
    if (path === null) {
      return undefined;
    }
    // Answers that are no longer wanted are ignored rather than aborted: for each aborted read, the server may have to
    // close a connection to its database.
    let wanted = true;
    pending.current += 1;
    (timeless ? send : read)(path, query)
      .then(
        ({ data, meta, text }) => wanted && setState({ key, momentKey, data, meta, text, error: null, at: Date.now() }),
        (error) =>
          wanted && setState((before) => ({ ...(before.momentKey === momentKey ? before : EMPTY), key, momentKey, error })),
      )
      .finally(() => {
        pending.current -= 1;
      });
    return () => {
      wanted = false;
    };
  }, [key, round, atLeast, momentKey.startsWith('at ') ? 0 : change]);

  const shown = state.momentKey === momentKey ? state : EMPTY;
  // An answer that takes longer than the interval is waited for.
  const repeat = () => pending.current === 0 && setRound((count) => count + 1);
  const behind = momentKey === 'now' && shown.error === null && shown.meta.position < atLeast;
  useInterval(repeat, behind ? BEHIND_MILLIS : pauseAfter(shown.error, timeless || momentKey === 'now' ? every : 0));
  return { ...shown, path: path ?? '', query, loading: shown.key !== key, again: () => setRound((count) => count + 1) };
}

/** Time after which a request is repeated whose answer does not include a change that a stream has announced. */
const BEHIND_MILLIS = 200;

/** Minimum time after which a request is repeated that failed because of an outage. */
const OUTAGE_MILLIS = 3_000;

/**
 * Returns the time after which to read again; 0 for never. An outage ends on its own, a refusal stays one until something
 * changes.
 * @param {any} error null for none
 * @param {number} [every] milliseconds after which to read again without an error; 0 for never
 */
export function pauseAfter(error, every = 0) {
  if (!error) {
    return every;
  }
  const status = error.problem?.status ?? 0;
  return status >= 400 && status < 500 ? 0 : Math.max(OUTAGE_MILLIS, every, (error.retryAfter ?? 0) * 1_000);
}

const EMPTY = { key: '', momentKey: '', data: null, meta: {}, text: '', error: null, at: 0 };

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
