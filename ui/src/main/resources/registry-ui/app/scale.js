/** Places instants on a line. Long times without a change may be folded, so that what happened has the space. */

/** Share of the window from which a time without a change is folded, and the share of the line that it then gets. */
const QUIET = 0.08;
const FOLDED = 0.02;

/**
 * Creates a scale.
 * @param {number} from milliseconds
 * @param {number} to
 * @param {number[]} changes milliseconds, in any order; empty to fold nothing
 * @returns {{place: (time: number) => number, time: (place: number) => number, folds: {from: number, to: number}[]}} places
 *     are between 0 and 1
 */
export function createScale(from, to, changes = []) {
  const points = [from, ...[...changes].filter((time) => time > from && time < to).sort((one, other) => one - other), to];
  const stretches = points.slice(1).map((end, index) => ({ from: points[index], to: end }));
  const folds = changes.length === 0 ? [] : stretches.filter((stretch) => stretch.to - stretch.from > (to - from) * QUIET);
  const quiet = folds.reduce((sum, fold) => sum + fold.to - fold.from, 0);
  const busy = Math.max(1, to - from - quiet);
  const space = 1 - folds.length * FOLDED;
  let start = 0;
  const places = stretches.map((stretch) => {
    const width = folds.includes(stretch) ? FOLDED : ((stretch.to - stretch.from) / busy) * space;
    const placed = { ...stretch, start, width };
    start += width;
    return placed;
  });
  const within = (value) => Math.min(1, Math.max(0, value));
  return {
    folds,
    place: (time) => {
      const found = places.find((one) => time <= one.to) ?? places.at(-1);
      return within(found.start + ((time - found.from) / Math.max(1, found.to - found.from)) * found.width);
    },
    time: (place) => {
      const found = places.find((one) => place <= one.start + one.width) ?? places.at(-1);
      return found.from + within((place - found.start) / (found.width || 1)) * (found.to - found.from);
    },
  };
}
