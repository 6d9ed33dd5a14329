/** Form that exchanges an API key or a token for a session. */
import { html, useState } from '../app/html.js';
import { navigate } from '../app/route.js';
import { signIn } from '../app/session.js';
import { Heading } from '../parts/frame.js';
import { Problem } from '../parts/panel.js';

/** @param {{now: import('../app/route.js').Route}} props */
export default function SignInPage({ now }) {
  const [text, setText] = useState('');
  const [error, setError] = useState(null);
  const submit = async (event) => {
    event.preventDefault();
    const problem = await signIn(text.trim()).catch(() => ({ code: 'offline', title: 'The registry does not answer' }));
    setText('');
    setError(problem && { problem });
    if (!problem) {
      navigate(target(now.query.to), true);
    }
  };
  const isProtected = isSecureContext;
  return html`
    <${Heading} text="Sign in" />
    <form class="panel form" onSubmit=${submit}>
      ${error && html`<${Problem} error=${error} />`}
      <label class="field wide"><span>API key or token</span>
        <input type="password" autocomplete="current-password" required maxlength="8192" value=${text} onInput=${(event) => setText(event.target.value)} />
      </label>
      <button type="submit">Sign in</button>
      <p class="muted">${isProtected
        ? 'The session lasts up to 8 hours, in a cookie that no script can read.'
        : 'This connection is not encrypted, so no cookie is set: the session ends with this page.'}</p>
    </form>`;
}

/**
 * Returns the address to show after the sign-in: only one of this UI, so that a link can't lead elsewhere.
 * @param {string|undefined} to
 */
function target(to) {
  return to?.startsWith('/ui/') && !to.startsWith('/ui/sign-in') ? to : '/ui/services';
}
