/** Copies texts for use elsewhere. */
import { html, useState } from '../app/html.js';

/** @param {{label: string, description: string, text: string, name?: string}} props `name`: by which a key finds it */
export function CopyButton({ label, description, text, name }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    if (!navigator.clipboard) {
      // Browsers offer it on protected connections only.
      return;
    }
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1_500);
  };
  return html`<button type="button" class="quiet" data-copy=${name} title=${description} onClick=${copy}>${copied ? 'copied' : label}</button>`;
}
