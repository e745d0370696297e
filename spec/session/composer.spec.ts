import { expect } from 'chai';
import { Composer } from '../../lib/session/composer.ts';

type Keys = 'emacs' | 'vi';

interface Place {
  readonly composer: Composer;
  readonly history: string[];
  readonly notices: string[];
}

function place(keys: Keys = 'emacs', history: string[] = []): Place {
  const notices: string[] = [];
  const composer = new Composer({
    keys: () => keys,
    history,
    completeCommand: (line) => ['model', 'new', 'new-session'].filter((name) => name.startsWith(line)),
    completeFile: () => Promise.resolve([]),
    onChange: () => undefined,
    onNotice: (text) => void notices.push(text),
  });
  return { composer, history, notices };
}

const lines = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index}\n`).join('');

/** What is seen, a row a line, with `|` for the cursor. */
function seen(composer: Composer, columns = 40, rows = 10, label = 'q> '): readonly string[] {
  const view = composer.layout(columns, rows, label);
  return view.rows.map((line, y) => {
    const text = line.map((span) => span.text).join('');
    if (y !== view.cursor.y) return text;
    const full = text.padEnd(view.cursor.x);
    return `${full.slice(0, view.cursor.x)}|${full.slice(view.cursor.x)}`;
  });
}

describe('the composer', () => {
  it('gives what was typed, once, and is empty then', () => {
    const { composer, history } = place();
    composer.type('hello');
    composer.action('newline', [], 1);
    composer.type('there');
    expect(composer.text).to.equal('hello\nthere');
    expect(seen(composer)).to.deep.equal(['q> hello', '   there|']);
    expect(composer.submit()).to.deep.equal({
      parts: [{ text: 'hello\nthere', label: undefined }],
      text: 'hello\nthere',
    });
    expect(composer.isEmpty).to.equal(true);
    expect(composer.submit()).to.equal(undefined);
    expect(history).to.deep.equal(['hello\nthere']);
  });

  it('makes a new line of a backslash at the end', () => {
    const { composer } = place();
    composer.type('one\\');
    expect(composer.submit()).to.equal(undefined);
    composer.type('two\\\\');
    expect(composer.submit()?.text).to.equal('one\ntwo\\\\');
  });

  it('folds a long paste into a token, whole when it is sent', () => {
    const { composer } = place();
    composer.type('see ');
    composer.paste(lines(23));
    composer.type(' and');
    expect(composer.text).to.equal('see [pasted 23 lines] and');
    expect(composer.submit()?.parts).to.deep.equal([
      { text: 'see ', label: undefined },
      { text: lines(23), label: 'pasted 23 lines' },
      { text: ' and', label: undefined },
    ]);
  });
});
