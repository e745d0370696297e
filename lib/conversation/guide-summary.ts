import type { TurnRequest } from './model.ts';

/** What begins the only message of a request for a summary (compaction.ts). */
const SOURCE = '<conversation>\n';
/** Messages of the person that a summary tells of, the newest ones, and units of each. */
const MOST = 20;
const LENGTH = 120;

/** The summary that a request asks for, since the guide must not answer what it is to summarise; undefined for other requests. */
export function summaryOf({ messages, tools }: TurnRequest): string | undefined {
  const text = messages.length === 1 && tools.length === 0 ? (messages[0]?.text ?? '') : '';
  if (!text.startsWith(SOURCE)) return undefined;
  const asked = text
    .split('\n\n')
    .filter((part) => part.startsWith('[person]\n') || part.startsWith(`${SOURCE}[person]\n`))
    .map((part) =>
      part
        .slice(part.indexOf(']\n') + 2)
        .replaceAll(/\s+/g, ' ')
        .slice(0, LENGTH),
    );
  const lines = asked.slice(-MOST).map((line) => `- ${line.replace(/[\ud800-\udbff]$/, '')}`);
  return `**Done**: the person tried qmux with its built-in guide, and wrote:\n\n${lines.join('\n')}`;
}
