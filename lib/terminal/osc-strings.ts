import { stripControls } from '../text/sanitize.ts';
import type { TerminalEvent } from './virtual-terminal.ts';

/** UTF-16 units of a title, path or notification. */
export const MAXIMUM_STRING = 4096;
/** UTF-16 units of a clipboard text, and of its base64 with some room for the selection's name. */
const MAXIMUM_CLIPBOARD = 1 << 20;
export const MAXIMUM_CLIPBOARD_PAYLOAD = Math.ceil(MAXIMUM_CLIPBOARD / 3) * 4 + 64;

/** OSC 7: the path of a `file:` URL of this machine; undefined for another machine's, a relative or a broken one. */
export function parseDirectory(url: string, hostname: string): string | undefined {
  const match = /^(?:file|kitty-shell-cwd):\/\/([^/]*)(\/.*)$/su.exec(url);
  if (match === null) return undefined;
  const host = (match[1] ?? '').toLowerCase();
  const own = hostname.toLowerCase();
  const isOwn = host === '' || host === 'localhost' || host === own || host.split('.')[0] === own.split('.')[0];
  if (!isOwn) return undefined;
  const path = url.startsWith('file:') ? percentDecode(match[2] ?? '') : match[2];
  if (path === undefined || path.length > MAXIMUM_STRING || stripControls(path) !== path) return undefined;
  return path;
}

function percentDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** OSC 52: the text to put into the clipboard; undefined for a query and for what is no base64. */
export function parseClipboard(data: string): string | undefined {
  const match = /^[a-z0-9]*;([A-Za-z0-9+/]+={0,2})$/.exec(data);
  if (match === null) return undefined;
  const text = Buffer.from(match[1] ?? '', 'base64')
    .toString('utf8')
    .replace(/\r\n?/g, '\n');
  return text.length > MAXIMUM_CLIPBOARD ? undefined : stripControls(text, MAXIMUM_CLIPBOARD, '\n\t');
}

const PROGRESS_STATES = [0, 1, 2, 3, 4] as const;

/** OSC 9: ConEmu's progress (9;4;state;percent) or iTerm2's notification; its other numbered commands are ignored. */
export function parseOsc9(data: string): TerminalEvent | undefined {
  const progress = /^4(?:;(\d{1,3}))?(?:;(\d{0,3}))?;?$/.exec(data);
  if (progress !== null) {
    const state = PROGRESS_STATES.find((known) => known === Number(progress[1] ?? 0));
    if (state === undefined) return undefined;
    return { type: 'progress', state, percent: Math.min(100, Number(progress[2] ?? 0)) };
  }
  if (/^\d{1,2}(;|$)/.test(data)) return undefined;
  return notification('', data);
}

/** OSC 777;notify;title;body (urxvt). */
export function parseOsc777(data: string): TerminalEvent | undefined {
  const [command, title = '', ...body] = data.split(';');
  return command === 'notify' ? notification(title, body.join(';')) : undefined;
}

/** A notification of text from outside; none when nothing of it can be shown. */
export function notification(title: string, body: string): TerminalEvent | undefined {
  const event = { type: 'notification', title: stripControls(title), body: stripControls(body) } as const;
  return event.title === '' && event.body === '' ? undefined : event;
}

const MARKS: Readonly<Record<string, 'prompt' | 'input' | 'output' | 'done'>> = {
  A: 'prompt',
  B: 'input',
  C: 'output',
  D: 'done',
};

/** OSC 133 (FinalTerm): A prompt, B input, C output, D done with its exit code. */
export function parseMark(data: string): TerminalEvent | undefined {
  const match = /^([ABCD])(?:;(\d{1,10}))?(?:;|$)/.exec(data);
  const mark = MARKS[match?.[1] ?? ''];
  if (mark === undefined) return /^[ABCD];/.test(data) ? parseMark(data.charAt(0)) : undefined;
  const code = match?.[2];
  return mark === 'done' && code !== undefined
    ? { type: 'mark', mark, exitCode: Number(code) }
    : { type: 'mark', mark };
}

/** OSC 8: `id;uri` as the table of links names it; empty for the end of a link, undefined for what is none. */
export function parseLink(data: string): string | undefined {
  const separator = data.indexOf(';');
  if (separator < 0) return undefined;
  const uri = data.slice(separator + 1);
  if (uri === '') return '';
  if (stripControls(uri) !== uri) return undefined;
  const id = data
    .slice(0, separator)
    .split(':')
    .find((parameter) => parameter.startsWith('id='));
  return `${stripControls(id?.slice(3) ?? '').replaceAll(';', '')};${uri}`;
}
