/** A subject that the guide can tell of. */
export interface GuideTopic {
  readonly title: string;
  /** Markdown, with the person's own keys. */
  readonly text: string;
  /** Further words by which it is found. */
  readonly words: string;
}

/** A key of the person's keymap. */
export interface GuideKey {
  /** As it is typed: `C-b c`. */
  readonly keys: string;
  readonly note: string;
}

export interface GuideCommand {
  /** That of a slash command begins with `/`. */
  readonly name: string;
  readonly aliases: readonly string[];
  readonly usage: string;
  readonly summary: string;
}

export interface GuideOption {
  readonly name: string;
  readonly default: string;
  readonly description: string;
}

/** What the guide looks things up in; read anew for each reply, since keys and options change at run time. */
export interface GuideHelp {
  readonly topics: readonly GuideTopic[];
  readonly keys: readonly GuideKey[];
  readonly commands: readonly GuideCommand[];
  readonly options: readonly GuideOption[];
  /**
   * Puts the person's keys into a text: `[[new-session]]` becomes the key of that command line, `[[compose/send]]` and
   * `[[approval/approve]]` the key of that action of the key table of composer or approval, each as code.
   */
  fill(markdown: string): string;
}
