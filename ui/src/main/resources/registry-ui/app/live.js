/** Follows a stream of server-sent events. `EventSource` can't send the token, so the stream is read by `fetch`. */
import { fetchWithToken } from './api.js';
import { useEffect, useRef, useState } from './html.js';

const MIN_PAUSE_MILLIS = 1_000;
const MAX_PAUSE_MILLIS = 30_000;

/** Time without a byte after which a stream counts as broken; the server sends a bookmark every 15 s. */
const SILENCE_MILLIS = 40_000;

/** Time for which a tab may be hidden before its stream is closed. */
const HIDDEN_MILLIS = 30_000;

/**
 * Follows a stream while the component is shown and the tab is visible. Returns since when it is cut; null while it is live.
 * @param {string|null} address path and query; null for no stream
 * @param {number|null} after position after which the stream begins
 * @param {(event: {type: string, id: string, data: string}) => void} onEvent
 * @returns {{cutSince: number|null}}
 */
export function useStream(address, after, onEvent) {
  const [cutSince, setCutSince] = useState(null);
  const listener = useRef(onEvent);
  listener.current = onEvent;
  const visible = useVisible();
  const ready = address !== null && after !== null && visible;
  useEffect(() => {
    if (!ready) {
      return undefined;
    }
    const abort = new AbortController();
    follow(address, String(after), abort.signal, (event) => listener.current(event), setCutSince);
    return () => abort.abort();
  }, [address, ready]);
  return { cutSince };
}

/** Returns false once the tab has been hidden for a while: browsers permit few connections to a server. */
function useVisible() {
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    let timer = 0;
    const change = () => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') {
        setVisible(true);
      } else {
        timer = setTimeout(() => setVisible(false), HIDDEN_MILLIS);
      }
    };
    document.addEventListener('visibilitychange', change);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', change);
    };
  }, []);
  return visible;
}

/**
 * @param {string} address
 * @param {string} lastId
 * @param {AbortSignal} signal
 * @param {(event: {type: string, id: string, data: string}) => void} onEvent
 * @param {(since: number|null) => void} onCut
 */
async function follow(address, lastId, signal, onEvent, onCut) {
  let pause = MIN_PAUSE_MILLIS;
  let last = lastId;
  while (!signal.aborted) {
    try {
      for await (const event of events(address, last, signal)) {
        pause = MIN_PAUSE_MILLIS;
        onCut(null);
        last = event.id || last;
        onEvent(event);
      }
    } catch {
      // A broken stream is continued below, like one that the server ended.
    }
    if (!signal.aborted) {
      onCut(Date.now());
      await wait(pause * (0.5 + Math.random() / 2), signal);
      pause = Math.min(pause * 2, MAX_PAUSE_MILLIS);
    }
  }
}

/**
 * @param {string} address
 * @param {string} lastId
 * @param {AbortSignal} signal
 */
async function* events(address, lastId, signal) {
  const connection = new AbortController();
  signal.addEventListener('abort', () => connection.abort(), { once: true });
  const headers = { Accept: 'text/event-stream', 'Last-Event-ID': lastId };
  const response = await fetchWithToken(address, { headers, signal: connection.signal });
  if (!response.ok || !response.body) {
    throw new Error(`The stream was answered with ${response.status}.`);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const timer = setTimeout(() => connection.abort(), SILENCE_MILLIS);
    const { done, value } = await reader.read().finally(() => clearTimeout(timer));
    if (done) {
      return;
    }
    const parts = (text + value).split('\n\n');
    text = parts.pop() ?? '';
    yield* parts.map(parseEvent);
  }
}

/**
 * Parses one event.
 * @param {string} block lines of the event
 */
export function parseEvent(block) {
  const event = { type: 'message', id: '', data: '' };
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    const value = line.slice(colon + 1).replace(/^ /, '');
    switch (line.slice(0, colon)) {
      case 'event':
        event.type = value;
        break;
      case 'id':
        event.id = value;
        break;
      case 'data':
        event.data += value;
        break;
      default:
    }
  }
  return event;
}

/**
 * @param {number} millis
 * @param {AbortSignal} signal
 */
function wait(millis, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });
}
