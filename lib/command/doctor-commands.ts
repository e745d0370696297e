import type { Command, CommandContext } from './command.ts';

/** The TERM of who asks: of the client, else of the calling process. */
const termOf = ({ caller, client }: CommandContext): string =>
  caller.kind === 'process' ? (caller.environment['TERM'] ?? '') : (client?.term ?? '');

async function doctor(context: CommandContext): Promise<void> {
  const { server, caller, signal } = context;
  const { facts } = server;
  const lines = [
    `qmux ${facts.version}, node ${process.version}, ${process.platform} ${process.arch}`,
    `server: pid ${facts.pid}, socket ${facts.socketPath}`,
    `terminal: ${server.explainTerminal(termOf(context), caller.environment)}`,
    ...server.explainConfiguration(),
    'endpoint:',
    ...(await server.explainModels(signal)).map((line, index, all) => (index === all.length - 1 ? line : `  ${line}`)),
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
