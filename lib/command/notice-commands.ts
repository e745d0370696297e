import { UserError } from '../base/user-error.ts';
import type { Arguments, Command, CommandContext } from './command.ts';
import { targetSession } from './place.ts';

const WORDS: Readonly<Record<string, boolean>> = { on: true, off: false };

function mute(context: CommandContext, args: Arguments): void {
  const { options } = context.server;
  const session = targetSession(context, args);
  const [word] = args.positional;
  if (word !== undefined && !Object.hasOwn(WORDS, word))
    throw new UserError(`mute takes on or off, not ${word.slice(0, 40)}`);
  const muted = word === undefined ? !options.boolean('mute', session.id) : WORDS[word] === true;
  options.set('mute', muted ? 'on' : 'off', { session: session.id });
  context.print(muted ? `${session.name} is muted: it gives no notices` : `${session.name} gives notices again`);
}

/** Commands about how a person is told of sessions that wait. */
export const noticeCommands: readonly Command[] = [
  {
    name: 'mute',
    aliases: [],
    summary: 'Give no notice of a session that waits, or give them again: on, off, or the other one',
    switches: '',
    values: { t: 'target-session' },
    positional: { usage: '[on|off]', minimum: 0, maximum: 1, flagsAfter: true },
    target: 'session',
    run: mute,
  },
];
