/** Differences between two texts, as hunks of lines. */
import { html } from '../app/html.js';

/** Lines that are shown before and after a change. */
const CONTEXT = 3;

/** Maximum size of the table of the comparison; larger texts are shown as replaced. */
const MAX_CELLS = 4_000_000;

/**
 * Compares two texts by lines.
 * @param {string} before
 * @param {string} after
 * @returns {{kind: ' '|'-'|'+', text: string}[]}
 */
export function lineDiff(before, after) {
  const old = before.split('\n');
  const fresh = after.split('\n');
  let start = 0;
  while (start < Math.min(old.length, fresh.length) && old[start] === fresh[start]) {
    start += 1;
  }
  let end = 0;
  while (end < Math.min(old.length, fresh.length) - start && old[old.length - 1 - end] === fresh[fresh.length - 1 - end]) {
    end += 1;
  }
  const same = (lines) => lines.map((text) => ({ kind: ' ', text }));
  return [
    ...same(old.slice(0, start)),
    ...changed(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)),
    ...same(old.slice(old.length - end)),
  ];
}

/** Compares what is between the common beginning and end, by the longest common subsequence. */
function changed(old, fresh) {
  const width = fresh.length + 1;
  if ((old.length + 1) * width > MAX_CELLS) {
    return [...old.map((text) => ({ kind: '-', text })), ...fresh.map((text) => ({ kind: '+', text }))];
  }
  const common = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      common[i * width + j] = old[i] === fresh[j] ? common[(i + 1) * width + j + 1] + 1
        : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  const lines = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      lines.push({ kind: ' ', text: old[i] });
      i += 1;
      j += 1;
    } else if (j >= fresh.length || (i < old.length && common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      lines.push({ kind: '-', text: old[i] });
      i += 1;
    } else {
      lines.push({ kind: '+', text: fresh[j] });
      j += 1;
    }
  }
  return lines;
}

/** @param {{before: string, after: string}} props shows the changed lines, with some lines around them */
export function TextDiff({ before, after }) {
  const lines = lineDiff(before, after);
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ kind }) => kind !== ' '));
  if (!near.includes(true)) {
    return html`<p class="muted">The texts are equal.</p>`;
  }
  return html`
    <pre class="diff" role="region" tabindex="0" aria-label="Changed lines">${lines.map(({ kind, text }, index) =>
      near[index]
        ? html`<${Line} kind=${kind} text=${text} />`
        : near[index - 1] || index === 0 ? html`<span class="muted">⋯${'\n'}</span>` : null)}</pre>`;
}

/** @param {{kind: string, text: string}} props */
function Line({ kind, text }) {
  const line = `${kind} ${text}\n`;
  return kind === '+' ? html`<ins>${line}</ins>` : kind === '-' ? html`<del>${line}</del>` : html`<span>${line}</span>`;
}
