/** Writes what happened between two moments as Markdown, with links that show the same for all time. */
import { dateTime } from './format.js';

/** Entries that the report lists. */
const MAX_ENTRIES = 50;

/**
 * @param {{diff: any, entries: any[], uptimes: {name: string, availability: number}[], notes: string, link: string, origin: string}} incident
 */
export function report({ diff, entries, uptimes, notes, link, origin }) {
  const { summary } = diff;
  const lines = [
    `# Incident from ${dateTime(diff.from.at)} to ${dateTime(diff.to.at)}`,
    '',
    `Positions ${diff.from.position} to ${diff.to.position}. [This page](${link})`,
    '',
    `${summary.added} came, ${summary.removed} went, ${summary.changed} changed, ${summary.came_and_went} came and went.`,
    '',
    ...(notes ? [notes, ''] : []),
    ...(uptimes.length > 0 ? ['| service | had a healthy instance |', '|---|---|'] : []),
    ...uptimes.map(({ name, availability }) => `| ${cell(name)} | ${(availability * 100).toFixed(2)} % |`),
    ...(uptimes.length > 0 ? [''] : []),
    '| time | who | what | why |',
    '|---|---|---|---|',
    ...entries.slice(0, MAX_ENTRIES).map((entry) => {
      const address = entry.service_id ? `${origin}/ui/instances/${encodeURIComponent(entry.service_id)}?at=${entry.position}` : link;
      return `| [${dateTime(entry.at)}](${address}) | ${cell(entry.actor ?? 'registry')} | ${cell(entry.summary)} | ${cell(entry.reason ?? entry.cause ?? '')} |`;
    }),
    ...(entries.length > MAX_ENTRIES ? ['', `and ${entries.length - MAX_ENTRIES} more changes.`] : []),
    '',
  ];
  return lines.join('\n');
}

/** Returns a text that can't end a cell of a table, or begin markup. */
const cell = (text) => String(text).replace(/[\\`*_[\]<>|]/g, '\\$&').replace(/\s+/g, ' ');
