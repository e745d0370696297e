import { sanitize } from '../text/sanitize.ts';
import { fenced, freeNumber, MARKDOWN_VERSION, marker, openFence } from './markdown-file.ts';
import type { Message, ToolCall } from './message.ts';
import type { SavedConversation } from './saved-conversation.ts';

/**
 * A conversation as Markdown to read and to paste: who said what and when, code as it was, tool calls folded. What a
 * terminal would obey is made visible. `importMarkdown` reads it back; what models thought, what turns cost, and how
 * pasted texts were folded is in the JSON alone.
 */
export function exportMarkdown({ name, type, model, createdAt, conversation }: SavedConversation): string {
  const messages = conversation.messages.map(shownMessage);
  const number = freeNumber(messages.flatMap(({ text, calls }) => [text, ...calls.flatMap(callTexts)]));
  const title = oneLine(name);
  const head = marker(number, 'conversation', {
    version: MARKDOWN_VERSION,
    name,
    type,
    model: model ?? null,
    createdAt,
  });
  const about = [type, ...(model === undefined ? [] : [oneLine(model)]), `begun ${minute(createdAt)}`].join(' · ');
  return `${head}# ${title}\n\n${about}\n\n${messages.map((message) => section(number, message)).join('')}`;
}

interface Shown {
  readonly message: Message;
  readonly text: string;
  readonly calls: readonly ShownCall[];
}

interface ShownCall {
  readonly call: ToolCall;
  readonly arguments: string;
  readonly diff: string;
  readonly result: string;
}

function shownMessage(message: Message): Shown {
  if (message.kind === 'assistant')
    return { message, text: visible(`${message.text}`), calls: message.calls.map(shownCall) };
  const text = message.kind === 'user' ? message.parts.map((part) => part.text).join('') : message.text;
  return { message, text: visible(text), calls: [] };
}

const shownCall = (call: ToolCall): ShownCall => ({
  call,
  arguments: visible(call.arguments),
  diff: visible(call.diff),
  result: visible('result' in call.state ? call.state.result : ''),
});

const callTexts = (call: ShownCall): readonly string[] => [call.arguments, call.diff, call.result];

function section(number: number, { message, text, calls }: Shown): string {
  const { id, time, kind } = message;
  const facts = { id, time, ...ownFacts(message) };
  const fence = openFence(text);
  const closed = fence === '' ? '' : `${marker(number, 'end', {})}${fence}\n\n`;
  const body = `${marker(number, kind, facts)}## ${heading(message)}\n\n${text}\n\n${closed}`;
  return body + calls.map((call) => callSection(number, call)).join('');
}

function ownFacts(message: Message): Readonly<Record<string, unknown>> {
  switch (message.kind) {
    case 'user':
      return {};
    case 'assistant':
      return { model: message.model, state: message.state, finish: message.finish ?? null };
    case 'note':
      return { level: message.level };
    case 'summary':
      return { keptFrom: message.keptFrom };
  }
}

function heading(message: Message): string {
  const time = minute(message.time);
  switch (message.kind) {
    case 'user':
      return `You · ${time}`;
    case 'assistant': {
      const model = message.model === '' ? '' : ` (${oneLine(message.model)})`;
      const state = message.state === 'complete' ? '' : `, ${message.state}`;
      return `Assistant${model}${state} · ${time}`;
    }
    case 'note':
      return `Note · ${time}`;
    case 'summary':
      return `Summary of what was said before · ${time}`;
  }
}

function callSection(number: number, { call, arguments: given, diff, result }: ShownCall): string {
  const { id, name, title, state } = call;
  const title80 = oneLine(title);
  const summary = `${oneLine(name)}${title80 === '' ? '' : `: ${title80}`} (${state.kind})`;
  return [
    marker(number, 'call', { id, name, title, state: state.kind }),
    `<details><summary>${escapeHtml(summary)}</summary>\n\n`,
    `Arguments:\n\n${fenced(given, 'json')}\n`,
    diff === '' ? '' : `Changes:\n\n${marker(number, 'diff', {})}${fenced(diff, 'diff')}\n`,
    `Result:\n\n${marker(number, 'result', {})}${fenced(result)}\n`,
    '</details>\n\n',
  ].join('');
}

/** `2026-01-02 03:04`, in universal time. */
const minute = (time: number): string => `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const oneLine = (text: string): string => sanitize(text, 200).trim();

/** A text of several lines in which nothing is a control but line ends and tabs. */
const visible = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .split(/([\n\t])/)
    .map((part) => (part === '\n' || part === '\t' ? part : sanitize(part, part.length)))
    .join('');

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
