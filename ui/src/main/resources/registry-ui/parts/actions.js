/** What callers can do with one instance. */
import { html, useState } from '../app/html.js';
import { WriteButton, WriteDialog } from './write.js';

/** Declared states with the label of their button and the title of their dialog. */
const STATES = [
  ['maintenance', 'Maintenance…', 'Put into maintenance'],
  ['draining', 'Drain…', 'Drain'],
  ['active', 'Activate…', 'Make active'],
];

/** @param {{instance: any}} props */
export function InstanceActions({ instance }) {
  const path = `/services/${encodeURIComponent(instance.id)}`;
  const { id } = instance;
  return html`
    <p class="buttons wrap" role="group" aria-label="Actions">
      ${STATES.filter(([state]) => state !== instance.declared).map(([state, label, title]) => html`
        <${WriteButton} key=${state} label=${label} permission="instance.write" dialog=${(close) => html`
          <${WriteDialog} title=${`${title}: ${id}`} verb=${title} close=${close} done=${`${id} is declared ${state}.`}
            change=${{ method: 'PUT', path, body: { status: state } }}>
            <p class="change-of"><b>declared</b> <del>${instance.declared}</del> → <ins>${state}</ins></p>
          <//>`} />`)}
      <${WriteButton} label="Weight…" permission="instance.write" dialog=${(close) => html`<${WeightDialog} instance=${instance} path=${path} close=${close} />`} />
      ${instance.health_check && html`<${CheckActions} id=${id} path=${path} />`}
      <${WriteButton} label="Deregister…" danger=${true} permission="instance.write" dialog=${(close) => html`
        <${WriteDialog} title=${`Deregister: ${id}`} verb="Deregister" reason="required" close=${close} done=${`${id} is deregistered.`}
          change=${{ method: 'DELETE', path }}>
          <p>Clients no longer find ${id}. If its process still runs, it may register again. The history stays, and an admin can restore the service.</p>
        <//>`} />
    </p>`;
}

/** @param {{instance: any, path: string, close: () => void}} props */
function WeightDialog({ instance, path, close }) {
  const [weight, setWeight] = useState(String(instance.weight));
  const value = Number(weight);
  const valid = weight !== '' && Number.isInteger(value) && value >= 0 && value <= 65_535 && value !== instance.weight;
  return html`
    <${WriteDialog} title=${`Weight: ${instance.id}`} verb="Set the weight" close=${close} done=${`${instance.id} has the weight ${weight}.`}
      change=${valid ? { method: 'PUT', path, body: { weight: value } } : null}>
      <label class="field wide"><span>Weight, now ${instance.weight}; 0 gets no traffic</span>
        <input type="number" min="0" max="65535" required value=${weight} onInput=${(event) => setWeight(event.target.value)} /></label>
    <//>`;
}

/** @param {{id: string, path: string}} props */
const CheckActions = ({ id, path }) => html`
  <${WriteButton} label="Check now…" permission="check.control" dialog=${(close) => html`
    <${WriteDialog} title=${`Check: ${id}`} verb="Check now" reason="none" close=${close} change=${{ method: 'POST', path: `${path}/health`, keyed: false }}
      done=${(data) => `The check of ${id} ${data.passed ? 'passed' : `failed${data.reason ? `: ${data.reason}` : ''}`}. It is ${data.health}.`}>
      <p>Runs the check of ${id} as soon as there is capacity. The result counts like any other.</p>
    <//>`} />
  <${WriteButton} label="Stop checks…" permission="check.control" dialog=${(close) => html`
    <${WriteDialog} title=${`Stop checks: ${id}`} verb="Stop checks" reason="required" close=${close} change=${{ method: 'DELETE', path: `${path}/monitoring` }}
      done=${`The checks of ${id} are stopped.`}><p>Its health stays as it is, until it reports otherwise itself.</p><//>`} />
  <${WriteButton} label="Start checks…" permission="check.control" dialog=${(close) => html`
    <${WriteDialog} title=${`Start checks: ${id}`} verb="Start checks" close=${close} change=${{ method: 'POST', path: `${path}/monitoring` }}
      done=${`The checks of ${id} run.`} />`} />`;
