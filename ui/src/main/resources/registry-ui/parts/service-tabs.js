/** Head of the pages of one service. */
import { html } from '../app/html.js';
import { href } from '../app/route.js';
import { Heading } from './frame.js';

const TABS = [['', 'Instances'], ['timeline', 'Timeline'], ['traffic', 'Traffic'], ['configuration', 'Configuration'], ['discover', 'Discover'],
  ['history', 'History']];

/** @param {{name: string, tab: string}} props */
export const ServiceTabs = ({ name, tab }) => html`
  <div class="page-head">
    <${Heading} text=${name} />
    <nav class="tabs" aria-label="Pages of the service">
      ${TABS.map(([path, text]) => html`
        <a href=${href(['services', name, path].filter((part) => part !== ''))} aria-current=${tab === path ? 'page' : undefined}>${text}</a>`)}
    </nav>
  </div>`;
