import type { GuideTopic } from '../conversation/guide-help.ts';
import { AGENT_TOPICS } from './guide-agent-topics.ts';
import { CHAT_TOPICS } from './guide-chat-topics.ts';
import { ENDPOINT_TOPICS } from './guide-endpoint-topics.ts';
import { OVERLAY_TOPICS } from './guide-overlay-topics.ts';

/** On sessions, keys and the screen; keys stand as `[[command line]]` or `[[compose/action]]`. */
const SESSION_TOPICS: readonly GuideTopic[] = [
  {
    title: 'First steps',
    words: 'start begin new user learn basic introduction work tutorial help',
    text: `1. You are in a chat. Type, and [[compose/send]] sends.
2. [[new-session]] makes another session; [[next-window]] and [[previous-window]] go from one to the next, [[choose-tree]]
   lists all with a preview.
3. [[detach-client]] leaves. Everything goes on, and \`qmux\` brings it back.
4. [[list-keys -N]] lists the keys, [[describe-key]] tells what one does, [[command-prompt]] asks for a command.

\`tour\` shows the rest in a minute.`,
  },
  {
    title: 'What a session is',
    words: 'session kind mean definition word concept difference chat program pane window',
    text: `A **session** is one running thing: a **chat** with a model, or a **program** such as a shell, an editor or a
coding agent. It goes on whether or not anybody looks. A tmux user would say *window*. A **pane** is the rectangle of your
screen that shows a session; the **server** is the one background process that owns all of them, a **client** shows one of
them in one terminal. A **turn** of a chat is one message of yours, with all that the model says and does about it.`,
  },
  {
    title: 'A new chat',
    words: 'new chat session second another debug planning development code-review type open create',
    text: `[[new-session]] makes a new session, which is a chat unless the option \`default-kind\` says otherwise. In the
composer of a chat:

\`\`\`
/new                  another chat
/new debug            one for finding a fault
/new planning roof    one for planning, named roof
\`\`\`

From a shell: \`qmux new --chat -s roof\`.`,
  },
  {
    title: 'A shell or another program',
    words: 'new shell program session run command vim editor bash open start terminal process',
    text: `[[new-session-with-a-command]] asks for a command and runs it in a session of its own. From a shell:

\`\`\`sh
qmux new -d -s build make     # without showing it
qmux new --program            # your shell
qmux new vim notes.md
\`\`\`

\`default-kind = "program"\` under \`[sessions]\` makes every new session a shell. A program that fails leaves its screen;
there \`r\` starts it again and \`x\` closes it.`,
  },
  {
    title: 'Going from session to session',
    words:
      'switch session next previous last list overview sidebar go index number picker tab choose change jump between',
    text: `| key | shows |
| --- | --- |
| [[next-window]], [[previous-window]] | the next, the previous one |
| [[last-window]] | the one shown before |
| [[select-window -t :=0]] and so on | the one of that number |
| [[choose-tree]] | a list of all, with a preview |
| [[next-waiting]] | the next one that waits for you |

[[sidebar]] opens a sidebar with all of them, how they stand, and their last lines: \`j\` and \`k\` move, \`Enter\` shows one,
\`y\` answers what it asks, \`q\` gives the keys back; [[sidebar]] closes it.

In a chat: \`/sessions\` lists them (\`--all\` with those that were closed), \`/switch NAME\` shows one. With the mouse, click on its name in the status line.`,
  },
  {
    title: 'Which sessions wait for you',
    words:
      'wait waiting name status line flag star exclamation mark yellow unread unseen dot symbol notification attention bell busy mean icon done finished indicator corner',
    text: `The status line has a flag for each session: \`*\` shown, \`-\` shown before, \`!\` waits for you, \`⟳\` works,
\`•3\` three replies or bursts of output unseen, \`z\` paused, \`✕\` failed. Those that wait are yellow, and stand in the corner
of the screen as well while they are on none: under \`[ui]\`, \`indicator_position\` says in which,
\`show_session_indicator = false\` hides them.

[[next-waiting]] shows the next that waits; [[approve]] answers the most urgent approval from where you are.`,
  },
  {
    title: 'Names',
    words: 'name rename renaming title call session label change character automatic itself',
    text: `[[rename-session]] renames the session, as does \`/rename NAME\` in a chat. Names have 1 to 20 characters: letters,
digits, \`-\` and \`_\`, each once. A chat is named by its type (\`development-1\`) until its first messages give a better
name; one that you gave stays. \`auto_generate_names = false\` under \`[sessions]\` leaves all as they are. A program is called
after its command and directory.`,
  },
  {
    title: 'Ending a session',
    words: 'end close quit exit kill stop leave delete remove session program chat server terminate',
    text: `[[kill-window]] ends the session shown, after asking; so does \`/close\` in a chat. \`exit\` ends a shell. When the
last session has ended, the server leaves as well. \`qmux kill-server\` ends all at once: it comes back with the next
\`qmux\`, where \`qmux kill-server -f\` closes all of it.

To leave *without* ending anything, detach: [[detach-client]].`,
  },
  {
    title: 'Detaching and coming back',
    words:
      'detach attach leave quit come back background reattach resume connection lost close laptop terminal disconnect return later overnight without stopping running job',
    text: `[[detach-client]] leaves; chats and programs go on. \`qmux\` shows the session you saw last, \`qmux attach -t NAME\`
another one. The same happens when the terminal is closed or the line is cut. \`qmux ls\` lists what runs.`,
  },
  {
    title: 'Over SSH',
    words: 'ssh remote server connection line network box agent laptop tunnel train host machine',
    text: `\`ssh -t box qmux\` opens it there. When the line is cut the client ends, and everything goes on: connect again and
type \`qmux\`. Programs that were started long ago still reach your SSH agent, since \`SSH_AUTH_SOCK\` in sessions is a link
that follows the client attached last. Copied text reaches the clipboard of your own terminal where it knows OSC 52.`,
  },
  {
    title: 'Scrolling back',
    words: 'scroll back up page history scrollback earlier previous output older above copy-mode wheel',
    text: `[[copy-mode -u]] goes one page up, [[copy-mode]] opens copy mode, the mouse wheel scrolls as well. There, page keys
and arrows move, and \`q\` leaves. The view stays where it is while more comes below. Programs keep 10 MB each (option
\`history-limit\`).`,
  },
  {
    title: 'Copying and pasting',
    words: 'copy paste clipboard select selection buffer mark text yank mouse',
    text: `Drag with the mouse, or double-click a word: it is copied. With keys: [[copy-mode]], go to the start,
[[copy/begin-selection]], go to the end, [[copy/copy-pipe-and-cancel]]. What is copied goes to the clipboard of your
terminal where it understands OSC 52, and becomes the newest paste buffer: [[paste-buffer]] pastes it, [[choose-buffer]]
chooses among all.`,
  },
  {
    title: 'Searching',
    words: 'search find text old chat history grep look word occurrence all conversations something said week',
    text: `In copy mode ([[copy-mode]]): [[copy/search-backward-incremental]] searches up and [[copy/search-forward-incremental]] down in
what the session has shown; \`n\` goes to the next match. [[search]] finds words in all conversations, open and closed, and
in what programs show with their scrollback, while you type them: Enter goes to the place. \`find-window TEXT\` at the prompt
([[command-prompt]]) chooses among the sessions whose name, title or text fits.`,
  },
  {
    title: 'Closed chats, export, fork',
    words:
      'closed close reopen open again old chat archive export import file markdown json save keep backup share fork branch copy conversation forget delete',
    text: `\`/sessions --all\` lists the chats that were closed: Enter opens one again, \`x\` forgets it for good; \`/reopen NAME\` does
without the list. \`/export\` writes a chat as Markdown, \`/export chat.json\` as JSON, and \`/import FILE\` makes a chat of
either. \`/fork\` goes on in a new chat and leaves this one as it is; \`qmux fork -t NAME --at 12\` begins after message 12.
Closed ones are deleted after 30 days of rest (\`cleanup_after_days\` under \`[sessions]\`).`,
  },
  {
    title: 'The keys',
    words: 'key keyboard shortcut prefix control list hotkey binding all cheat sheet notation mean press',
    text: `Keys of qmux come after the **prefix** ([[prefix]]): press it, let go, then the key. \`C-\` is Control, \`M-\` Alt,
\`S-\` Shift. [[list-keys -N]] lists all with what they do, [[describe-key]] asks for a key and tells what it does. All
other keys go to the session untouched; [[send-prefix]] sends the prefix itself.`,
  },
  {
    title: 'Changing keys',
    words: 'change key bind rebind keymap binding own custom screen zellij emacs vi vim prefix remap shortcut',
    text: `\`keymap = "screen"\` (prefix \`C-a\`) and \`keymap = "zellij"\` ship beside \`tmux\`. \`prefix = "C-a"\` changes the prefix
alone. Single keys, in the shell or as \`commands\` of the configuration:

\`\`\`sh
qmux bind-key -N "Build" b new-session -s build make
qmux bind-key -n F5 next-window
\`\`\`

Your own keymap is a file \`~/.config/qmux/keymaps/NAME.toml\`. The option \`mode-keys\` chooses vi or Emacs keys for copy mode, \`composer-keys\` for the composer.`,
  },
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
    title: 'Mouse',
    words: 'mouse click wheel drag select scroll pointer touch',
    text: `The wheel scrolls back, dragging selects and copies, a double click takes a word and a triple click a line, the
middle button pastes, a click in the status line shows that session, a click on a card of a chat opens it. A program that
asks for the mouse gets it. \`set -g mouse off\` leaves the mouse to your terminal.`,
  },
  {
    title: 'Colours and strange characters',
    words:
      'color colour truecolor 256 theme strange broken character garbled utf-8 unicode emoji look wrong terminal term line box font',
    text: `qmux asks the terminal what it can do and believes \`$TERM\` and \`$COLORTERM\` otherwise; what it cannot show is
reduced. \`qmux -T RGB\` insists on 24-bit colour, \`qmux -2\` on 256 colours, \`qmux -u\` on UTF-8; the option
\`terminal-features\` says so for good. \`qmux doctor\` prints what qmux takes your terminal for.`,
  },
  {
    title: 'Status line',
    words: 'status line bar bottom top format clock position customize hide prompt percent number',
    text: `At its right stand the model, the share of its window that is used, and the tokens. Its parts are options in tmux's format language: \`status-left\`, \`status-right\`, \`window-status-format\`,
\`status-style\`, \`status-position\`. \`set -g status off\` hides it.

\`\`\`sh
qmux set -g status-right '#{session_model} %H:%M'
\`\`\``,
  },
  {
    title: 'Sessions side by side',
    words:
      'split splits pane panes side by side layout tile zoom resize border divide window screen two vertical horizontal',
    text: `[[split-window -h]] shows a new session to the right of this one, [[split-window]] one below; \`qmux join-pane -h -s NAME\`
shows one that is there. [[select-pane -t :.+]] goes to the next pane, as a click does; [[resize-pane -Z]] shows one alone
for a while, [[break-pane]] for good: the others go on, hidden. [[next-layout]] arranges them anew. They come back when
you attach again.`,
  },
  {
    title: 'Several terminals at once',
    words:
      'client several terminal screen share two people same size read-only watch pair attach monitor resize window',
    text: `Any number of clients may be attached, each with its own size and its own session on the screen. A session takes the size
of the client that used it last (option \`window-size\`). \`qmux attach -r\` attaches to watch only; [[choose-client]] lists
the clients and detaches one.`,
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
    title: 'After a reboot or a crash',
    words:
      'session survive reboot restore persist crash server ended missing save keep file conversation chat restart power database stored disk resume old come back',
    text: `Sessions that nobody closed come back with the next \`qmux\`: names, splits, chats as they were, and what programs
showed. Programs are not started by themselves: \`Enter\` starts one again where it was, an agent with its last
conversation; \`p\` starts it anew, \`x\` closes it. \`qmux search WORDS\` finds words of closed ones, too. What you
send is on disk before the model gets it, a reply a quarter of a second after it came; no tool runs twice. \`persist_sessions
= false\` under \`[sessions]\` keeps nothing.`,
  },
  {
    title: 'Limits',
    words:
      'limit maximum many session chat program history memory bytes most concurrent count number hibernate hibernation hibernated asleep awake stats use',
    text: `Up to 10 chats awake (\`max-active\`) and 100 programs (\`max-programs\`); 5 turns at a time over all chats, the others
wait in order (\`max_concurrent\`); 10 MB of scrollback for each program (\`history-limit\`). Each is an option:
[[command-prompt]] and \`set -g max-programs 200\`, or in the configuration. A hidden chat that nobody used for half an
hour (\`hibernate-after-minutes\`), or that is idle longest when one more is made, hibernates: it gives its memory back,
and is there again as it was when you show it. [[stats]] shows memory, turns and the database.`,
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

/** All that the guide can tell at length. */
export const GUIDE_TOPICS: readonly GuideTopic[] = [
  ...SESSION_TOPICS,
  ...AGENT_TOPICS,
  ...OVERLAY_TOPICS,
  ...CHAT_TOPICS,
  ...ENDPOINT_TOPICS,
];
