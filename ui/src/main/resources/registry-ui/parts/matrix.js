/** One cell for each instance of a list. Its text alternative is the table below it. */
import { html } from '../app/html.js';

const CELL = 12;
const COLUMNS = 60;

/** @param {{instances: any[]}} props */
export function Matrix({ instances }) {
  if (instances.length < 2) {
    return null;
  }
  const rows = Math.ceil(instances.length / COLUMNS);
  const columns = Math.min(instances.length, COLUMNS);
  return html`
    <svg class="matrix" width=${columns * CELL} height=${rows * CELL} viewBox=${`0 0 ${columns * CELL} ${rows * CELL}`} aria-hidden="true">
      ${instances.map((instance, index) => html`
        <rect key=${instance.id} class=${instance.status} width=${CELL - 2} height=${CELL - 2}
          x=${(index % COLUMNS) * CELL + 1} y=${Math.floor(index / COLUMNS) * CELL + 1}><title>${instance.id}, ${instance.status}</title></rect>`)}
    </svg>`;
}
