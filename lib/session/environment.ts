/** What the environment of a program tells it of its session and server. */
export interface ProgramSurroundings {
  /** The option `default-terminal`. */
  readonly term: string;
  readonly version: string;
  readonly socketPath: string;
  readonly serverPid: number;
  /** The session's number; names change, numbers do not. */
  readonly session: number;
  /** Where agents that speak herdr's protocol report, and by what word they show that they run here. */
  readonly herdr?: { readonly socketPath: string; readonly pane: string };
}

/** Variables that speak of another multiplexer or of the terminal in which the server was started. */
const FOREIGN = new Set([
  'TMUX',
  'TMUX_PANE',
  'STY',
  'WINDOW',
  'ZELLIJ',
  'ZELLIJ_SESSION_NAME',
  'ZELLIJ_PANE_ID',
  'VTE_VERSION',
  'WT_SESSION',
  'WT_PROFILE_ID',
  'TERM_SESSION_ID',
  'LC_TERMINAL',
  'LC_TERMINAL_VERSION',
  'WINDOWID',
  'TERMCAP',
  'COLUMNS',
  'LINES',
  'KONSOLE_VERSION',
  'GNOME_TERMINAL_SCREEN',
  'ALACRITTY_WINDOW_ID',
]);
const FOREIGN_PREFIX = /^(?:KITTY_|ITERM_|WEZTERM_|GHOSTTY_|KONSOLE_DBUS_|QMUX|HERDR_)/;

/**
 * The environment of a session's program: the person's own without what belongs to other terminals, with what tells
 * the program where it runs. `PWD` is left to whoever starts it.
 */
export function programEnvironment(
  base: Readonly<Record<string, string | undefined>>,
  { term, version, socketPath, serverPid, session, herdr }: ProgramSurroundings,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(base))
    if (value !== undefined && !FOREIGN.has(name) && !FOREIGN_PREFIX.test(name)) environment[name] = value;
  environment['TERM'] = term === '' ? 'xterm-256color' : term;
  environment['TERM_PROGRAM'] = 'qmux';
  environment['TERM_PROGRAM_VERSION'] = version;
  environment['COLORTERM'] = 'truecolor';
  environment['QMUX'] = `${socketPath},${serverPid},${session}`;
  environment['QMUX_SESSION'] = String(session);
  if (herdr === undefined) return environment;
  environment['HERDR_ENV'] = '1';
  environment['HERDR_SOCKET_PATH'] = herdr.socketPath;
  environment['HERDR_PANE_ID'] = herdr.pane;
  return environment;
}
