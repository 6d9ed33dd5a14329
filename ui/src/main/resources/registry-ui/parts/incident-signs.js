/** Signs of an incident besides the differences: availability of services, dead letters, and denied requests. */
import { duration, number, percent } from '../app/format.js';
import { html, useEffect } from '../app/html.js';
import { useReading } from '../app/reading.js';
import { href } from '../app/route.js';
import { createScale } from '../app/scale.js';
import { session } from '../app/session.js';
import { Lanes } from './lanes.js';

/** Instances of each service whose lanes are shown, the worst first. */
const LANES = 5;

/** Denials that are counted. */
const MAX_DENIALS = 1000;

/** @param {{name: string, diff: any, at: string|number, known: (availability: number) => void}} props `at`: the end */
export function AffectedService({ name, diff, at, known }) {
  const from = Date.parse(diff.from.at);
  const to = Date.parse(diff.to.at);
  const path = `/services/${encodeURIComponent(name)}`;
  const window = `${Math.max(1, Math.round((to - from) / 1_000))}s`;
  const range = { window, at };
  const uptime = useReading(`${path}/uptime`, { ...range, order: 'worst', limit: LANES }, { timeless: true });
  const ids = uptime.data?.instances.map(({ id }) => id) ?? [];
  const timeline = useReading(ids.length > 0 ? `${path}/timeline.svg` : null, { ...range, id: ids }, { timeless: true });
  useEffect(() => {
    if (uptime.data) {
      known(uptime.data.availability);
    }
  }, [uptime.data]);
  if (!uptime.data) {
    return null;
  }
  const figures = new Map(uptime.data.instances.map((instance) => [instance.id, instance]));
  const rows = (timeline.data?.instances ?? []).map((instance) => ({ ...instance, figures: figures.get(instance.id) }));
  rows.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
  const repairs = uptime.data.instances.map(({ mttr_seconds: seconds }) => seconds).filter((seconds) => seconds !== undefined);
  const mean = repairs.reduce((sum, seconds) => sum + seconds, 0) / repairs.length;
  return html`
    <details class="group" open=${uptime.data.outages > 0}>
      <summary><strong>${name}</strong> had a healthy instance ${percent(uptime.data.availability)} of the time, ${number(uptime.data.outages)} outages${
        repairs.length > 0 ? `, MTTR ${duration(mean * 1_000)}` : ''}</summary>
      <p><a href=${href(['services', name, 'timeline'], { at: diff.to.position, window })}>Timeline of all its instances</a></p>
      ${rows.length > 0 && html`<${Lanes} rows=${rows} scale=${createScale(from, to)} />`}
    </details>`;
}

/** @param {{from: string, to: string}} props instants; shows what the caller may know */
export function OtherSigns({ from, to }) {
  const permissions = session.get().me?.permissions ?? [];
  const denials = useReading(permissions.includes('denial.read') ? '/admin/denials' : null, { from, to, limit: MAX_DENIALS }, { timeless: true });
  const letters = useReading(permissions.includes('projection.admin') ? '/admin/dead-letters' : null, { limit: MAX_DENIALS }, { timeless: true });
  const denied = denials.data?.denials.reduce((sum, { count }) => sum + count, 0);
  const inside = letters.data?.dead_letters.filter(({ at }) => at >= from && at <= to).length;
  return html`
    <dl class="facts">
      ${denied !== undefined && html`<dt>denied requests</dt><dd><a href=${href(['access', 'denials'], { from, to })}>${number(denied)}${denials.meta.next_cursor ? ' or more' : ''}</a></dd>`}
      ${inside !== undefined && html`<dt>dead letters</dt><dd><a href=${href(['system', 'dead-letters'])}>${number(inside)}</a></dd>`}
    </dl>`;
}
