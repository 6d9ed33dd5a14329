/** One cell for each instance of a service, drawn on a canvas. Arrow keys walk it, and the text below it says what a cell is. */
import { number } from '../app/format.js';
import { html, useEffect, useRef, useState } from '../app/html.js';
import { href, navigate } from '../app/route.js';
import { settings } from '../app/settings.js';
import { useStore } from '../app/store.js';
import { Status, STATUSES } from './status.js';

/** Width and height of a cell with its margin, in pixels of the page: of some, and of many. */
const LARGE = 12;
const SMALL = 6;

/** Number of cells from which they are small. */
const MANY = 1_000;

/** Share of a cell that is filled, so that colour isn't the only difference. Other statuses fill it, as they need attention. */
const FILLED = { healthy: 0.5, maintenance: 0.75, draining: 0.75, starting: 0.75 };

/**
 * @param {{cells: import('../app/cells.js').Cell[], failed?: boolean, differing?: string[]}} props `failed`: not all
 *     instances could be read; `differing`: ids of instances that get a border
 */
export function Matrix({ cells, failed = false, differing = [] }) {
  const canvas = useRef(null);
  const [index, setIndex] = useState(-1);
  const { theme } = useStore(settings);
  const width = useWidth(canvas, cells.length > 1);
  const size = cells.length > MANY ? SMALL : LARGE;
  const columns = Math.max(1, Math.floor(width / size));
  const rows = Math.ceil(cells.length / columns);
  const current = cells[index];
  useEffect(() => {
    if (canvas.current && width > 0) {
      draw(canvas.current, { cells, columns, rows, size, index, differing: new Set(differing) });
    }
  }, [cells, width, index, theme, differing.join()]);
  if (cells.length < 2) {
    return null;
  }
  const walk = (event) => {
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, Home: -cells.length, End: cells.length };
    if (steps[event.key]) {
      event.preventDefault();
      setIndex(Math.min(cells.length - 1, Math.max(0, index + steps[event.key])));
    } else if (event.key === 'Enter' && current) {
      navigate(href(['instances', current.id]));
    }
  };
  const point = (event) => {
    const { left, top } = canvas.current.getBoundingClientRect();
    const column = Math.floor((event.clientX - left) / size);
    setIndex(column < columns ? Math.floor((event.clientY - top) / size) * columns + column : -1);
  };
  return html`
    <div class="matrix">
      <canvas ref=${canvas} role="application" tabindex="0" aria-label=${`${labelOf(cells)}; arrow keys name them, Enter opens one`} aria-describedby="cell"
        onFocus=${() => setIndex(Math.max(0, index))} onKeyDown=${walk} onPointerDown=${point} onPointerMove=${point} onClick=${() => current && navigate(href(['instances', current.id]))}></canvas>
      <p id="cell" class="cell muted" role="status">${current ? html`${current.id} <${Status} status=${current.status} />` : ''}${failed ? ' Not all instances could be read.' : ''}</p>
    </div>`;
}

/** Returns the width of an element, also after it has changed. */
function useWidth(element, present) {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!element.current) {
      return undefined;
    }
    const observer = new ResizeObserver(([{ contentRect }]) => setWidth(Math.floor(contentRect.width)));
    observer.observe(element.current.parentElement);
    return () => observer.disconnect();
  }, [present]);
  return width;
}

/** Sums up the cells, such as `6 instances: 4 healthy, 2 unhealthy`. */
function labelOf(cells) {
  const counts = STATUSES.map(([status]) => [status, cells.filter((cell) => cell.status === status).length]);
  const parts = counts.filter(([, count]) => count > 0).map(([status, count]) => `${number(count)} ${status}`);
  return `${number(cells.length)} instances: ${parts.join(', ')}`;
}

/** Draws all cells: at 10,000 of them, faster than finding those that changed. */
function draw(canvas, { cells, columns, rows, size, index, differing }) {
  const scale = devicePixelRatio;
  const context = canvas.getContext('2d');
  canvas.width = columns * size * scale;
  canvas.height = rows * size * scale;
  // Set by the script: the policy refuses styles in the markup.
  canvas.style.width = `${columns * size}px`;
  canvas.style.height = `${rows * size}px`;
  context.scale(scale, scale);
  const tokens = getComputedStyle(canvas);
  const colours = Object.fromEntries(STATUSES.map(([status]) => [status, tokens.getPropertyValue(`--${status}`)]));
  context.strokeStyle = tokens.getPropertyValue('--text');
  context.lineWidth = 1;
  cells.forEach(({ id, status }, at) => {
    const x = (at % columns) * size;
    const y = Math.floor(at / columns) * size;
    const side = Math.round((size - 2) * (FILLED[status] ?? 1));
    const margin = (size - side) / 2;
    context.fillStyle = colours[status] ?? context.strokeStyle;
    context.fillRect(x + margin, y + margin, side, side);
    if (at === index || differing.has(id)) {
      context.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
    }
  });
}
