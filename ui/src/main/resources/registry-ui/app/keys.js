/** Keyboard shortcuts. They can be switched off, and never act while a field has the focus. */
import { settings } from './settings.js';
import { changeQuery, href, navigate } from './route.js';

/** Time within which the second key of a pair must follow. */
const PAIR_MILLIS = 1_000;

const PAGE_KEYS = { s: 'services', h: 'history', c: 'compare', i: 'incident', y: 'system', a: 'access' };

let pairUntil = 0;

export function followKeys() {
  addEventListener('keydown', (event) => {
    const field = event.target instanceof Element && event.target.closest('input, textarea, select, dialog');
    if (field || !settings.get().shortcuts || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (press(event.key)) {
      event.preventDefault();
    }
  });
}

/**
 * Does what a key means. Returns false for a key without a meaning.
 * @param {string} key
 */
function press(key) {
  const paired = Date.now() < pairUntil;
  pairUntil = 0;
  if (paired && PAGE_KEYS[key]) {
    navigate(href([PAGE_KEYS[key]]));
    return true;
  }
  switch (key) {
    case 'g':
      pairUntil = Date.now() + PAIR_MILLIS;
      return true;
    case '/':
      return focusOn('[data-search]');
    case 't':
      return focusOn('[data-moment]');
    case '[':
      return click('[data-step=previous]');
    case ']':
      return click('[data-step=next]');
    case 'n':
      changeQuery({ at: '', store: '' });
      return true;
    case 'j':
      return moveRow(1);
    case 'k':
      return moveRow(-1);
    case 'y':
      return click('[data-copy=link]');
    case '.':
      return click('[data-copy=curl]');
    case '?':
      navigate(href(['help']));
      return true;
    default:
      return false;
  }
}

/** @param {string} selector */
function focusOn(selector) {
  const found = document.querySelector(selector);
  found?.focus();
  return found !== null;
}

/** @param {string} selector */
function click(selector) {
  const found = document.querySelector(selector);
  found?.click();
  return found !== null;
}

/**
 * Moves the focus to the link of the next or previous row of the first table.
 * @param {number} step
 */
function moveRow(step) {
  const links = [...document.querySelectorAll('tbody tr > :first-child a')];
  const index = links.indexOf(document.activeElement);
  const next = links[index < 0 ? 0 : index + step];
  next?.focus();
  return next !== undefined;
}
