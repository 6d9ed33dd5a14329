/** Differences between two states of an instance, field by field. */
import { html } from '../app/html.js';

/** Fields that change with every fact, and say nothing about it. */
const UNTOLD_FIELDS = ['position', 'updated_at', 'declaration_version', 'service_id', 'last_heartbeat', 'parked'];

/**
 * Returns the fields that differ, with both values.
 * @param {any} before null or undefined if the instance was absent
 * @param {any} after null or undefined if the instance is absent
 * @returns {{field: string, from: any, to: any}[]}
 */
export function changedFields(before, after) {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names]
    .filter((name) => !UNTOLD_FIELDS.includes(name))
    .map((field) => ({ field, from: before?.[field], to: after?.[field] }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
}

/** @param {{fields: {field: string, from: any, to: any}[]}} props */
export const FieldChanges = ({ fields }) => html`
  <span class="changes">${fields.map(({ field, from, to }) => html`
    <span class="change-of"><b>${field}</b> <del>${valueText(from)}</del> → <ins>${valueText(to)}</ins></span>`)}</span>`;

/** @param {any} value */
function valueText(value) {
  if (value === undefined || value === null || value === '') {
    return 'none';
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
