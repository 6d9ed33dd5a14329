/** Restores the state of a service at a moment: first a dry run that shows the plan, then the restore of that plan. */
import { newKey, write } from '../app/api.js';
import { html, useEffect, useState } from '../app/html.js';
import { Problem } from './panel.js';
import { WriteButton, WriteDialog } from './write.js';

/** Outcomes that the dry run may list, in words. */
const WORDS = { missing: 'is missing', changed: 'differs', added: 'was not there' };

/** @param {{service: string, at: string|number, label?: string}} props `at`: the moment to return to */
export const RestoreButton = ({ service, at, label = `Restore ${service}…` }) => html`
  <${WriteButton} label=${label} permission="instance.restore" past=${true}
    dialog=${(close) => html`<${RestoreDialog} service=${service} at=${at} close=${close} />`} />`;

/** @param {{service: string, at: string|number, close: () => void}} props */
function RestoreDialog({ service, at, close }) {
  const [force, setForce] = useState(false);
  const [plan, setPlan] = useState(null);
  const [error, setError] = useState(null);
  const [round, setRound] = useState(0);
  const path = `/services/${encodeURIComponent(service)}/restore`;
  useEffect(() => {
    let wanted = true;
    setPlan(null);
    setError(null);
    const rehearsal = { method: 'POST', path, body: { at: String(at), dry_run: true, force }, keyed: false, unread: true };
    write(rehearsal, '', newKey()).then(
      ({ data }) => wanted && setPlan(data),
      (failure) => wanted && setError(failure),
    );
    return () => {
      wanted = false;
    };
  }, [force, round]);
  const steps = plan?.instances.filter(({ outcome }) => outcome !== 'skipped') ?? [];
  const change = plan && steps.length > 0 ? { method: 'POST', path, body: { at: String(plan.at.position), force, token: plan.token } } : null;
  const again = (failure) => failure.problem?.code === 'precondition_failed' && setRound(round + 1);
  return html`
    <${WriteDialog} title=${`Restore ${service}`} verb="Restore" reason="required" change=${change} close=${close} wide=${true} onProblem=${again}
      done=${(data) => `${service} is as it was: ${data.instances.filter(({ outcome }) => outcome === 'restored').length} instances restored.`}>
      <p>Brings ${service} back to position ${plan?.at.position ?? at} by new changes. The history stays.</p>
      <label class="check"><input type="checkbox" checked=${force} onChange=${() => setForce(!force)} />
        also change what differs back, and deregister what was not there</label>
      ${error && html`<${Problem} error=${error} again=${() => setRound(round + 1)} />`}
      ${!plan && !error && html`<p role="status">Dry run…</p>`}
      ${plan && html`<${Plan} plan=${plan} steps=${steps.length} />`}
    <//>`;
}

/** @param {{plan: any, steps: number}} props */
const Plan = ({ plan, steps }) => html`
  <p><strong>${steps === 0 ? 'Nothing would change.' : `${steps} of ${plan.instances.length + plan.same} instances would change.`}</strong>
    <span class="muted"> ${plan.same} are the same.</span></p>
  ${plan.instances.length > 0 && html`
    <div class="scroll" role="region" tabindex="0" aria-label="Plan of the restore">
      <table><thead><tr><th scope="col">Instance</th><th scope="col">Now</th><th scope="col">Outcome</th></tr></thead>
        <tbody>${plan.instances.map(({ id, kind, outcome }) => html`
          <tr key=${id}><th scope="row">${id}</th><td>${WORDS[kind] ?? kind}</td><td>${outcome}</td></tr>`)}</tbody></table>
    </div>`}`;
