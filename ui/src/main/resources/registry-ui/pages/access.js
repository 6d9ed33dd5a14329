/** Who the caller is, API keys, and denied requests. */
import { dateTime } from '../app/format.js';
import { html, useState } from '../app/html.js';
import { href } from '../app/route.js';
import { session, signOutEverywhere } from '../app/session.js';
import { useStore } from '../app/store.js';
import { DenialsPanel } from '../parts/access-denials.js';
import { KeysPanel } from '../parts/access-keys.js';
import { Heading } from '../parts/frame.js';
import { Problem } from '../parts/panel.js';

const TABS = [['', 'Who am I', CallerPanel], ['keys', 'API keys', KeysPanel], ['denials', 'Denied requests', DenialsPanel]];

/** @param {{now: import('../app/route.js').Route}} props */
export default function AccessPage({ now }) {
  const [, title, Content] = TABS.find(([path]) => path === now.id) ?? TABS[0];
  return html`
    <div class="page-head">
      <${Heading} text=${now.id ? title : 'Access'} />
      <nav class="tabs" aria-label="Pages of access">
        ${TABS.map(([path, text]) => html`
          <a href=${href(['access', path].filter((part) => part !== ''))} aria-current=${now.id === path ? 'page' : undefined}>${text}</a>`)}
      </nav>
    </div>
    <${Content} now=${now} />`;
}

function CallerPanel() {
  const { me, state } = useStore(session);
  return html`
    <section class="panel">
      <h2>Who am I</h2>
      <dl class="facts">
        <dt>principal</dt><dd>${me.principal}${me.anonymous ? ', admitted without credentials' : ''}</dd>
        <dt>role</dt><dd>${me.role}</dd>
        <dt>services</dt><dd>${me.services ? me.services.join(', ') : 'all'}</dd>
        <dt>token ends</dt><dd>${me.expires_at ? `${dateTime(me.expires_at)}; the page exchanges it before` : 'never'}</dd>
        <dt>node</dt><dd>${me.environment}, target ${me.target}, version ${me.version}${me.writes ? '' : '; writes are another process’s'}</dd>
      </dl>
      ${state === 'signed-in' && html`<${SignOutEverywhere} writes=${me.writes} />`}
      <h2>Permissions</h2>
      <ul class="plain columns-of">${me.permissions.map((permission) => html`<li><code>${permission}</code></li>`)}</ul>
    </section>`;
}

/** @param {{writes: boolean}} props */
function SignOutEverywhere({ writes }) {
  const [error, setError] = useState(null);
  const end = async () => {
    const problem = await signOutEverywhere();
    setError(problem && { problem });
  };
  return html`
    ${error && html`<${Problem} error=${error} />`}
    <p><button type="button" disabled=${!writes} onClick=${end}>Sign out everywhere</button>
      <span class="muted"> ends all sessions of your API key, in all browsers${writes ? '' : '; not on this node, which accepts no writes'}</span></p>`;
}
