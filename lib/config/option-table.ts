import { API_OPTIONS } from './api-options.ts';
import { NOTIFY_OPTIONS } from './notify-options.ts';
import { type OptionDefinition, option } from './option-definition.ts';
import { STATUS_OPTIONS } from './status-options.ts';
import { UI_OPTIONS } from './ui-options.ts';

const KILOBYTE = 1024;
const MEGABYTE = 1024 * KILOBYTE;
const DAY = 86_400_000;

/** Characters that end a word in copy mode beside blanks; tmux's default. */
const WORD_SEPARATORS = '!"#$%&\'()*+,-./:;<=>?@[\\]^`{|}~';

const KEYS: readonly OptionDefinition[] = [
  option.string(
    'keymap',
    'server',
    'tmux',
    'The file of key tables to use, of ~/.config/qmux/keymaps or one that ships',
    'keymap',
  ),
  option.key('prefix', 'server', 'C-b', 'The key before the bindings of the prefix table; over the one of the keymap'),
  option.key('prefix2', 'server', 'None', 'A second prefix key'),
  option.number(
    'repeat-time',
    'server',
    500,
    0,
    10_000,
    'Milliseconds in which a repeatable key needs no further prefix',
  ),
  option.number(
    'escape-time',
    'server',
    50,
    0,
    10_000,
    'Milliseconds after Escape in which a key counts as typed with Alt',
  ),
  option.choice(
    'mode-keys',
    'session',
    'emacs',
    ['emacs', 'vi'],
    'Keys of copy mode; vi by default where $VISUAL or $EDITOR says so',
  ),
  option.choice('composer-keys', 'server', 'emacs', ['emacs', 'vi'], 'Keys of the line where chats are written to'),
  option.flag(
    'mouse',
    'session',
    true,
    'Whether clicks and the wheel act on panes where the program does not ask for them',
  ),
];

const SESSIONS: readonly OptionDefinition[] = [
  option.number('max-active', 'server', 10, 1, 1000, 'How many chats may be awake at once', 'sessions.max_active'),
  option.number(
    'hibernate-after-minutes',
    'server',
    30,
    0,
    100_000,
    'After how many minutes a hidden chat at rest gives its memory back; 0 for never',
    'sessions.hibernate_after_minutes',
  ),
  option.number(
    'max-programs',
    'server',
    100,
    1,
    10_000,
    'How many programs may be open at once',
    'sessions.max_programs',
  ),
  option.flag(
    'persist-sessions',
    'server',
    true,
    'Whether conversations and sessions are kept on disk, and come back when the server was ended',
    'sessions.persist_sessions',
  ),
  option.number(
    'cleanup-after-days',
    'server',
    30,
    0,
    36_500,
    'Days of rest after which closed conversations are forgotten; 0 keeps them for ever',
    'sessions.cleanup_after_days',
  ),
  option.bytes(
    'history-limit',
    'session',
    10 * MEGABYTE,
    64 * KILOBYTE,
    1024 * MEGABYTE,
    'Scrollback kept of each session, such as 10MB; a plain number is lines of 200 bytes',
    'sessions.buffer_size',
  ),
  option.number(
    'name-max-length',
    'server',
    20,
    1,
    64,
    'Longest name of a session, in characters',
    'sessions.name_max_length',
  ),
  option.choice(
    'auto-generate-names',
    'server',
    'on',
    ['on', 'off', 'model'],
    'Whether chats are named by their first messages; model asks their model for a better name',
    'sessions.auto_generate_names',
  ),
  option.choice(
    'default-kind',
    'server',
    'chat',
    ['chat', 'program'],
    'What a new session is when no command is given',
    'sessions.default_kind',
  ),
  option.string('default-command', 'session', '', 'Command line of a new session; empty for a login shell'),
  option.string('default-shell', 'session', '', 'Shell that runs commands; empty for $SHELL, else that of the account'),
  option.string('default-terminal', 'session', 'xterm-256color', 'TERM of new programs'),
  option.string('default-directory', 'session', '', 'Where new sessions start; empty for where they were asked for'),
  option.size('default-size', 'session', '80x24', 'Size of sessions that no client has shown'),
  option.choice(
    'window-size',
    'session',
    'latest',
    ['latest', 'largest', 'smallest', 'manual'],
    'Which of the clients that show a session gives its size',
  ),
  option.choice(
    'remain-on-exit',
    'session',
    'failed',
    ['on', 'off', 'failed'],
    'Whether a session stays when its program has ended',
  ),
  option.choice(
    'detach-on-destroy',
    'session',
    'off',
    ['on', 'off', 'previous', 'next'],
    'Whether a client leaves when its session ends, or which one it shows then (off: the last one)',
  ),
  option.number('base-index', 'server', 0, 0, 1000, 'Number of the first session in the status line'),
  option.number('pane-base-index', 'server', 0, 0, 1000, 'Number of the first pane'),
  option.flag('renumber-windows', 'server', false, 'Whether numbers close up when a session ends'),
  option.flag('exit-empty', 'server', true, 'Whether the server leaves when the last session has ended'),
  option.flag('exit-unattached', 'server', false, 'Whether the server leaves when no client is attached'),
  option.array(
    'update-environment',
    'server',
    [
      'DISPLAY',
      'KRB5CCNAME',
      'SSH_ASKPASS',
      'SSH_AUTH_SOCK',
      'SSH_AGENT_PID',
      'SSH_CONNECTION',
      'WAYLAND_DISPLAY',
      'WINDOWID',
      'XAUTHORITY',
    ],
    /[\s,]+/,
    'Variables that new programs take from the client that attached last',
  ),
];

