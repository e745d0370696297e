import type { GuideTopic } from '../conversation/guide-help.ts';

/** On how qmux is installed, configured, scripted and trusted; keys stand as `[[command line]]`. */
export const SETUP_TOPICS: readonly GuideTopic[] = [
  {
    title: 'Configuration',
    words:
      'configuration configure config file setting option toml change default set reload where customize preference',
    text: `\`~/.config/qmux/config.toml\`, read anew when it changes. What is wrong in it is told with file and line, and the
rest applies.

\`\`\`toml
keymap = "tmux"

[sessions]
default_kind = "chat"

[options]
status-position = "top"
\`\`\`

At run time: [[command-prompt]] and \`set -g status-position top\`. \`qmux show-options -g\` lists all with their values.`,
  },
  {
    title: 'Scripts',
    words:
      'script command line cli shell automate cron ci api json pipe ask send wait capture output headless batch events follow stream happen',
    text: `Every command works from a shell as \`qmux COMMAND\`:

\`\`\`sh
qmux new --chat -d -s review "Review the last commit"     # prints the reply
qmux ask -t review "And the tests?"                       # asks a chat or an agent, prints the reply
git diff | qmux ask -t review -
qmux new -d -s tests npm test
qmux send -t api "Fix the test"                           # text and Enter, as one message
qmux wait -t api --status waiting --timeout 600           # until it has ended or asks
qmux send-keys -t tests C-c
qmux capture-pane -p -t tests -S -100
qmux ls --json
qmux events --json                                        # what happens, a line each
\`\`\`

\`ask\` and \`new --chat -d\` exit with an error when the turn fails. \`qmux help COMMAND\` tells how one is called.`,
  },
  {
    title: 'Coming from tmux',
    words: 'tmux byobu difference migrate compatible conf script window different screen user',
    text: `Keys, commands, flags, targets and formats are tmux's. What differs: a **session** stands where tmux has a window,
and there are no groups; names are letters, digits, \`-\` and \`_\`; the configuration is TOML, but \`qmux source-file FILE\`
reads files of command lines; \`mouse\` is on; a client whose session ends goes on to the one before. \`qmux\` alone opens
a chat; \`default_kind = "program"\` opens a shell instead.`,
  },
  {
    title: 'Installing',
    words:
      'install installing update upgrade version node npm linux mac macos windows wsl platform run requirement support free license',
    text: `qmux runs on Linux and macOS with Node.js 20.19 or newer; on Windows inside WSL. In a clone, \`npm install && npm start\`
opens it, \`npm install -g .\` gives the command \`qmux\`. \`qmux -V\` prints the version. It is free, under the MIT license.`,
  },
  {
    title: 'When something is wrong',
    words: 'trouble problem wrong error broken log debug doctor diagnose bug report crash lost hang freeze issue',
    text: `\`qmux doctor\` prints version, terminal, files with their problems, and which endpoint is used and why.
[[show-messages]] shows the messages of late, [[show-log]] the log as it grows. It is \`~/.local/state/qmux/server.log\`; \`QMUX_LOG=debug\` when the
server starts makes it tell more. [[describe-key]] tells why a key does what it does.`,
  },
  {
    title: 'Safety',
    words:
      'safe security trust privacy data secret send key socket other user permission danger risk sent internet network online offline telemetry cloud anywhere',
    text: `The socket belongs to you alone. Keys come from the environment or from a command, and stand in no log and on no
screen. What a model sees is what you write and what its tools give back; tools that write, run or leave the directory ask
first. Escape sequences in what a model or a tool wrote are shown, never obeyed. The guide sends nothing anywhere.`,
  },
];
