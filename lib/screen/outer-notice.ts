import { stripControls } from '../text/sanitize.ts';

/**
 * How a terminal takes a desktop notification: OSC 9 (iTerm2), OSC 99 (kitty: sw.kovidgoyal.net/kitty/desktop-notifications)
 * or OSC 777 (urxvt).
 */
export type NoticeForm = 'osc9' | 'osc99' | 'osc777';

/** UTF-16 units of each text at most: more is on no desktop. */
const MAXIMUM_TEXT = 500;

/**
 * A notification as bytes for the outer terminal; empty when it would say nothing. The texts may come from anywhere: nothing
 * in them ends the sequence, begins another one, or is one of the commands that share its number.
 * @param number tells it from the one before, where the form has that
 */
export function noticeSequence(
  form: NoticeForm,
  texts: { readonly title: string; readonly body: string },
  { utf8, number }: { readonly utf8: boolean; readonly number: number },
): string {
  const title = clean(texts.title, utf8);
  const body = clean(texts.body, utf8);
  if (title === '' && body === '') return '';
  switch (form) {
    case 'osc9':
      return `\x1b]9;${plainOsc9([title, body].filter((text) => text !== '').join(': '))}\x07`;
    case 'osc99': {
      const id = `i=qmux${number}`;
      const end = '\x1b\\';
      if (body === '') return `\x1b]99;${id};${title}${end}`;
      return `\x1b]99;${id}:d=0;${title}${end}\x1b]99;${id}:d=1:p=body;${body}${end}`;
    }
    case 'osc777':
      return `\x1b]777;notify;${title.replaceAll(';', ',')};${body}\x07`;
  }
}

function clean(text: string, utf8: boolean): string {
  const safe = stripControls(text, MAXIMUM_TEXT).trim();
  return utf8 ? safe : safe.replace(/[^ -~]/gu, '?');
}

/** ConEmu's commands are numbers before a semicolon: 9;4 is a progress bar, 9;2 a message box. */
const plainOsc9 = (text: string): string => text.replace(/^(\d+);/, '$1,');
