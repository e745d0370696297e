/** What a format is expanded in. */
export interface FormatContext {
  /** The value of a variable or option; undefined when there is none. */
  readonly lookup: (name: string) => string | undefined;
  /** For #{S:}, #{W:}, #{P:} (sessions) and #{L:} (clients): the context of each. */
  readonly loop: (kind: 'sessions' | 'panes' | 'clients') => readonly FormatContext[];
  /** The last line of output of a shell command #(...), from a cache that runs it again at most each second; empty at first. */
  readonly shell: (command: string) => string;
  /** For #{C:}: the line, from 1, of the visible screen that holds the pattern; 0 for none. Flags: `r` regular expression, `i` any case. */
  readonly search?: (pattern: string, flags: string) => number;
  /** Milliseconds since the epoch, for %H:%M and #{t:}. */
  readonly now: number;
}
