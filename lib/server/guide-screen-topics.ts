import type { GuideTopic } from '../conversation/guide-help.ts';

/** On keys and the screen; keys stand as `[[command line]]` or `[[copy/action]]`. */
export const SCREEN_TOPICS: readonly GuideTopic[] = [
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
      'split splits pane panes side by side layout tile zoom resize border divide window screen two vertical horizontal mark marked join swap',
    text: `[[split-window -h]] shows a new session to the right of this one, [[split-window]] one below; \`qmux join-pane -h -s NAME\`
shows one that is there. [[select-pane -t :.+]] goes to the next pane, as a click does; [[resize-pane -Z]] shows one alone
for a while, [[break-pane]] for good: the others go on, hidden. [[next-layout]] arranges them anew. They come back when
you attach again. [[select-pane -m]] marks a pane: \`qmux join-pane\` and \`swap-pane\` take the marked one where you name none.`,
  },
  {
    title: 'Several terminals at once',
    words:
      'client several terminal screen share two people same size read-only watch pair attach monitor resize window',
    text: `Any number of clients may be attached, each with its own size and its own session on the screen. A session takes the size
of the client that used it last (option \`window-size\`). \`qmux attach -r\` attaches to watch only; [[choose-client]] lists
the clients and detaches one.`,
  },
];
