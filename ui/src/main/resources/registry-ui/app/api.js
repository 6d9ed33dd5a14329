/** Sends requests to the public API, and refuses answers that are not of the moment that the page shows. */
import { moment } from './moment.js';
import { authorization, renew } from './session.js';

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
 * @typedef {{data: any, meta: any, store: string|null}} Answer
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
    return send(path, query, signal);
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
  const body = await parsed(response);
  if (!response.ok) {
    throw new ApiError(body, Number(response.headers.get('Retry-After') ?? 0));
  }
  return { data: body.data, meta: body.meta ?? {}, store: response.headers.get('X-Registry-Store') };
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
 * @param {string} address
 * @param {RequestInit & {headers?: Record<string, string>}} options
 */
async function attempt(address, options) {
  const token = await authorization();
  const headers = { Accept: 'application/json', ...options.headers, ...(token ? { Authorization: token } : {}) };
  return fetch(address, { ...options, headers, credentials: 'omit' });
}

/** @param {Response} response */
async function parsed(response) {
  try {
    return await response.json();
  } catch {
    return { status: response.status, code: 'unreadable', title: 'The answer of the registry can not be read' };
  }
}
