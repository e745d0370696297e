import { UserError } from '../base/user-error.ts';
import { FORMAT, FORMAT_VERSION } from './export-json.ts';
import { asRecord, type JsonRecord } from './json-value.ts';
import { fencedText, MARKDOWN_VERSION, type Marker, markers } from './markdown-file.ts';

/**
 * The values of a text that `exportMarkdown` made, as its JSON would have them; undefined for a text that is none.
 * Throws UserError.
 */
export function importMarkdown(text: string): JsonRecord | undefined {
  const [head, ...rest] = markers(text) ?? [];
  if (head === undefined) return undefined;
  const { version, ...facts } = asRecord(head.facts) ?? {};
  if (version !== MARKDOWN_VERSION)
    throw new UserError(
      typeof version === 'number' && version > MARKDOWN_VERSION
        ? `this conversation was exported by a newer qmux (its version is ${version}, this one knows ${MARKDOWN_VERSION})`
        : 'the first line of this file is not as qmux wrote it',
    );
  const messages = messagesOf(rest);
  const ids = messages.flatMap(({ id }) => (typeof id === 'number' ? [id] : []));
  const nextId = ids.reduce((largest, id) => Math.max(largest, id), 0) + 1;
  const total = { input: 0, cached: 0, output: 0 };
  return { ...facts, format: FORMAT, version: FORMAT_VERSION, nextId, total, contextTokens: null, messages };
}

type Values = Record<string, unknown>;

function messagesOf(parts: readonly Marker[]): readonly Values[] {
  const messages: Values[] = [];
  let calls: Values[] = [];
  for (const { kind, facts: given, body } of parts) {
    const facts = asRecord(given) ?? {};
    const call = calls.at(-1);
    switch (kind) {
      case 'user':
        messages.push({ ...facts, kind, parts: [{ text: said(body) }] });
        break;
      case 'note':
      case 'summary':
        messages.push({ ...facts, kind, text: said(body) });
        break;
      case 'assistant':
        calls = [];
        messages.push({ ...facts, kind, text: said(body), reasoning: '', calls });
        break;
      case 'call':
        calls.push({ ...facts, arguments: fencedText(body), diff: '', result: '' });
        break;
      case 'diff':
      case 'result':
        if (call !== undefined) call[kind] = fencedText(body);
        break;
    }
  }
  return messages;
}

/** What stands between a heading and the next comment. */
const said = (body: string): string =>
  body
    .replaceAll('\r\n', '\n')
    .replace(/^##? .*\n?/, '')
    .replace(/^\n/, '')
    .replace(/\n{1,2}$/, '');
