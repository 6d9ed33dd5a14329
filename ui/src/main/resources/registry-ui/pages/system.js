/** State of the registry itself: nodes and stores, read models, dead letters, retention, checks, and bridges. */
import { html } from '../app/html.js';
import { href } from '../app/route.js';
import { Heading } from '../parts/frame.js';
import { BridgesPanel } from '../parts/system-bridges.js';
import { ChecksPanel } from '../parts/system-checks.js';
import { DeadLettersPanel } from '../parts/system-dead-letters.js';
import { ProjectionsPanel } from '../parts/system-projections.js';
import { RetentionPanel } from '../parts/system-retention.js';
import { StatusPanel } from '../parts/system-status.js';

const TABS = [
  ['', 'Status', StatusPanel],
  ['projections', 'Projections', ProjectionsPanel],
  ['dead-letters', 'Dead letters', DeadLettersPanel],
  ['retention', 'Retention', RetentionPanel],
  ['checks', 'Checks', ChecksPanel],
  ['bridges', 'Bridges', BridgesPanel],
];

/** @param {{now: import('../app/route.js').Route}} props */
export default function SystemPage({ now }) {
  const [, title, Content] = TABS.find(([path]) => path === now.id) ?? TABS[0];
  return html`
    <div class="page-head">
      <${Heading} text=${now.id ? title : 'System'} />
      <nav class="tabs" aria-label="Pages of the system">
        ${TABS.map(([path, text]) => html`
          <a href=${href(['system', path].filter((part) => part !== ''))} aria-current=${now.id === path ? 'page' : undefined}>${text}</a>`)}
      </nav>
    </div>
    <${Content} now=${now} />`;
}
