/**
 * Signs this page in and out. The token is in a variable of this module: no storage contains it, and a reload exchanges
 * the cookie, which no script can read, for another token.
 */
import { createStore } from './store.js';

/** Time before its expiry at which a token is exchanged. */
const MARGIN_MILLIS = 20_000;

/** Time after which a request of a session counts as unanswered. */
const ANSWER_MILLIS = 10_000;

/** Time after which a session is started again that could not be, because the server did not answer. */
const RESTART_MILLIS = 3_000;

const channel = new BroadcastChannel('registry-session');

/** @type {{scheme: string, credential: string, expires: number}|null} */
let credential = null;

/** @type {Promise<void>|null} */
let exchange = null;

/** Timer of the next start of a session that failed. */
let restart = 0;

/**
 * State of the session. `failed` means that the server didn't answer.
 * @type {ReturnType<typeof createStore<{state: 'starting'|'anonymous'|'signed-in'|'signed-out'|'failed', me: any, stored: boolean}>>}
 */
export const session = createStore({ state: 'starting', me: null, stored: true });

/** Exchanges the cookie, if there is one, and reads who the caller is; again until the server answers. */
export async function startSession() {
  channel.onmessage = () => location.reload();
  clearTimeout(restart);
  await exchangeCookie();
  if (session.get().state === 'failed') {
    restart = setTimeout(startSession, RESTART_MILLIS);
  }
}

/** Returns the value of the header `Authorization`; null if the API needs none. Exchanges a token that ends soon. */
export async function authorization() {
  if (credential && credential.expires - Date.now() < MARGIN_MILLIS) {
    await exchangeCookie();
  }
  return credential && `${credential.scheme} ${credential.credential}`;
}

/** Exchanges the cookie again after the API refused the token. Returns true if there is a new token. */
export async function renew() {
  credential = null;
  await exchangeCookie();
  return credential !== null;
}

/**
 * Signs in.
 * @param {string} text API key or token
 * @returns {Promise<any>} null, or the problem that the server answered
 */
export async function signIn(text) {
  const response = await request('POST', '/ui/session', { credential: text });
  const body = await response.json();
  if (!response.ok) {
    return body;
  }
  acceptCredential(body.data);
  await readCaller(body.data.stored);
  channel.postMessage('changed');
  return null;
}

/** Ends the session in this browser, in all its tabs. */
export async function signOut() {
  // The pages are closed first, so that none of them sends a request without a token.
  session.set({ ...session.get(), state: 'signed-out', me: null });
  credential = null;
  try {
    await request('DELETE', '/ui/session');
    channel.postMessage('changed');
  } catch {
    session.set({ ...session.get(), state: 'failed' });
  }
}

/**
 * Ends all sessions of the caller's API key, in all browsers, and signs this one out.
 * @returns {Promise<any>} null, or the problem that the server answered
 */
export async function signOutEverywhere() {
  const headers = { Authorization: await authorization(), 'X-Reason': 'signed out everywhere' };
  const response = await fetch('/api/v1/auth/sessions', { method: 'DELETE', headers });
  if (!response.ok) {
    return response.json();
  }
  await signOut();
  return null;
}

function exchangeCookie() {
  exchange ??= exchangeOnce().finally(() => {
    exchange = null;
  });
  return exchange;
}

async function exchangeOnce() {
  try {
    const response = await request('POST', '/ui/session/token', {});
    const { data } = await response.json();
    if (data?.signed_in) {
      acceptCredential(data);
      await readCaller(session.get().stored);
    } else if (data && !data.required) {
      credential = null;
      await readCaller(true);
    } else {
      credential = null;
      session.set({ ...session.get(), state: 'signed-out', me: null });
    }
  } catch {
    session.set({ ...session.get(), state: session.get().me ? session.get().state : 'failed' });
  }
}

/** @param {{scheme: string, credential: string, expires_at?: string}} data */
function acceptCredential(data) {
  const expires = data.expires_at ? new Date(data.expires_at).getTime() : Infinity;
  credential = { scheme: data.scheme, credential: data.credential, expires };
}

/** @param {boolean} stored */
async function readCaller(stored) {
  const headers = credential ? { Authorization: `${credential.scheme} ${credential.credential}` } : {};
  const response = await fetch('/api/v1/whoami', { headers, signal: AbortSignal.timeout(ANSWER_MILLIS) });
  if (response.ok) {
    const me = (await response.json()).data;
    session.set({ state: me.anonymous ? 'anonymous' : 'signed-in', me, stored });
  } else {
    session.set({ state: 'signed-out', me: null, stored });
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 */
function request(method, path, body) {
  const headers = body ? { 'Content-Type': 'application/json' } : {};
  const signal = AbortSignal.timeout(ANSWER_MILLIS);
  return fetch(path, { method, headers, body: body && JSON.stringify(body), credentials: 'same-origin', signal });
}
