import type { Line } from '../text/line.ts';
import { sanitize } from '../text/sanitize.ts';
import { BOLD, DIM, PLAIN, type Style } from '../text/style.ts';
import { wrapLine } from '../text/wrap.ts';
import { GUIDE } from './chosen-model.ts';

const BRIGHT: Style = { ...PLAIN, attributes: BOLD };
const FAINT: Style = { ...PLAIN, attributes: DIM };

/** What an empty chat tells of itself. */
interface Greeting {
  readonly name: string;
  readonly type: string;
  /** Undefined until it is known. */
  readonly model: string | undefined;
  /** The key of the composer that does an action; undefined for none. */
  readonly keyOf: (action: string) => string | undefined;
}

/** What an empty chat shows, within `columns`. */
export function greetingLines({ name, type, model, keyOf }: Greeting, columns: number): readonly Line[] {
  const named = model === undefined || model === GUIDE ? '' : ` · ${sanitize(model, 200)}`;
  const [send, feed] = [keyOf('send'), keyOf('newline')];
  const keys = [
    ...(send === undefined ? [] : [`${send} sends`]),
    ...(feed === undefined ? [] : [`${feed} new line`]),
    '/ commands',
    '@ files',
    '! runs a command',
  ];
  const guide: readonly Line[] = [
    [],
    [
      { text: 'The built-in guide answers. Type ', style: PLAIN },
      { text: 'tour', style: BRIGHT },
      { text: ' to see everything; /doctor tells how to get a model.', style: PLAIN },
    ],
  ];
  const lines: readonly Line[] = [
    [
      { text: sanitize(name), style: BRIGHT },
      { text: ` · ${type}${named}`, style: FAINT },
    ],
    [{ text: keys.join(' · '), style: FAINT }],
    ...(model === GUIDE ? guide : []),
  ];
  return lines.flatMap((line) => wrapLine(line, columns));
}
