import type { Arguments, CommandContext } from './command.ts';
import { checkProven } from './insider.ts';

const EVENT = /^\w{1,60}$/;

/**
 * `report-status --hook EVENT`: an agent calls it, and tells more on standard input, or in a word (Codex). It is taken for
 * the session in which it runs, and nothing is said where it runs in none: no agent may fail over it.
 */
export async function reportHook(context: CommandContext, args: Arguments): Promise<void> {
  const { caller, server, signal } = context;
  const session = caller.ownSession;
  const event = args.value('hook') ?? '';
  if (caller.kind !== 'process' || session === undefined || !EVENT.test(event)) return;
  const [word] = args.positional;
  await checkProven(caller);
  const payload = word === undefined ? await caller.readStdin() : Buffer.from(word);
  const answer = await server.agents.hook(session, event, payload, signal);
  if (answer !== undefined) context.print(answer);
}
