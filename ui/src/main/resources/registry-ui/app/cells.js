/** Status of every instance of a service, also of those on other pages of the list: read once, and kept by the stream of changes. */
import { read } from './api.js';
import { useEffect, useRef, useState } from './html.js';
import { moment } from './moment.js';
import { pauseAfter, useInterval } from './reading.js';
import { useStore } from './store.js';

/** Instances that are asked at once, the most that the API permits. */
const PAGE_SIZE = 1_000;

/** Instances that are shown. */
export const MAX_CELLS = 10_000;

/** Time within which changes are shown together. */
const REDRAW_MILLIS = 200;

/** @typedef {{id: string, status: string}} Cell */

const EMPTY = { key: '', cells: [], error: null };

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
 * Reads the statuses of all instances; again after an outage.
 * @param {string} path of the list of instances
 * @returns {{cells: Cell[], failed: boolean, onEvent: (event: {type: string, data: string}) => void}}
 */
export function useCells(path) {
  useStore(moment);
  const key = `${moment.key()} ${path}`;
  const [state, setState] = useState(EMPTY);
  const [round, setRound] = useState(0);
  const collected = useRef(createCells());
  const pending = useRef(false);
  const timer = useRef(0);
  const show = () => {
    timer.current ||= setTimeout(() => {
      timer.current = 0;
      setState((before) => ({ key, cells: collected.current.list(), error: before.key === key ? before.error : null }));
    }, REDRAW_MILLIS);
  };
  useEffect(() => {
    const cells = createCells();
    collected.current = cells;
    pending.current = true;
    const end = (error) => {
      if (collected.current === cells) {
        pending.current = false;
        setState({ key, cells: cells.list(), error });
      }
    };
    readPages(path, cells, () => collected.current === cells, show).then(() => end(null), end);
    return () => {
      collected.current = createCells();
      clearTimeout(timer.current);
      timer.current = 0;
    };
  }, [key, round]);
  const shown = state.key === key ? state : EMPTY;
  useInterval(() => pending.current || setRound((count) => count + 1), pauseAfter(shown.error));
  const onEvent = ({ type, data }) => {
    if (type === 'change') {
      const { id, position, instance } = JSON.parse(data);
      collected.current.put(id, instance?.status ?? null, position);
      show();
    }
  };
  return { cells: shown.cells, failed: shown.error !== null, onEvent };
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
