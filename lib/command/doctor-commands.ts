import type { Command, CommandContext } from './command.ts';
import type { TerminalFacts } from './command-server.ts';

/** The terminal of who asks: of the calling process, else of the client. */
function terminalOf({ caller, client }: CommandContext): TerminalFacts {
  const { kind, environment } = caller;
  if (kind !== 'process') return { term: client?.term ?? '', environment, utf8: client?.utf8 ?? false };
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
  return { term: environment['TERM'] ?? '', environment, utf8: /utf-?8/i.test(locale) };
}

async function doctor(context: CommandContext): Promise<void> {
  const { server, signal } = context;
  const { facts, doctor: ask } = server;
  const lines = [
    `qmux ${facts.version}, node ${process.version}, ${process.platform} ${process.arch}`,
    `server: pid ${facts.pid}, socket ${facts.socketPath}`,
    `terminal: ${ask.terminal(terminalOf(context))}`,
    ...ask.configuration(),
    'endpoint:',
    ...(await ask.models(signal)).map((line, index, all) => (index === all.length - 1 ? line : `  ${line}`)),
  ];
  context.print(lines.join('\n'));
}

/** What helps to find out what is wrong. */
export const doctorCommands: readonly Command[] = [
  {
    name: 'doctor',
    aliases: [],
    summary: 'Tell about version, terminal, configuration, and which endpoint is used and why',
    switches: '',
    values: {},
    positional: { usage: '', minimum: 0, maximum: 0 },
    target: 'none',
    readOnly: true,
    run: doctor,
  },
];
