import { expect } from 'chai';
import fc from 'fast-check';
import { CTRL } from '../../lib/input/key.ts';
import type { OverlayView } from '../../lib/mode/overlay-view.ts';
import { PromptMode, type PromptModeOptions } from '../../lib/mode/prompt-mode.ts';

type PromptView = Extract<OverlayView, { readonly kind: 'prompt' }>;

class Desk {
  readonly mode: PromptMode;
  readonly done: (string | undefined)[] = [];

  constructor(options: Partial<PromptModeOptions> = {}) {
    this.mode = new PromptMode({
      label: ':',
      initial: '',
      accept: (text) => this.done.push(text),
      cancel: () => this.done.push(undefined),
      ...options,
    });
  }

  type(text: string): this {
    for (const letter of text) this.mode.key({ name: letter === ' ' ? 'Space' : letter, modifiers: 0 });
    return this;
  }

  do(...names: readonly string[]): this {
    for (const name of names) expect(this.mode.action(name, [], 1), name).to.equal(true);
    return this;
  }

  get view(): PromptView {
    const view = this.mode.view();
    if (view.kind !== 'prompt') throw new Error(view.kind);
    return view;
  }

  /** The line with a bar where the cursor is. */
  get line(): string {
    const { text, cursor } = this.view;
    return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
  }
}

describe('prompt mode', () => {
  it('begins with its text, the cursor at the end', () => {
    const desk = new Desk({ initial: 'name' });
    expect(desk.line).to.equal('name|');
    expect(desk.view.label[0]?.text).to.equal(':');
  });

  it('edits by the names of the line editor', () => {
    const desk = new Desk().type('one two three').do('backward-word', 'backward-kill-word');
    expect(desk.line).to.equal('one |three');
    expect(desk.do('end-of-line', 'yank').line).to.equal('one threetwo |');
    expect(desk.do('beginning-of-line', 'delete-char', 'forward-char').line).to.equal('n|e threetwo ');
    expect(desk.do('kill-line', 'kill-to-start').line).to.equal('|');
    expect(desk.mode.action('explode', [], 1)).to.equal(false);
  });

  it('takes typed text and pastes, not keys that act', () => {
    const desk = new Desk().type('é漢');
    desk.mode.key({ name: 'x', modifiers: CTRL });
    desk.mode.key({ name: 'F5', modifiers: 0 });
    desk.mode.paste('a\nb');
    expect(desk.line).to.equal('é漢a b|');
  });

  it('answers once', () => {
    const desk = new Desk().type('ls').do('accept', 'accept', 'cancel').type('x');
    expect(desk.done).to.deep.equal(['ls']);
    expect(new Desk().do('cancel').done).to.deep.equal([undefined]);
  });

  it('answers to a single key when asked to', () => {
    expect(new Desk({ single: true }).type('xy').done).to.deep.equal(['x']);
  });

  it('tells of every edit, not of motions', () => {
    const heard: string[] = [];
    new Desk({ onChange: (text) => heard.push(text) }).type('ab').do('backward-char', 'delete-char', 'history-next');
    expect(heard).to.deep.equal(['a', 'ab', 'a']);
  });

  it('goes through its history and back to what was typed', () => {
    const history = ['first', 'second'];
    const desk = new Desk({ history }).type('dr').do('history-previous');
    expect(desk.line).to.equal('second|');
    expect(desk.do('history-previous', 'history-previous').line).to.equal('first|');
    expect(desk.do('history-next', 'history-next', 'history-next').line).to.equal('dr|');
  });

  it('keeps accepted lines once, and not without end', () => {
    const history = ['a', 'b'];
    new Desk({ history }).type('a').do('accept');
    new Desk({ history }).type(' ').do('accept');
    expect(history).to.deep.equal(['b', 'a']);
    for (let line = 0; line < 150; line++) new Desk({ history }).type(`l${line}`).do('accept');
    expect(history).to.have.length(100);
    expect(history.at(-1)).to.equal('l149');
  });

  describe('completing', () => {
    const names = ['new-session', 'new-window', 'next-window', 'kill-server'];
    const complete = (text: string, cursor: number) => {
      const word = text.slice(text.lastIndexOf(' ', cursor - 1) + 1, cursor);
      return names.filter((name) => name.startsWith(word));
    };

    it('fills in the only candidate, with a blank', () => {
      expect(new Desk({ complete }).type('ki').do('complete').line).to.equal('kill-server |');
      expect(new Desk({ complete }).type('x').do('complete').line).to.equal('x|');
      expect(new Desk().type('x').do('complete').line).to.equal('x|');
    });

    it('fills in what all begin with, lists them, and goes through them', () => {
      const desk = new Desk({ complete }).type('if new').do('complete');
      expect(desk.line).to.equal('if new-|');
      expect(desk.view).to.deep.include({ completions: ['new-session', 'new-window'], selected: undefined });
      expect(desk.do('complete', 'complete').line).to.equal('if new-window|');
      expect(desk.view.selected).to.equal(1);
      expect(desk.do('complete').line).to.equal('if new-session|');
      expect(desk.do('complete-previous').line).to.equal('if new-window|');
      expect(desk.type(' ').view.completions).to.deep.equal([]);
    });

    it('leaves what stands after the cursor', () => {
      const desk = new Desk({ complete, initial: 'kil -t a' }).do('beginning-of-line', 'forward-word', 'complete');
      expect(desk.line).to.equal('kill-server| -t a');
    });
  });

  it('survives any actions, its cursor within its text', () => {
    const names = new Desk().mode.actions.filter((name) => name !== 'accept' && name !== 'cancel');
    const steps = fc.array(
      fc.oneof(
        fc.record({ name: fc.constantFrom(...names) }),
        fc.record({ text: fc.string({ unit: 'grapheme', maxLength: 5 }) }),
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(steps, (list) => {
        const desk = new Desk({ history: ['a b', '👍🏽'], complete: () => ['ab', 'a漢', ''] });
        for (const step of list) {
          if ('name' in step) desk.mode.action(step.name, [], 3);
          else desk.mode.paste(step.text);
          const { text, cursor } = desk.view;
          expect(cursor).to.be.within(0, text.length);
        }
      }),
    );
  });
});
