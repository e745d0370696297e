import type { Arguments, CommandContext } from './command.ts';

const EVENT = /^\w{1,60}$/;

/**
 * `report-status --hook EVENT`: an agent calls it, and tells more on standard input, or in a word (Codex). It is taken for
 * the session in which it runs, and nothing is said where it runs in none: no agent may fail over it.
 */
export async function reportHook({ caller, server }: CommandContext, args: Arguments): Promise<void> {
  const session = caller.ownSession;
  const event = args.value('hook') ?? '';
  if (caller.kind !== 'process' || session === undefined || !EVENT.test(event)) return;
  const [word] = args.positional;
  server.agents.hook(session, event, word === undefined ? await caller.readStdin() : Buffer.from(word));
}
