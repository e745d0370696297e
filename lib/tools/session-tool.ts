import { checkArguments } from './arguments.ts';
import { capOutput } from './output-cap.ts';
import { checkSignal, fixedCall, oneLine } from './prepared.ts';
import { type PreparedCall, type Tool, ToolError, type ToolPlace } from './tool.ts';

const MAXIMUM_REPLY = 64 * 1024;
const MAXIMUM_QUESTION = 32 * 1024;

const parameters = {
  type: 'object',
  properties: {
    action: { type: 'string', enum: ['list', 'read', 'ask'], description: 'What to do.' },
    name: { type: 'string', description: 'Name of the session, for read and ask.' },
    lines: { type: 'integer', minimum: 1, maximum: 1000, description: 'Last lines to read. Default 100.' },
    text: { type: 'string', description: 'What to say, for ask.' },
  },
  required: ['action'],
  additionalProperties: false,
} as const;

/** Looks at other sessions, and speaks to other chats. */
export const sessionTool: Tool = {
  name: 'session',
  description:
    'Looks at the other sessions that the person has open and speaks to them: list names them, read gives the last lines of the screen of one (a program or a chat), ask says something to another chat and gives its reply.',
  parameters,
  risk: 'read',
  asks: 'asks, except for the list',
  async prepare(args, place) {
    const { action, name, lines = 100, text } = checkArguments(parameters, args);
    if (action === 'list') return listing(place);
    if (name === undefined || name === '') throw new ToolError(`${action} needs the name of a session: list has them.`);
    if (action === 'read')
      return fixedCall({
        title: `read ${name}`,
        access: { paths: [], command: undefined, sessions: [name] },
        run: async () => ({ ok: true, text: capOutput(await place.sessions.read(name, lines), MAXIMUM_REPLY) }),
      });
    if (text === undefined || text.trim() === '') throw new ToolError('ask needs the text to say.');
    if (text.length > MAXIMUM_QUESTION) throw new ToolError('The text is too long.');
    return question(name, text, place);
  },
};

function listing({ sessions }: ToolPlace): PreparedCall {
  return fixedCall({
    title: 'list',
    access: { paths: [], command: undefined },
    run: async () => {
      const lines = sessions.list().map(({ name, kind, status, preview }) => `${name}\t${kind}\t${status}\t${preview}`);
      return {
        ok: true,
        text: lines.length === 0 ? '[no other sessions]' : capOutput(lines.join('\n'), MAXIMUM_REPLY),
      };
    },
  });
}

/** What is said can be changed before it is allowed. */
function question(name: string, text: string, place: ToolPlace): PreparedCall {
  return {
    title: oneLine(`ask ${name}: ${text.split('\n', 1)[0]?.slice(0, 100) ?? ''}`),
    access: { paths: [], command: undefined, sessions: [name] },
    diff: '',
    editable: text,
    edited: async (changed) => {
      if (changed.trim() === '') throw new ToolError('The text is empty.');
      return question(name, changed, place);
    },
    run: async ({ signal }) => {
      checkSignal(signal);
      return { ok: true, text: capOutput(await place.sessions.ask(name, text, signal), MAXIMUM_REPLY) };
    },
  };
}
