/** Status of every instance of a service, also of those on other pages of the list: read once, and kept by the stream of changes. */
import { read } from './api.js';
import { useEffect, useRef, useState } from './html.js';
import { moment } from './moment.js';
import { useStore } from './store.js';

/** Instances that are asked at once, the most that the API permits. */
const PAGE_SIZE = 1_000;

/** Instances that are shown. */
export const MAX_CELLS = 10_000;

/** Time within which changes are shown together. */
const REDRAW_MILLIS = 200;

/** @typedef {{id: string, status: string}} Cell */

const byId = (one, other) => (one.id < other.id ? -1 : 1);

/** Collects statuses from pages and changes, in any order: of each instance, the one of the latest position counts. */
export function createCells() {
  const known = new Map();
  let reading = true;
  return {
    /**
     * @param {string} id
     * @param {string|null} status null if the instance is gone
     * @param {number} position
     */
    put(id, status, position) {
      if (position < (known.get(id)?.position ?? 0)) {
        return;
      }
      if (status === null && !reading) {
        known.delete(id);
      } else if (known.has(id) || known.size < MAX_CELLS) {
        known.set(id, { id, status, position });
      }
    },

    /** Ends the reading of pages: none of them can name an instance any more that is gone. */
    end() {
      reading = false;
      [...known.values()].filter(({ status }) => status === null).forEach(({ id }) => known.delete(id));
    },

    isFull: () => known.size >= MAX_CELLS,

    /** @returns {Cell[]} in the order of ids */
    list: () => [...known.values()].filter(({ status }) => status !== null).sort(byId),
  };
}

/**
 * Reads the statuses of all instances.
 * @param {string} path of the list of instances
 * @returns {{cells: Cell[], failed: boolean, onEvent: (event: {type: string, data: string}) => void}}
 */
export function useCells(path) {
  useStore(moment);
  const key = `${moment.key()} ${path}`;
  const [shown, setShown] = useState({ key: '', cells: [], failed: false });
  const collected = useRef(createCells());
  const timer = useRef(0);
  const show = () => {
    timer.current ||= setTimeout(() => {
      timer.current = 0;
      setShown((before) => ({ key, cells: collected.current.list(), failed: before.key === key && before.failed }));
    }, REDRAW_MILLIS);
  };
  useEffect(() => {
    const cells = createCells();
    collected.current = cells;
    readPages(path, cells, () => collected.current === cells, show).catch(() => setShown({ key, cells: cells.list(), failed: true }));
    return () => {
      collected.current = createCells();
      clearTimeout(timer.current);
      timer.current = 0;
    };
  }, [key]);
  const onEvent = ({ type, data }) => {
    if (type === 'change') {
      const { id, position, instance } = JSON.parse(data);
      collected.current.put(id, instance?.status ?? null, position);
      show();
    }
  };
  return shown.key === key ? { ...shown, onEvent } : { cells: [], failed: false, onEvent };
}

/** Reads the pages one after the other, while they are wanted. */
async function readPages(path, cells, isWanted, show) {
  let cursor;
  do {
    const { data, meta } = await read(path, { limit: PAGE_SIZE, cursor });
    if (!isWanted()) {
      return;
    }
    data.services.forEach(({ id, status, position }) => cells.put(id, status, position));
    cursor = meta.next_cursor;
    show();
  } while (cursor && !cells.isFull());
  cells.end();
}
