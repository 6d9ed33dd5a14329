/** Changes: a button that states what it lacks, and a dialog with what will change, the reason, and the request. */
import { curlOf, newKey, write } from '../app/api.js';
import { html, useEffect, useRef, useState } from '../app/html.js';
import { moment } from '../app/moment.js';
import { number } from '../app/format.js';
import { session } from '../app/session.js';
import { createStore, useStore } from '../app/store.js';
import { CopyButton } from './copy.js';
import { Problem } from './panel.js';

/** Outcome of the last change, which the frame shows until it is dismissed. */
export const outcome = createStore(null);

/**
 * Returns why the caller can't change anything now; an empty text if it can.
 * @param {string} permission
 */
export function obstacle(permission) {
  const { me } = session.get();
  if (me?.replay_until) {
    return 'This is a replay, which is only read.';
  }
  if (!me?.writes) {
    return `This node accepts no writes: its target is ${me?.target}.`;
  }
  return lack(permission);
}

/**
 * Returns that the caller lacks a permission; an empty text if it has it.
 * @param {string} permission
 */
export function lack(permission) {
  const { me } = session.get();
  return me?.permissions.includes(permission) ? '' : `This needs the permission ${permission}, which the role ${me?.role} lacks.`;
}

/**
 * Button that opens a dialog. It is absent in the past, and disabled if the caller lacks the permission.
 * @param {{label: string, permission: string, dialog: (close: () => void) => any, past?: boolean, danger?: boolean}} props
 *     `past`: true for what is offered in the past as well
 */
export function WriteButton({ label, permission, dialog, past = false, danger = false }) {
  const [open, setOpen] = useState(false);
  const { state } = useStore(moment);
  useStore(session);
  if (state !== 'now' && !past) {
    return null;
  }
  const missing = obstacle(permission);
  return html`
    <button type="button" class=${danger ? 'danger' : undefined} disabled=${missing !== ''} title=${missing || undefined}
      aria-haspopup="dialog" onClick=${() => setOpen(true)}>${label}</button>
    ${open && dialog(() => setOpen(false))}`;
}

/**
 * Modal dialog. The browser closes it on Escape, and returns the focus.
 * @param {{title: string, close: () => void, wide?: boolean, children: any}} props
 */
export function Dialog({ title, close, wide = false, children }) {
  const element = useRef(null);
  useEffect(() => {
    const opened = document.activeElement;
    element.current.showModal();
    return () => opened instanceof HTMLElement && opened.isConnected && opened.focus();
  }, []);
  return html`
    <dialog ref=${element} class=${wide ? 'wide' : undefined} aria-labelledby="dialog-title" onClose=${close}>
      <h2 id="dialog-title">${title}</h2>
      ${children}
    </dialog>`;
}

/**
 * Dialog that sends one change. It stays open with the problem if the change is refused.
 * @param {{title: string, change: import('../app/api.js').Change|null, done: string|((data: any) => string), close: () => void,
 *     verb?: string, reason?: 'required'|'optional'|'none', name?: string, wide?: boolean, onProblem?: (error: any) => void,
 *     onDone?: (answer: any) => boolean|void, children?: any}} props `change`: null while the fields aren't valid; `name`: must be typed,
 *     for what can't be undone; `onDone`: returns true to keep the dialog open
 */
export function WriteDialog(props) {
  const { title, change, done, close, verb = title, reason = 'optional', name, wide, onProblem, onDone, children } = props;
  const [text, setText] = useState('');
  const [typed, setTyped] = useState('');
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  const why = text.trim();
  const ready = change !== null && !busy && (reason !== 'required' || why !== '') && (name === undefined || typed === name);
  const send = async (event) => {
    event.preventDefault();
    setBusy(true);
    try {
      const answer = await write(change, why, key.current);
      const { position } = answer.meta;
      if (onDone?.(answer) !== true) {
        outcome.set({ text: typeof done === 'string' ? done : done(answer.data), position });
        close();
      }
    } catch (failure) {
      // A refused change may be corrected and sent again; after an outage it may have happened, and the same key finds it.
      if (failure.problem?.status >= 400 && failure.problem.status < 500) {
        key.current = newKey();
      }
      setError(failure);
      onProblem?.(failure);
    } finally {
      setBusy(false);
    }
  };
  return html`
    <${Dialog} title=${title} close=${close} wide=${wide}>
      <form onSubmit=${send}>
        ${children}
        ${reason !== 'none' && html`
          <label class="field wide"><span>Reason${reason === 'required' ? '' : ' (optional)'}</span>
            <input type="text" name="reason" maxlength="512" autocomplete="off" required=${reason === 'required'} value=${text}
              onInput=${(event) => setText(event.target.value)} /></label>`}
        ${name !== undefined && html`
          <label class="field wide"><span>Type “${name}”, since this can't be undone</span>
            <input type="text" name="confirmation" autocomplete="off" required value=${typed} onInput=${(event) => setTyped(event.target.value)} /></label>`}
        ${error && html`<${Problem} error=${error} />`}
        ${change && html`<details><summary>The request as a command</summary><pre>${curlOf(change, why)}</pre>
          <${CopyButton} label="copy" description="Copy the command" text=${curlOf(change, why)} /></details>`}
        <p class="dialog-buttons">
          <button type="button" onClick=${close}>Cancel</button>
          <button type="submit" class="primary" disabled=${!ready} aria-busy=${busy}>${verb}</button>
        </p>
      </form>
    <//>`;
}

/** States the outcome of the last change, with its position. */
export function Outcome() {
  const last = useStore(outcome);
  return html`<div role="status" class="outcome-place">${last && html`
    <p class="notice good">${last.text}${last.position ? ` Position ${number(last.position)}.` : ''}
      <button type="button" class="quiet" onClick=${() => outcome.set(null)}>dismiss</button></p>`}</div>`;
}
