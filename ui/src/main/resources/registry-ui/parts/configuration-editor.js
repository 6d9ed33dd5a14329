/** Edits a configuration or a schema as text: with faults by line, the diff, and both versions if another was stored meanwhile. */
import { send } from '../app/api.js';
import { html, useState } from '../app/html.js';
import { indented, jsonFault, memberText } from '../app/json.js';
import { TextDiff } from './diff.js';
import { WriteDialog } from './write.js';

/**
 * @param {{path: string, name: string, base: number|null, text: string, close: () => void, member?: string, tag?: (number: number) => string}} props
 *     `base`: the version that is edited, null for the first one; `member`: of the answer that has the content; `tag`: the entity tag
 *     of a version
 */
export function ConfigurationEditor({ path, name, base, text, close, member = 'configuration', tag = (number) => `"${number}"` }) {
  const [edited, setEdited] = useState(text);
  const [original, setOriginal] = useState({ number: base, text });
  const [other, setOther] = useState(null);
  const fault = jsonFault(edited);
  const loadOther = async (error) => {
    if (error.problem?.code === 'precondition_failed') {
      const { data, text: answer } = await send(path);
      setOther({ number: data.version ?? data.revision, text: indented(memberText(answer, ['data', member]) ?? '') });
    }
  };
  const condition = original.number === null ? { ifNoneMatch: member === 'configuration' ? '*' : undefined } : { ifMatch: tag(original.number) };
  return html`
    <${WriteDialog} title=${original.number === null ? `Store the first ${member} of ${name}` : `Edit the ${member} of ${name}`} verb="Store" wide=${true} close=${close}
      change=${fault || edited === original.text ? null : { method: 'PUT', path, body: edited, ...condition }} onProblem=${loadOther}
      done=${(data) => (data.version ? `Version ${data.version} of ${name} is stored.` : `The ${member} of ${name} is stored.`)}>
      <label class="stacked"><span>JSON${original.number === null ? '' : `, from version ${original.number}`}</span>
        <textarea class="code" rows="14" spellcheck=${false} value=${edited} aria-invalid=${fault !== ''} aria-describedby="json-fault"
          onInput=${(event) => setEdited(event.target.value)}></textarea></label>
      <p id="json-fault" class="fault" role="status">${fault}</p>
      ${!fault && edited !== original.text && html`<h3>What changes</h3><${TextDiff} before=${original.text} after=${edited} />`}
      ${other && other.number !== original.number && html`
        <h3>Version ${other.number} was stored meanwhile</h3>
        <p>It differs from version ${original.number} in this:</p>
        <${TextDiff} before=${original.text} after=${other.text} />
        <p class="buttons"><button type="button" onClick=${() => setOriginal(other)}>Keep my text, and replace version ${other.number}</button>
          <button type="button" onClick=${() => { setOriginal(other); setEdited(other.text); }}>Discard my text, and edit version ${other.number}</button></p>`}
    <//>`;
}
