/** The address is the state of the page: parses it, and changes it. */
import { createStore } from './store.js';

const ROOT = '/ui/';

/** Parameters that stay in the address from page to page. */
const LASTING = ['at', 'store', 'vs'];

/**
 * Address of a page.
 * @typedef {{page: string, id: string, tab: string, query: Record<string, string>}} Route
 */

export const route = createStore(parse(location));

/**
 * Parses an address, such as `/ui/services/payments/history?at=1234`.
 * @param {{pathname: string, search: string}} address
 * @returns {Route}
 */
export function parse(address) {
  const [page = '', id = '', tab = ''] = address.pathname.slice(ROOT.length).split('/').map(decoded);
  return { page: page || 'services', id, tab, query: Object.fromEntries(new URLSearchParams(address.search)) };
}

/**
 * Returns the address of a page, with the moment of the present one.
 * @param {string[]} path parts, which are encoded here
 * @param {Record<string, string|number|undefined>} [query] empty and undefined values are left out
 */
export function href(path, query = {}) {
  const kept = Object.fromEntries(LASTING.map((name) => [name, route.get().query[name]]));
  return address(path, { ...kept, ...query });
}

/**
 * Changes parameters of the present address.
 * @param {Record<string, string|number|undefined>} changes empty and undefined values remove a parameter
 * @param {boolean} [replace] true to leave no entry in the browser's history
 */
export function changeQuery(changes, replace = false) {
  const { page, id, tab, query } = route.get();
  const path = [page, id, tab].filter((part) => part !== '');
  navigate(address(path, { ...query, ...changes }), replace);
}

/**
 * Shows another address.
 * @param {string} target path and query
 * @param {boolean} [replace]
 */
export function navigate(target, replace = false) {
  if (target !== location.pathname + location.search) {
    history[replace ? 'replaceState' : 'pushState'](null, '', target);
    route.set(parse(location));
  }
}

/** Follows the browser's buttons, and links to pages of the UI without loading the page again. */
export function followLinks() {
  addEventListener('popstate', () => route.set(parse(location)));
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (link && plain && link.origin === location.origin && link.pathname.startsWith(ROOT) && !link.hash) {
      event.preventDefault();
      navigate(link.pathname + link.search);
    }
  });
}

/**
 * @param {string[]} path
 * @param {Record<string, string|number|undefined>} query
 */
function address(path, query) {
  const kept = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(kept.map(([name, value]) => [name, String(value)])).toString();
  return ROOT + path.map(encodeURIComponent).join('/') + (search ? `?${search}` : '');
}

/** @param {string} part */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
