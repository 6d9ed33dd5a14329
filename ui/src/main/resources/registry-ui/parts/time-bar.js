/** Line of changes over time, and the moment that the page shows. Present on every page. */
import { dateTime, number, ago } from '../app/format.js';
import { html, useEffect, useRef, useState } from '../app/html.js';
import { moment } from '../app/moment.js';
import { useReading } from '../app/reading.js';
import { changeQuery, href, route } from '../app/route.js';
import { useStore } from '../app/store.js';
import { CopyButton } from './copy.js';
import { WindowField, windowOf } from './window.js';

const BUCKETS = 120;
const HEIGHT = 24;

/** Time for which the thumb must rest before its moment is asked. */
const REST_MILLIS = 120;

/** Interval at which the line is read again while the page shows now. */
const REFRESH_MILLIS = 10_000;

export function TimeBar() {
  const now = useStore(moment);
  const { page, id, tab, query } = useStore(route);
  const window = windowOf(query);
  const subject = page === 'services' && id ? { service_name: id } : page === 'instances' && id ? { service_id: id } : {};
  const around = now.position ?? undefined;
  const reading = useReading('/activity', { ...subject, window, buckets: BUCKETS, around }, {
    timeless: true,
    every: now.state === 'now' ? REFRESH_MILLIS : 0,
  });
  const activity = reading.data;
  const last = activity?.buckets.at(-1)?.last_position;
  const previous = around === undefined ? beforeLast(activity) : activity?.previous;
  return html`
    <section class="time-bar" aria-label="Moment">
      <${MomentText} now=${now} />
      ${activity && html`<${Line} activity=${activity} now=${now} />`}
      <${WindowField} window=${window} />
      <span class="buttons">
        <button type="button" data-step="previous" disabled=${!previous} onClick=${() => changeQuery({ at: previous })}>‹ change</button>
        <button type="button" data-step="next" disabled=${!activity?.next} onClick=${() => showNext(activity, last)}>change ›</button>
        <button type="button" data-step="now" disabled=${now.state === 'now'} onClick=${() => changeQuery({ at: '', store: '' })}>now</button>
      </span>
      <${MomentField} at=${query.at ?? ''} vs=${query.vs ?? ''} comparable=${page === 'services' && (!tab || tab === 'timeline')} />
      <a class="quiet" href=${compareWith(now, id, page, query.vs)}>compare</a>
      ${now.state === 'past' && html`<${CopyButton} name="link" label="copy link" description="Copy a link to this moment" text=${permanentLink(now)} />`}
    </section>`;
}

/** Returns the position before the last change, so that a step from now leads to the state without that change. */
function beforeLast(activity) {
  const last = activity?.buckets.at(-1)?.last_position;
  return last ? last - 1 : undefined;
}

/** Shows the next change; now instead of the last one. */
function showNext(activity, last) {
  changeQuery(activity.next === last ? { at: '', store: '' } : { at: activity.next });
}

/** Returns the address that compares the moment with the second one; else with now, or with an hour before now. */
function compareWith(now, id, page, vs) {
  const service = page === 'services' ? id : undefined;
  const range = vs ? { from: vs, to: now.position ?? undefined } : { from: now.position ?? '-1h' };
  return href(['compare'], { at: '', store: '', vs: '', ...range, service });
}

/** @param {import('../app/moment.js').Moment} now */
function permanentLink(now) {
  const link = new URL(location.href);
  link.searchParams.set('at', String(now.position));
  if (now.store) {
    link.searchParams.set('store', now.store);
  }
  return link.toString();
}

/** @param {{now: import('../app/moment.js').Moment}} props */
function MomentText({ now }) {
  switch (now.state) {
    case 'now':
      return html`<strong class="live"><span aria-hidden="true">●</span> Now</strong>`;
    case 'past':
      return html`<strong class="past" role="status">Past: ${dateTime(now.at)} · position ${number(now.position)} · ${ago(now.at)}</strong>`;
    case 'resolving':
      return html`<strong class="past" role="status">Looking for ${now.text}…</strong>`;
    default:
      return html`<strong class="past" role="status">No such moment: ${now.text}</strong>`;
  }
}

