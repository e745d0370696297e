import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { release } from '../base/release.ts';
import { errorText, UserError } from '../base/user-error.ts';
import { type Hello, PROTOCOL_VERSION } from '../protocol/message.ts';
import { findSocketPath } from '../protocol/socket-path.ts';
import { startsServer } from '../protocol/starting-commands.ts';
import { type ClientArguments, help, parseArguments } from './arguments.ts';
import { hasTerminal, terminalName, terminalSize } from './client-terminal.ts';
import { connect } from './connect.ts';
import { isHookCall, runHookCall } from './hook-call.ts';
import { relay } from './relay.ts';

/** How often to connect to a server that is gone before it heard us: it was just ending. */
const ATTEMPTS = 3;

/**
 * The whole client: flags, connection, relay. Resolves to the exit code, with all output written; what a person did
 * wrong is one line on standard error. `entry` is the server's module.
 */
export async function run(words: readonly string[], entry: string): Promise<number> {
  try {
    const parsed = parseArguments(words);
    if (parsed.show !== undefined) {
      process.stdout.write(parsed.show === 'help' ? help() : `qmux ${release()}\n`);
      return 0;
    }
    if (isHookCall(parsed.command))
      return await runHookCall(parsed.command, () => runCommand(parsed, entry), process.env);
    return await runCommand(parsed, entry);
  } catch (error) {
    const text = error instanceof UserError ? error.message : `the client failed: ${detail(error)}`;
    process.stderr.write(`qmux: ${text}\n`);
    return 1;
  }
}

async function runCommand(parsed: ClientArguments, entry: string): Promise<number> {
  const workingDirectory = currentDirectory();
  if (parsed.command.length === 0 && !hasTerminal()) throw new UserError('open terminal failed: not a terminal');
  const socketPath = findSocketPath({
    path: parsed.socketPath,
    name: parsed.socketName,
    environment: process.env,
    uid: process.getuid?.() ?? 0,
    workingDirectory,
  });
  const { configFile, verbose } = parsed;
  const start =
    startsServer(parsed.command) && !parsed.noStart
      ? { entry, verbose, configFile: configFile && path.resolve(workingDirectory, configFile) }
      : undefined;
  const hello = makeHello(parsed, workingDirectory);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const end = await relay(await connect(socketPath, start), hello, socketPath);
    if (end !== 'unheard') return end.code;
    await delay(50);
  }
  throw new UserError(`the server on ${socketPath} closes every connection: it may have no descriptors left`);
}

function makeHello(parsed: ClientArguments, workingDirectory: string): Hello {
  const environment = process.env as Record<string, string>;
  const { LC_ALL, LC_CTYPE, LANG } = environment;
  const locale = [LC_ALL, LC_CTYPE, LANG].find((value) => value !== undefined && value !== '') ?? '';
  return {
    type: 'hello',
    version: PROTOCOL_VERSION,
    release: release(),
    pid: process.pid,
    command: parsed.command,
    workingDirectory,
    environment: { ...environment },
    terminal: hasTerminal() ? { name: terminalName(), size: terminalSize() } : undefined,
    utf8: parsed.utf8 || /utf-?8/i.test(locale),
    readOnly: parsed.readOnly,
    features: parsed.features,
    proves: true,
    yields: true,
  };
}

/** Where we are; `/` where that folder was removed under us. */
function currentDirectory(): string {
  try {
    return process.cwd();
  } catch {
    return '/';
  }
}

const detail = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : errorText(error));