const ALERTS: readonly OptionDefinition[] = [
  option.flag('monitor-bell', 'session', true, 'Whether a bell marks its session'),
  option.flag('monitor-activity', 'session', false, 'Whether output of a hidden session is told'),
  option.choice(
    'bell-action',
    'session',
    'any',
    ['any', 'none', 'current', 'other'],
    'Which sessions ring the bell of the client',
  ),
  option.choice(
    'activity-action',
    'session',
    'other',
    ['any', 'none', 'current', 'other'],
    'Of which sessions activity is told',
  ),
  option.choice(
    'visual-bell',
    'session',
    'off',
    ['off', 'on', 'both'],
    'Whether a bell is told by a message, or by both',
  ),
  option.choice(
    'visual-activity',
    'session',
    'off',
    ['off', 'on', 'both'],
    'Whether activity is told by a message, by a bell (off), or by both',
  ),
];

const CLIENTS: readonly OptionDefinition[] = [
  option.flag('set-titles', 'session', true, 'Whether the title of the outer terminal is set'),
  option.string(
    'set-titles-string',
    'session',
    '#{?notice_count,(#{notice_count}) ,}qmux: #{session_name}#{?pane_title, - #{pane_title},}',
    'Format of that title',
  ),
  option.choice(
    'set-clipboard',
    'server',
    'on',
    ['on', 'external', 'off'],
    'What reaches the clipboard of the outer terminal: all copies, only those of copy mode, or none',
  ),
  option.flag(
    'focus-events',
    'server',
    true,
    'Whether the outer terminal is asked to tell its focus, for programs that ask in turn',
  ),
  option.array(
    'terminal-features',
    'server',
    [],
    /,/,
    'What outer terminals can do: TERM pattern and features, such as xterm*:RGB:hyperlinks',
  ),
  option.number('display-time', 'session', 2000, 0, DAY, 'Milliseconds for which messages are shown; 0 until a key'),
  option.style('message-style', 'session', 'bg=yellow,fg=black', 'Style of messages and prompts'),
  option.style('copy-mode-match-style', 'session', 'bg=cyan,fg=black', 'Style of what a search in copy mode found'),
  option.style('copy-mode-current-match-style', 'session', 'bg=magenta,fg=black', 'Style of the match at the cursor'),
  option.style('copy-mode-mark-style', 'session', 'bg=red,fg=black', 'Style of the line with the mark in copy mode'),
  option.style(
    'mode-style',
    'session',
    'bg=yellow,fg=black',
    'Style of the selection in copy mode and of the chosen item of lists',
  ),
  option.style('pane-border-style', 'session', 'fg=brightblack', 'Style of the lines between panes'),
  option.style('pane-active-border-style', 'session', 'fg=green', 'Style of the lines at the active pane'),
  option.choice(
    'pane-border-status',
    'session',
    'top',
    ['off', 'top', 'bottom'],
    'Where, with several panes, each has a line with name and status of its session',
  ),
  option.string(
    'pane-border-format',
    'session',
    ' #{pane_index} #{session_name} #{session_state} ',
    'Format of that line',
  ),
  option.number('main-pane-width', 'session', 80, 1, 1000, 'Columns of the first pane of layout main-vertical'),
  option.number('main-pane-height', 'session', 24, 1, 400, 'Rows of the first pane of layout main-horizontal'),
  option.number('display-panes-time', 'session', 1000, 0, DAY, 'Milliseconds for which numbers of panes are shown'),
  option.choice('clock-mode-style', 'session', '24', ['12', '24'], 'Hours of the clock'),
  option.color('clock-mode-colour', 'session', 'blue', 'Colour of the clock'),
  option.string('lock-command', 'session', 'lock -np', 'What lock-client runs in the outer terminal'),
];

const EDITING: readonly OptionDefinition[] = [
  option.string('word-separators', 'session', WORD_SEPARATORS, 'Characters that part words in copy mode'),
  option.flag('wrap-search', 'session', true, 'Whether a search goes on at the other end'),
  option.string('copy-command', 'server', '', 'Shell command that copied text is piped to; empty for none'),
  option.number('buffer-limit', 'server', 50, 1, 10_000, 'How many paste buffers of automatic names are kept'),
  option.number('message-limit', 'server', 1000, 1, 100_000, 'How many messages show-messages remembers'),
  option.number('prompt-history-limit', 'server', 100, 0, 10_000, 'How many lines the prompt remembers'),
  option.array(
    'command-alias',
    'server',
    ['split-pane=split-window', 'splitp=split-window', 'choose-window=choose-tree', 'choose-session=choose-tree'],
    /,/,
    'Further names of commands, as name=command line',
  ),
];

/** Every option: the file, `set-option`, the checks and help read this table. */
export const OPTIONS: readonly OptionDefinition[] = [
  ...KEYS,
  ...SESSIONS,
  ...API_OPTIONS,
  ...ALERTS,
  ...NOTIFY_OPTIONS,
  ...STATUS_OPTIONS,
  ...UI_OPTIONS,
  ...CLIENTS,
  ...EDITING,
];
