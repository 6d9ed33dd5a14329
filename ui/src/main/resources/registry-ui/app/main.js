/** Starts the UI: session, address, moment, and the page that the address names. */
import { send } from './api.js';
import { html, render, useEffect, useState } from './html.js';
import { followKeys } from './keys.js';
import { moment } from './moment.js';
import { followLinks, href, navigate, route } from './route.js';
import { session, startSession } from './session.js';
import { applyTheme } from './settings.js';
import { useStore } from './store.js';
import { Frame, Heading } from '../parts/frame.js';
import { Problem } from '../parts/panel.js';

/** Pages by the first part of the address, loaded when they are first shown. */
const PAGES = {
  services: () => import('../pages/services.js'),
  service: () => import('../pages/service.js'),
  timeline: () => import('../pages/service-timeline.js'),
  traffic: () => import('../pages/service-traffic.js'),
  configuration: () => import('../pages/service-configuration.js'),
  discover: () => import('../pages/service-discover.js'),
  instances: () => import('../pages/instance.js'),
  history: () => import('../pages/history.js'),
  compare: () => import('../pages/compare.js'),
  incident: () => import('../pages/incident.js'),
  system: () => import('../pages/system.js'),
  access: () => import('../pages/access.js'),
  settings: () => import('../pages/settings.js'),
  help: () => import('../pages/help.js'),
  'sign-in': () => import('../pages/sign-in.js'),
};

/** Tabs of a service with a module of their own. */
const SERVICE_TABS = ['timeline', 'traffic', 'configuration', 'discover'];

/** Pages that are reached by an address of their own; the others are parts of these. */
const ADDRESSES = ['services', 'instances', 'history', 'compare', 'incident', 'system', 'access', 'settings', 'help', 'sign-in'];

/** Returns the name of the page that shows an address; `services` has a list and pages for each service. */
function pageName({ page, id, tab }) {
  if (page === 'services' && id) {
    return SERVICE_TABS.includes(tab) ? tab : 'service';
  }
  return ADDRESSES.includes(page) ? page : '';
}

/** Asks for the position and the time of a moment. */
const resolveMoment = (at) => send('/service-names', { limit: 1, at });

function App() {
  const now = useStore(route);
  const { state } = useStore(session);
  const shown = useStore(moment);
  const signIn = state === 'signed-out' && now.page !== 'sign-in';
  useEffect(() => {
    if (signIn) {
      navigate(`/ui/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`, true);
    }
  }, [signIn]);
  useEffect(() => {
    if (state === 'anonymous' || state === 'signed-in') {
      moment.show(now.query.at ?? '', now.query.store ?? '', resolveMoment);
    }
  }, [state, now.query.at, now.query.store]);
  const followed = (now.query.at ?? '') === shown.text;
  return html`<${Frame}>${content(state, now, followed)}<//>`;
}

/**
 * Returns the page; nothing while the session starts, and while the moment of the address isn't followed yet.
 * @param {string} state
 * @param {import('./route.js').Route} now
 * @param {boolean} followed
 */
function content(state, now, followed) {
  if (state === 'failed') {
    return html`<${Heading} text="No answer" /><${Problem} again=${startSession}
      error=${{ problem: { code: 'offline', title: 'The registry does not answer' } }} />`;
  }
  if (state === 'starting' || (state === 'signed-out' && now.page !== 'sign-in') || (!followed && state !== 'signed-out')) {
    return null;
  }
  return html`<${Page} name=${pageName(now)} now=${now} />`;
}

/** @param {{name: string, now: import('./route.js').Route}} props */
function Page({ name, now }) {
  const [loaded, setLoaded] = useState({ name: '', Content: null, error: null });
  useEffect(() => {
    PAGES[name]?.().then(
      (module) => setLoaded({ name, Content: module.default, error: null }),
      (error) => setLoaded({ name, Content: null, error }),
    );
  }, [name]);
  if (!PAGES[name]) {
    return html`<${Heading} text="No such page" /><p>There is no page ${now.page}. <a href=${href(['services'])}>Services</a></p>`;
  }
  if (loaded.name !== name) {
    return null;
  }
  return loaded.error
    ? html`<${Heading} text="The page failed" /><${Problem} error=${loaded.error} again=${() => location.reload()} />`
    : html`<${loaded.Content} key=${`${name} ${now.id}`} now=${now} />`;
}

applyTheme();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', applyTheme);
followLinks();
followKeys();
const root = document.getElementById('app');
root.replaceChildren();
render(html`<${App} />`, root);
startSession();
