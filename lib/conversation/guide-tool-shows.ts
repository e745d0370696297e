import { allRefused, type GuideCall, report, say, type ToolOutcome } from './guide-reply.ts';
import type { GuideShow } from './guide-show.ts';

const call = (name: string, args: GuideCall['arguments']): GuideCall => ({ name, arguments: args });

const ANSWERS =
  '[[approval/approve]] allows it once, [[approval/trust]] allows it and trusts this tool in this session from now on, ' +
  '[[approval/refuse]] refuses (type a reason and Enter, if you like), [[approval/edit]] changes the command first.';

const TOUR_FILE = '@session/qmux-tour.txt';

/** The first path in what `glob` or `list` gave back that looks like a file of text. */
function textFile(outcomes: readonly ToolOutcome[]): string | undefined {
  const listed = outcomes.find(({ name }) => name === 'glob')?.result ?? '';
  const lines = listed
    .slice(0, 65_536)
    .split('\n', 1000)
    .map((line) => line.trim());
  return lines.find((line) => line.length < 200 && /^[\w./-]+\.(md|txt|json|toml|ts|js|py|c|h|go|rs|sh)$/.test(line));
}

const tour: GuideShow = {
  name: 'tour',
  ask: 'tour',
  words: ['the tour', 'quick tour', 'guided tour', 'tutorial'],
  summary: 'the first minute with qmux, from here to a tool call',
  tools: ['shell'],
  steps: [
    ({ help }) =>
      say(
        help.fill(
          `## 1. Sessions

A **session** is one running thing: a chat like this one, or a program such as a shell or a coding agent. All of them work
on, whichever is on the screen. [[new-session]] makes a new one, [[next-window]] shows the next, [[choose-tree]] lists all.

## 2. Replies

What you read comes in pieces, as Markdown, and is laid out while it comes: \`code\`, **emphasis**, lists, tables.

## 3. Tools

A model may ask to use tools on your machine. What only reads in this directory runs; everything else waits for you.
Here is such a call: ${ANSWERS}`,
        ),
        [call('shell', { command: 'echo "hello from qmux"' })],
      ),
    ({ outcomes, help }) =>
      say(
        `${report(outcomes)}\n\n${help.fill(`## 4. Where to go next

- \`show streaming\`, \`show edit\`, \`show many\`, \`show slow\`: more of what chats do
- \`how do I set an endpoint\`: a real model in place of me
- [[new-session]] opens another session, [[detach-client]] leaves with everything going on
- [[list-keys -N]] lists all keys, \`/help\` what may be typed here
- \`help\`: what else I know`)}`,
      ),
  ],
};

const tools: GuideShow = {
  name: 'tools',
  ask: 'show tools',
  words: ['tool', 'tool calls', 'cards'],
  summary: 'tools that read, several at once; they need no approval here',
  tools: ['list', 'glob', 'grep'],
  steps: [
    ({ help }) =>
      say(
        help.fill(
          'I look around in the directory of this session, with three tools at once. They only read inside of it, so ' +
            'they run without asking. Each is a card of one line; [[compose/toggle-cards]] opens and closes them.',
        ),
        [
          call('list', { path: '.' }),
          call('glob', { pattern: '*.{md,txt,json,toml}' }),
          call('grep', { pattern: 'TODO', limit: 20 }),
        ],
      ),
    ({ outcomes }) => {
      const file = textFile(outcomes);
      const told = report(outcomes);
      return file === undefined
        ? say(told)
        : say(`${told}\n\nAnd I read the first file of text.`, [call('read', { path: file, limit: 20 })]);
    },
    ({ outcomes }) =>
      say(`${report(outcomes)}\n\nThat is all that a model sees of your files: what its tools give back.`),
  ],
};

const approval: GuideShow = {
  name: 'approval',
  ask: 'show approval',
  words: ['approvals', 'approve', 'permission', 'shell', 'command'],
  summary: 'a command that waits for your approval',
  tools: ['shell'],
  steps: [
    ({ help }) =>
      say(
        help.fill(
          `I ask to run a harmless command. Nothing runs before you answer: ${ANSWERS}\n\n` +
            'While it waits, the status line marks this session, and [[approve]] answers from any other one, after ' +
            'showing what is asked.',
        ),
        [call('shell', { command: 'ls -l | head' })],
      ),
    ({ outcomes, help }) =>
      allRefused(outcomes)
        ? say(
            help.fill(
              `${report(outcomes)}\n\nRefusing is always safe: the model learns of it and goes on. Try it again with \`show approval\`.`,
            ),
          )
        : say(
            help.fill(
              `${report(outcomes)}\n\nThe whole output is in the card above; [[compose/toggle-cards]] opens it.`,
            ),
          ),
  ],
};

const edit: GuideShow = {
  name: 'edit',
  ask: 'show edit',
  words: ['edits', 'diff', 'diffs', 'write', 'writing', 'file'],
  summary: "a file is written and changed, with its diff; in this session's own folder",
  tools: ['write', 'edit'],
  steps: [
    () =>
      say(
        `I write a small file, \`${TOUR_FILE}\`. \`@session/\` is the folder of this chat alone: writing there needs no ` +
          'approval, writing to your own files always asks, with the diff on the screen.',
        [call('write', { path: TOUR_FILE, content: 'qmux tour\n\nThis file was written by the guide.\nIt may go.\n' })],
      ),
    ({ outcomes }) =>
      say(`${report(outcomes)}\n\nNow I change a line of it.`, [
        call('edit', { path: TOUR_FILE, old_string: 'It may go.', new_string: 'It was changed once, and may go.' }),
      ]),
    ({ outcomes, help }) =>
      say(
        help.fill(
          `${report(outcomes)}\n\n[[compose/toggle-cards]] opens the cards with their diffs. A file that changed since it was read is not ` +
            'written over: the model has to read it again.',
        ),
      ),
  ],
};

const many: GuideShow = {
  name: 'many',
  ask: 'show many',
  words: ['many calls', 'many approvals', 'parallel', 'five'],
  summary: 'five calls at once that all ask',
  tools: ['shell'],
  steps: [
    ({ help }) =>
      say(
        help.fill(
          'I ask for five commands at once. Answer them one by one, or all together: [[approval/approve-all]] allows all, ' +
            '[[approval/refuse-all]] refuses all, [[approval/approval-next]] goes to the next one.',
        ),
        ['date', 'pwd', 'uname -s', 'whoami', 'id -u'].map((command) => call('shell', { command })),
      ),
    ({ outcomes }) => say(`${report(outcomes)}\n\nEach answer went to its own call.`),
  ],
};

/** The shows that call tools. */
export const TOOL_SHOWS: readonly GuideShow[] = [tour, tools, approval, edit, many];
