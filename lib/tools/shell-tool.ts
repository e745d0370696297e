import { checkArguments } from './arguments.ts';
import { commandPaths } from './command-paths.ts';
import { oneLine } from './prepared.ts';
import { runShell } from './shell-run.ts';
import { type PreparedCall, type Tool, ToolError, type ToolPlace } from './tool.ts';
import { displayPath, resolveToolPath } from './tool-path.ts';

/** Seconds that a model may ask for. */
const MAXIMUM_TIMEOUT = 3600;
const MAXIMUM_COMMAND = 64 * 1024;
const MAXIMUM_TITLE = 200;

const parameters = {
  type: 'object',
  properties: {
    command: { type: 'string', description: 'Command line for bash (sh where there is none).' },
    directory: { type: 'string', description: 'Where to run it. Default: the working directory.' },
    timeout: { type: 'integer', minimum: 1, maximum: MAXIMUM_TIMEOUT, description: 'Time limit in seconds.' },
  },
  required: ['command'],
  additionalProperties: false,
} as const;

/** Runs a command line of the shell. */
export const shellTool: Tool = {
  name: 'shell',
  description:
    'Runs one command line in a shell and gives its output and exit code. Nobody can type into it: standard input is empty, there is no pager and no editor. Each call is a new shell: to run elsewhere give directory instead of cd. Prefer one simple command a call, and prefer read, list, glob, grep, edit and write where they do.',
  parameters,
  risk: 'run',
  async prepare(args, place) {
    const { command, directory = '.', timeout } = checkArguments(parameters, args);
    return await prepareCommand(
      command,
      directory,
      timeout === undefined ? place.commandTimeout : timeout * 1000,
      place,
    );
  },
};

async function prepareCommand(
  command: string,
  given: string,
  timeout: number,
  place: ToolPlace,
): Promise<PreparedCall> {
  if (command.trim() === '') throw new ToolError('The command is empty.');
  if (command.includes('\0')) throw new ToolError('A command cannot have a NUL in it.');
  if (command.length > MAXIMUM_COMMAND)
    throw new ToolError('The command is too long: write a script with write, and run that.');
  const directory = await resolveToolPath(given, place);
  const where = directory === place.workingDirectory ? undefined : displayPath(directory, place);
  const paths = await commandPaths(command, { ...place, workingDirectory: directory });
  return {
    title: oneLine(titleOf(command) + (where === undefined ? '' : ` (in ${where})`)),
    ...(where === undefined ? {} : { where }),
    access: { paths: [{ path: directory, write: false }, ...paths], command },
    diff: '',
    editable: command,
    edited: (text) => prepareCommand(text, given, timeout, place),
    run: async (options) => {
      if ((await resolveToolPath(given, place)) !== directory)
        throw new ToolError('The directory leads elsewhere than when the command was allowed: call shell again.');
      const { environment, size } = place;
      return await runShell({ command, workingDirectory: directory, environment, size, timeout }, options);
    },
  };
}

function titleOf(command: string): string {
  const [first = '', ...rest] = command.trim().split('\n');
  const cut = first.length > MAXIMUM_TITLE;
  return cut || rest.length > 0 ? `${first.slice(0, MAXIMUM_TITLE)}…` : first;
}