/** @param {{at: string, vs: string, comparable: boolean}} props the moment of the address, and the second one, for pages that compare with it */
function MomentField({ at, vs, comparable }) {
  const [typed, setTyped] = useState({ at, vs });
  useEffect(() => setTyped({ at, vs }), [at, vs]);
  const show = (event) => {
    event.preventDefault();
    const moved = typed.at.trim() !== at;
    changeQuery({ at: typed.at.trim() === 'now' ? '' : typed.at.trim(), vs: typed.vs.trim(), ...(moved ? { store: '' } : {}) });
  };
  return html`
    <form class="field" onSubmit=${show}>
      <label><span>at</span>
        <input type="text" data-moment value=${typed.at} placeholder="-15m, 1234, 2026-11-23T03:12:00Z" maxlength="64"
          onInput=${(event) => setTyped({ ...typed, at: event.target.value })} />
      </label>
      ${comparable && html`
        <label><span>vs</span>
          <input type="text" class="second" title="A moment to compare with" value=${typed.vs} placeholder="-1h" maxlength="64"
            onInput=${(event) => setTyped({ ...typed, vs: event.target.value })} />
        </label>
        <button type="submit">Show</button>`}
    </form>`;
}

/** @param {{activity: any, now: import('../app/moment.js').Moment}} props */
function Line({ activity, now }) {
  const from = new Date(activity.from).getTime();
  const to = new Date(activity.to).getTime();
  const [dragged, setDragged] = useState(null);
  const timer = useRef(0);
  const track = useRef(null);
  const shown = dragged ?? (now.at ? new Date(now.at).getTime() : to);
  const share = Math.min(1, Math.max(0, (shown - from) / (to - from)));

  const rest = (time) => {
    setDragged(time);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setDragged(null);
      changeQuery({ at: time >= to ? '' : new Date(time).toISOString(), store: '' }, true);
    }, REST_MILLIS);
  };
  const point = (event) => {
    if (event.buttons === 1) {
      const { left, width } = track.current.getBoundingClientRect();
      rest(from + Math.min(1, Math.max(0, (event.clientX - left) / width)) * (to - from));
    }
  };
  const step = (event) => {
    const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 };
    if (event.key === 'Home' || event.key === 'End') {
      event.preventDefault();
      rest(event.key === 'Home' ? from : to);
    } else if (steps[event.key]) {
      event.preventDefault();
      rest(Math.min(to, Math.max(from, shown + steps[event.key] * activity.bucket_ms)));
    }
  };
  return html`
    <div class="line" ref=${track} role="slider" tabindex="0" aria-label="Moment within the window" aria-valuemin="0" aria-valuemax="100"
      aria-valuenow=${Math.round(share * 100)} aria-valuetext=${share >= 1 ? 'now' : dateTime(new Date(shown).toISOString())}
      onPointerDown=${point} onPointerMove=${point} onKeyDown=${step}>
      <svg viewBox=${`0 0 ${BUCKETS} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        ${bars(activity.buckets)}
        <rect class="thumb" x=${share * (BUCKETS - 0.8)} y="0" width="0.8" height=${HEIGHT} />
      </svg>
    </div>`;
}

/** Draws the buckets by the logarithm of their changes, so that single changes are visible beside thousands. */
export function bars(buckets) {
  const max = Math.log1p(Math.max(1, ...buckets.map((bucket) => bucket.changes)));
  return buckets.map((bucket) => {
    const height = Math.max(2, (Math.log1p(bucket.changes) / max) * HEIGHT);
    return html`<rect class="changes" x=${bucket.index} y=${HEIGHT - height} width="0.8" height=${height}><title>${bucket.changes} changes</title></rect>`;
  });
}
