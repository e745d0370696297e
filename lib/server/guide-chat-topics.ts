import type { GuideTopic } from '../conversation/guide-help.ts';

/** On chats: the composer, turns, tools and context. */
export const CHAT_TOPICS: readonly GuideTopic[] = [
  {
    title: 'Writing a message',
    words:
      'write composer message send type new line multi-line enter edit input field text draft newline editor history newlines several undo',
    text: `[[compose/send]] sends, [[compose/newline]] makes a new line (so does a backslash at the end of the line). Drafts stay with their
session.

| key | does |
| --- | --- |
| [[compose/up]] | the row above; from the first one, the message before |
| [[compose/search-history]] | searches in what you sent |
| [[edit-draft]] | writes on in your editor |
| [[compose/complete]] | completes commands, names and files |

A paste of more than 10 lines becomes a token, and is sent whole. The option \`composer-keys\` gives vi's keys.`,
  },
  {
    title: 'Slash commands',
    words: 'slash command / list composer help type available',
    text: `A message that begins with \`/\` is a command for qmux, not for the model; \`/help\` lists them. The most useful:
\`/new\`, \`/switch\`, \`/sessions\`, \`/rename\`, \`/close\`, \`/model\`, \`/tools\`, \`/context\`, \`/compact\`, \`/retry\`, \`/clear\`,
\`/usage\`, \`/pause\`, \`/resume\`. They complete as you type. \`//\` sends a text that begins with a slash.`,
  },
  {
    title: 'Files in a message',
    words:
      'file attach mention at path include read upload attachment image directory complete @ context give document',
    text: `\`@\` completes the name of a file of the session's directory: \`what does @src/main.ts do?\` The model then reads it with its
tools. \`@session/NAME\` is a file in the chat's own folder, where the model may write without asking.`,
  },
  {
    title: 'The folder of a chat, @session',
    words: '@session own private scratch notes folder directory conversation write',
    text: `\`@session/\` is a folder that belongs to one chat. \`@session/notes.md\` in a message, or in a tool's call, is a file there. The
model may read and write in it without asking: for notes, plans, drafts. It is a folder of its own below
\`~/.local/state/qmux/conversations/\`, made when something is written there; your own files it cannot touch that way.`,
  },
  {
    title: 'Running a command yourself',
    words: 'run command shell output bang exclamation give model paste ! execute myself',
    text: `\`!npm test\` in the composer runs the command in the session's directory, and offers its output to your next message as a
token: send it with a question, or delete it.`,
  },
  {
    title: 'Writing while it works',
    words:
      'steer steering queue queued while busy streaming working meanwhile during send before finish wait pending message later',
    text: `[[compose/send]] while it works **steers**: the model gets it after the tool that runs. [[compose/queue]] **queues**: it is sent
when the turn has ended. Both are shown until then; [[compose/recall-queued]] takes the last one back to change or drop it. Nothing is
lost when the turn fails or is stopped. \`show slow\` lets you try it.`,
  },
  {
    title: 'Stopping a reply',
    words: 'stop cancel interrupt abort reply turn stream escape halt running tool end generation answer stuck',
    text: `[[compose/escape]] twice stops the turn: what came stays, running tools end with all that they started, and queued text
comes back to the composer. [[compose/stop]] does so as well when nothing is written. \`/retry\` makes the request again.`,
  },
  {
    title: 'Tools',
    words:
      'tool model can do read write edit list glob grep shell session ability access file computer card open output',
    text: `\`read\`, \`list\`, \`glob\` and \`grep\` look at files, \`write\` and \`edit\` change them, \`shell\` runs a command, \`session\` reads
another session's screen or asks it something. What only reads inside the session's directory runs by itself; everything else asks you.
Each call is a card of one line; [[compose/toggle-cards]] opens cards to their arguments, output and diff. \`/tools\` lists
them. \`show tools\` shows them.`,
  },
  {
    title: 'Approving what a model wants to do',
    words:
      'approve approval approving allow permission permit deny refuse reject yes no confirm ask tool call command answer reason all elsewhere',
    text: `A call that writes, runs or leaves the directory waits for you:

| key | answer |
| --- | --- |
| [[approval/approve]] | run it, this once |
| [[approval/trust]] | run it, and trust this tool in this session |
| [[approval/refuse]] | refuse; a reason may follow, then Enter |
| [[approval/edit]] | change the command first |
| [[approval/approve-all]], [[approval/refuse-all]] | all calls that ask |

While you write a message, [[compose/approve]] and [[compose/refuse]] answer. From another session, [[approve]] shows the most urgent one and
answers it; from a shell, \`qmux approve -t NAME\` and \`qmux deny -t NAME "reason"\`. \`show approval\` lets you try.`,
  },
  {
    title: 'Trusting a tool',
    words:
      'trust always approve approval run shell tool auto automatic without asking every stop ask yolo untrust skip permission',
    text: `[[approval/trust]] at an approval trusts that tool in that session; \`/tools trust shell\` and \`/tools untrust shell\` do it
outright. Trust has limits: commands that hide others, that leave the directory or that destroy still ask, and so do secrets such as
\`~/.ssh\`.`,
  },
  {
    title: 'Context and compaction',
    words:
      'context window full gauge percent compact compaction summary forget everything memory long conversation token clear share limit remember',
    text: `\`/context\` shows the model, how much of its window is used, tokens and cost; the status line shows it in short. Near the limit,
older turns are summarised for the model; you still see all of them. \`/compact\` does it now, \`/clear\` starts anew in the same
session.`,
  },
  {
    title: 'Tokens and cost',
    words: 'token cost price usage money expensive bill spend dollar total much currency cheap pay',
    text: `\`/usage\` shows tokens and cost of all chats, \`/context\` of this one. Cost needs prices in the configuration, for a million
tokens:

\`\`\`toml
[providers.work.model.big]
prices = { input = 2.5, cached = 0.25, output = 10 }
\`\`\``,
  },
  {
    title: 'Types of chats and prompts',
    words:
      'type prompt system instruction persona debug planning development code-review agents.md role behaviour style',
    text: `A chat is for \`development\`, \`debug\`, \`planning\` or \`code-review\`: \`/new debug\`, \`/type planning\`. The type gives the system
prompt. An \`AGENTS.md\` of the project is read as well. Your own prompts:

\`\`\`toml
[prompts]
debug = "Find the cause before you change anything."
\`\`\``,
  },
  {
    title: 'Pausing a chat',
    words: 'pause resume hold paused sleep z',
    text: `\`/pause\` holds a chat: it takes no turn, and what you send waits. \`/resume\` goes on.`,
  },
];
