/** Sends requests to the public API, and refuses answers that are not of the moment that the page shows. */
import { moment } from './moment.js';
import { authorization, renew } from './session.js';
import { createStore } from './store.js';

/** Position of the last write of this page. Readings are repeated when it changes, and answers of now include it. */
export const written = createStore(0);

/** Failure of a request: the problem that the server answered, or that it didn't answer. */
export class ApiError extends Error {
  /**
   * @param {{status: number, code: string, title: string, detail?: string, request_id?: string, errors?: any[]}} problem
   * @param {number} retryAfter seconds; 0 if the server named none
   */
  constructor(problem, retryAfter = 0) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/**
 * Answer of the API.
 * @typedef {{data: any, meta: any, text: string, store: string|null}} Answer `text`: the answer as it was sent
 */

/**
 * Reads data of the moment that the page shows: now, or a position in the past.
 * @param {string} path below `/api/v1`, with encoded parts
 * @param {Record<string, any>} [query] arrays become repeated parameters
 * @param {AbortSignal} [signal]
 * @returns {Promise<Answer>}
 */
export async function read(path, query = {}, signal = undefined) {
  const position = await moment.position();
  if (position === null) {
    return send(path, written.get() ? { ...query, min_position: written.get() } : query, signal);
  }
  const answer = await send(path, { ...query, at: position }, signal);
  if (answer.meta?.past !== true || answer.meta.position !== position) {
    throw new ApiError({ status: 0, code: 'other_moment', title: 'The answer is not of the moment that the page shows' });
  }
  return answer;
}

/**
 * Reads data that has no past, or whose moment the query names itself.
 * @param {string} path
 * @param {Record<string, any>} [query]
 * @param {AbortSignal} [signal]
 * @returns {Promise<Answer>}
 */
export async function send(path, query = {}, signal = undefined) {
  const response = await fetchWithToken(url(path, query), { signal });
  return answerOf(response);
}

/**
 * Change that a dialog asks for.
 * @typedef {{method: string, path: string, body?: any, ifMatch?: string, ifNoneMatch?: string, keyed?: boolean, unread?: boolean}} Change `body`: an
 *     object, or text that is sent as it is; `keyed`: false for the routes that refuse a key of idempotency; `unread`: true if
 *     the pages need not be read again
 */

/**
 * Sends a change. All attempts of one dialog have the same key, so that the change happens at most once.
 * @param {Change} change
 * @param {string} reason empty for none
 * @param {string} key
 * @returns {Promise<Answer>}
 */
export async function write(change, reason, key) {
  const { method, path, body, ifMatch, ifNoneMatch, keyed = true } = change;
  const headers = {
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...(reason ? { 'X-Reason': headerText(reason) } : {}),
    ...(ifMatch ? { 'If-Match': ifMatch } : {}),
    ...(ifNoneMatch ? { 'If-None-Match': ifNoneMatch } : {}),
    ...(keyed ? { 'Idempotency-Key': key } : {}),
  };
  const response = await fetchWithToken(url(path, {}), { method, headers, body: textOf(body) });
  const answer = await answerOf(response);
  if (!change.unread) {
    written.set(Math.max(written.get(), answer.meta.position ?? 0));
  }
  return answer;
}

/** Returns a random key of idempotency. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Reads a document as text, in a media type.
 * @param {string} path
 * @param {Record<string, any>} query
 * @param {string} accept
 */
export async function readText(path, query, accept) {
  const response = await fetchWithToken(url(path, query), { headers: { Accept: accept } });
  return response.ok ? response.text() : (await answerOf(response)).text;
}

/**
 * Sends a request with the token of the page; once more with another token if the first is no longer valid.
 * @param {string} address
 * @param {RequestInit & {headers?: Record<string, string>}} options
 */
export async function fetchWithToken(address, options) {
  try {
    const response = await attempt(address, options);
    return response.status === 401 && (await renew()) ? await attempt(address, options) : response;
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') {
      throw failure;
    }
    throw new ApiError({ status: 0, code: 'offline', title: 'The registry does not answer' });
  }
}

/**
 * Returns the address of a request.
 * @param {string} path
 * @param {Record<string, any>} query undefined and empty values are left out
 */
export function url(path, query) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') {
        parameters.append(name, String(one));
      }
    }
  }
  const search = parameters.toString();
  return `/api/v1${path}${search ? `?${search}` : ''}`;
}

/**
 * Returns the request as a command for a terminal. It has variables in place of the server and the token.
 * @param {string} path
 * @param {Record<string, any>} query
 */
export function curl(path, query) {
  return `curl -H "Authorization: Bearer $REGISTRY_TOKEN" "$REGISTRY${url(path, query)}"`;
}

/**
 * Returns a change as a command for a terminal.
 * @param {Change} change
 * @param {string} reason
 */
export function curlOf(change, reason) {
  const { method, path, body, ifMatch, ifNoneMatch } = change;
  const parts = [`curl -X ${method} "$REGISTRY${url(path, {})}"`, '-H "Authorization: Bearer $REGISTRY_TOKEN"'];
  if (reason) {
    parts.push(`-H ${quoted(`X-Reason: ${reason}`)}`);
  }
  if (ifMatch) {
    parts.push(`-H ${quoted(`If-Match: ${ifMatch}`)}`);
  }
  if (ifNoneMatch) {
    parts.push(`-H ${quoted(`If-None-Match: ${ifNoneMatch}`)}`);
  }
  if (body !== undefined) {
    parts.push("-H 'Content-Type: application/json'", `-d ${quoted(textOf(body))}`);
  }
  return parts.join(' \\\n  ');
}

/** Quotes a text for a shell. */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** Returns the text of a body; undefined for none. */
const textOf = (body) => (body === undefined || typeof body === 'string' ? body : JSON.stringify(body));

/** Returns a text as the value of a header, which has one character for each byte of its UTF-8. */
const headerText = (text) => String.fromCharCode(...new TextEncoder().encode(text));

/**
 * @param {string} address
 * @param {RequestInit & {headers?: Record<string, string>}} options
 */
async function attempt(address, options) {
  const token = await authorization();
  const headers = { Accept: 'application/json', ...options.headers, ...(token ? { Authorization: token } : {}) };
  return fetch(address, { ...options, headers, credentials: 'omit' });
}

/**
 * Reads an answer; fails with its problem unless it is a success.
 * @param {Response} response
 * @returns {Promise<Answer>}
 */
async function answerOf(response) {
  const text = await response.text();
  const body = parsed(text, response.status);
  if (!response.ok) {
    throw new ApiError(body, Number(response.headers.get('Retry-After') ?? 0));
  }
  return { data: body.data, meta: body.meta ?? {}, text, store: response.headers.get('X-Registry-Store') };
}

/**
 * @param {string} text
 * @param {number} status
 */
function parsed(text, status) {
  try {
    return JSON.parse(text);
  } catch {
    return { status, code: 'unreadable', title: 'The answer of the registry can not be read' };
  }
}
