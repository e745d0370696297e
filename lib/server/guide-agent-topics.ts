import type { GuideTopic } from '../conversation/guide-help.ts';

/** On coding agents, and on how a person hears of what waits. */
export const AGENT_TOPICS: readonly GuideTopic[] = [
  {
    title: 'Coding agents',
    words: 'agent claude codex gemini aider opencode copilot crush q coding run inside program qwen cursor',
    text: `A coding agent is a program like any other: \`qmux new claude\`, or [[new-agent]], which lists those that are here.
When it has ended or asks while you look elsewhere, its name turns yellow in the status line: [[next-waiting]] goes there,
and [[approve]] shows what it asks and answers it. \`qmux explain -t NAME\` says why it is thought to work or to wait.

\`qmux install-hooks claude\` (also codex, gemini, qwen, copilot, cursor) lets it say itself whether it works or waits, and
for what: the change to its settings is shown first, and \`--undo\` takes it out.`,
  },
  {
    title: 'Notices',
    words:
      'notice notify notification desktop bell ring sound title count popup alert phone push ntfy command mute silent silence quiet loud unseen',
    text: `What begins to wait while you do not look at it is told by the title of your terminal, \`(2) qmux\`, and by its bell;
under \`[notify]\` in the configuration, \`on_waiting = ["title", "bell", "osc", "command"]\` says how. \`osc\` is a notification
of the desktop; \`command\` is a shell command of yours, run with \`QMUX_NOTICE\` and more in its environment.
What you have on the screen is not told, as long as the terminal has the focus.

\`/mute\`, \`qmux mute -t NAME\`, or \`m\` in [[choose-tree]] silences a session, and once more lets it be heard.`,
  },
];
