import type { Emitter as CodeEmitter, HLJSApi } from 'highlight.js';
import { Emitter, type Event } from '../base/emitter.ts';
import { LANGUAGES, languageOf, NEEDS } from './highlight-languages.ts';
import type { Line, Span } from './line.ts';
import { BOLD, DIM, ITALIC, PLAIN, palette, type Style } from './style.ts';

const colored = (index: number, attributes = 0): Style => ({ ...PLAIN, foreground: palette(index), attributes });

const KEYWORD = colored(5);
const TEXT = colored(2);
const VALUE = colored(6);
const NAME = colored(4);
const COMMENT: Style = { ...PLAIN, attributes: DIM | ITALIC };
const REMOVED = colored(1);

/** By the first part of highlight.js's scopes. Colours of the terminal's own palette, so that they suit its background. */
const STYLES: ReadonlyMap<string, Style> = new Map([
  ['keyword', KEYWORD],
  ['selector-tag', KEYWORD],
  ['template-tag', KEYWORD],
  ['doctag', KEYWORD],
  ['string', TEXT],
  ['regexp', TEXT],
  ['code', TEXT],
  ['addition', TEXT],
  ['number', VALUE],
  ['literal', VALUE],
  ['symbol', VALUE],
  ['bullet', VALUE],
  ['link', VALUE],
  ['type', VALUE],
  ['built_in', VALUE],
  ['char', VALUE],
  ['title', NAME],
  ['name', NAME],
  ['attr', NAME],
  ['attribute', NAME],
  ['property', NAME],
  ['selector-id', NAME],
  ['selector-class', NAME],
  ['section', colored(4, BOLD)],
  ['meta', VALUE],
  ['comment', COMMENT],
  ['quote', COMMENT],
  ['deletion', REMOVED],
  ['strong', { ...PLAIN, attributes: BOLD }],
  ['emphasis', { ...PLAIN, attributes: ITALIC }],
]);

/** What highlight.js tells its scopes to: makes lines of styled spans instead of HTML. */
class SpanEmitter implements CodeEmitter {
  readonly #lines: Span[][] = [[]];
  readonly #styles: Style[] = [PLAIN];

  get lines(): readonly Line[] {
    return this.#lines;
  }

  startScope(name: string): void {
    const style = STYLES.get(name.split(/[.:]/, 1)[0] ?? '');
    this.#styles.push(style ?? this.#style);
  }

  endScope(): void {
    if (this.#styles.length > 1) this.#styles.pop();
  }

  /** What the core calls beside the two above, although its types do not say so. */
  openNode(name: string): void {
    this.startScope(name);
  }

  closeNode(): void {
    this.endScope();
  }

  addText(text: string): void {
    let start = 0;
    for (;;) {
      const feed = text.indexOf('\n', start);
      const piece = feed < 0 ? text.slice(start) : text.slice(start, feed);
      if (piece !== '') this.#lines.at(-1)?.push({ text: piece, style: this.#style });
      if (feed < 0) return;
      this.#lines.push([]);
      start = feed + 1;
    }
  }

  toHTML(): string {
    return '';
  }

  finalize(): void {
    this.#styles.length = 1;
  }

  __addSublanguage(emitter: CodeEmitter): void {
    if (!(emitter instanceof SpanEmitter)) return;
    for (const [index, line] of emitter.lines.entries()) {
      if (index > 0) this.#lines.push([]);
      this.#lines.at(-1)?.push(...line);
    }
  }

  get #style(): Style {
    return this.#styles.at(-1) ?? PLAIN;
  }
}

/** Pieces of code whose lines are kept, since what streams and what is resized is laid out several times. */
const PIECES_KEPT = 64;

/** Colours of code. Grammars are loaded when they are first needed; until then code is plain. */
class Highlighter {
  /** What a listener throws is its own affair: it must not end the process from here. */
  readonly #loaded = new Emitter<void>(() => {});
  readonly #asked = new Set<string>();
  readonly #ready = new Set<string>();
  #api: Promise<HLJSApi> | undefined;
  #core: HLJSApi | undefined;
  #generation = 0;
  readonly #kept = new Map<string, readonly Line[]>();

  /** Fires when code that was plain would get colours. */
  readonly loaded: Event<void> = this.#loaded.event;

  /** Grows with each grammar: lines of code from before may look different now. */
  get generation(): number {
    return this.#generation;
  }

  /** The lines of `code` with their styles; undefined for an unknown language, and for one that is not there yet. */
  lines(code: string, word: string): readonly Line[] | undefined {
    const language = languageOf(word);
    if (language === undefined) return undefined;
    if (this.#core === undefined || !this.#ready.has(language)) {
      this.#ask(language);
      return undefined;
    }
    const name = `${language} ${code}`;
    const lines = this.#kept.get(name) ?? this.#highlight(this.#core, code, language);
    if (lines === undefined) return undefined;
    this.#kept.delete(name);
    this.#kept.set(name, lines);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= PIECES_KEPT) break;
      this.#kept.delete(oldest);
    }
    return lines;
  }

  #highlight(core: HLJSApi, code: string, language: string): readonly Line[] | undefined {
    try {
      const { _emitter: emitter, errorRaised } = core.highlight(code, { language, ignoreIllegals: true });
      return errorRaised === undefined && emitter instanceof SpanEmitter ? emitter.lines : undefined;
    } catch {
      return undefined;
    }
  }

  #ask(language: string): void {
    if (this.#asked.has(language)) return;
    this.#asked.add(language);
    this.#load(language).then(
      () => {
        this.#generation += 1;
        this.#kept.clear();
        this.#loaded.fire();
      },
      // Code stays plain: a grammar that cannot be loaded is worth no more.
      () => {},
    );
  }

  async #load(language: string): Promise<void> {
    this.#api ??= loadCore();
    const core = await this.#api;
    const names = [language, ...(NEEDS[language] ?? [])];
    await Promise.all(
      names.map(async (name) => {
        const grammar = (await LANGUAGES[name]?.())?.default;
        if (grammar !== undefined && core.getLanguage(name) === undefined) core.registerLanguage(name, grammar);
      }),
    );
    this.#core = core;
    for (const name of names) this.#ready.add(name);
  }
}

async function loadCore(): Promise<HLJSApi> {
  const { default: api } = await import('highlight.js/lib/core');
  const core = api.newInstance();
  core.configure({ __emitter: SpanEmitter });
  return core;
}

/** One for the process, as the grammars are. */
export const highlighter = new Highlighter();
