/** Saves everything between two moments as a bundle, which another machine can replay. */
import { ApiError, fetchWithToken, url } from '../app/api.js';
import { save } from '../app/download.js';
import { number } from '../app/format.js';
import { html, useState } from '../app/html.js';
import { Problem } from './panel.js';
import { lack } from './write.js';

/** Size up to which a page saves the bundle itself; it must be in memory at once. */
const MAX_BYTES = 50_000_000;

/** @param {{from: number, to: number}} props positions */
export function ExportButton({ from, to }) {
  const [state, setState] = useState({ busy: false, error: null, large: false });
  const missing = lack('projection.admin');
  const load = async () => {
    setState({ busy: true, error: null, large: false });
    try {
      const parts = await bundle(from, to);
      if (parts) {
        save(`incident-${from}-${to}.ndjson`, new Blob(parts, { type: 'application/x-ndjson' }));
      }
      setState({ busy: false, error: null, large: parts === null });
    } catch (error) {
      setState({ busy: false, error, large: false });
    }
  };
  return html`
    <button type="button" disabled=${missing !== '' || state.busy} title=${missing || undefined} aria-busy=${state.busy} onClick=${load}>Export bundle</button>
    ${state.large && html`<span role="status">The bundle is larger than ${number(MAX_BYTES / 1_000_000)} MB. Write it to a file with
      <code>./registry ctl export --from ${from} --to ${to} incident.ndjson</code></span>`}
    ${state.error && html`<${Problem} error=${state.error} again=${load} />`}`;
}

/** Reads a bundle; null if it is too large for a page. */
async function bundle(from, to) {
  const abort = new AbortController();
  const response = await fetchWithToken(url('/admin/export', { from, to }), { headers: { Accept: 'application/x-ndjson' }, signal: abort.signal });
  if (!response.ok) {
    throw new ApiError(await response.json());
  }
  const parts = [];
  let size = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) {
      return parts;
    }
    size += value.length;
    if (size > MAX_BYTES) {
      abort.abort();
      return null;
    }
    parts.push(value);
  }
}
