/** Head of every page: navigation, the caller, and the time bar. */
import { html, useEffect, useRef } from '../app/html.js';
import { moment } from '../app/moment.js';
import { href, route } from '../app/route.js';
import { session, signOut } from '../app/session.js';
import { useStore } from '../app/store.js';
import { Problem } from './panel.js';
import { TimeBar } from './time-bar.js';
import { Outcome } from './write.js';

const LINKS = [
  ['services', 'Services'],
  ['history', 'History'],
  ['compare', 'Compare'],
  ['incident', 'Incident'],
  ['system', 'System'],
  ['access', 'Access'],
  ['settings', 'Settings'],
  ['help', 'Help'],
];

/** Pages without a moment, or with two of their own. */
const TIMELESS = ['compare', 'incident', 'system', 'access', 'settings', 'help', 'sign-in'];

/** @param {{children: any}} props */
export function Frame({ children }) {
  const { page } = useStore(route);
  const now = useStore(moment);
  const { state } = useStore(session);
  // No request is sent before the session has its token.
  const admitted = state === 'anonymous' || state === 'signed-in';
  const past = now.state !== 'now' && !TIMELESS.includes(page);
  return html`
    <div class=${`frame${past ? ' in-past' : ''}`}>
      <a class="skip" href="#main">Skip to the content</a>
      <header>
        <nav aria-label="Pages">
          <a class="brand" href=${href(['services'])}>Registry</a>
          ${admitted && LINKS.map(([name, text]) => html`
            <a href=${href([name])} aria-current=${page === name ? 'page' : undefined}>${text}</a>`)}
        </nav>
        <${CallerName} />
      </header>
      ${admitted && !TIMELESS.includes(page) && html`<${TimeBar} />`}
      <main id="main">
        <${Outcome} />
        ${past && now.state === 'failed' ? html`<${Heading} text="No such moment" /><${Problem} error=${now.error} />` : children}
      </main>
    </div>`;
}

function CallerName() {
  const { state, me, stored } = useStore(session);
  if (!me) {
    return null;
  }
  return html`
    <span class="caller">
      <a href=${href(['access'])}>${me.principal}, ${me.role}${state === 'anonymous' ? `, ${me.environment}` : ''}</a>
      ${!me.writes && html`<span class="muted">reads only: ${me.target}</span>`}
      ${state === 'signed-in' && !stored && html`<span class="muted">until reload</span>`}
      ${state === 'signed-in' && html`<button type="button" class="quiet" onClick=${signOut}>Sign out</button>`}
    </span>`;
}

/**
 * Heading of a page. It gets the focus when the page changes, so that a reader of the screen begins there.
 * @param {{text: string, children?: any}} props
 */
export function Heading({ text, children }) {
  const heading = useRef(null);
  const past = useStore(moment).state !== 'now';
  useEffect(() => {
    document.title = `${past ? 'Past: ' : ''}${text} · Registry`;
  }, [text, past]);
  useEffect(() => {
    if (!(document.activeElement instanceof HTMLInputElement)) {
      heading.current.focus({ preventScroll: true });
    }
  }, [text]);
  return html`<h1 ref=${heading} tabindex="-1">${text}${children}</h1>`;
}
