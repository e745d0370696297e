import { expect } from 'chai';
import { highlighter } from '../../lib/text/highlight.ts';
import { LANGUAGES, languageOf, NEEDS } from '../../lib/text/highlight-languages.ts';
import type { Line } from '../../lib/text/line.ts';
import { layOutMarkdown } from '../../lib/text/markdown-layout.ts';
import { palette } from '../../lib/text/style.ts';

const textOf = (line: Line): string => line.map(({ text }) => text).join('');

/** Code with the colours of its language, once its grammar is there. */
async function coloured(code: string, language: string): Promise<readonly Line[]> {
  for (let tries = 0; tries < 5; tries++) {
    const lines = highlighter.lines(code, language);
    if (lines !== undefined) return lines;
    const loaded = new Promise<void>((resolve) => {
      const subscription = highlighter.loaded(() => {
        subscription.dispose();
        resolve();
      });
    });
    await loaded;
  }
  return [];
}

describe('highlighting', () => {
  it('is plain until the grammar is there, and then has colours', async () => {
    expect(highlighter.lines('let a', 'dart')).to.equal(undefined);
    const { generation } = highlighter;
    const source = '```dart\nvar a = "b";\n```';
    expect(layOutMarkdown(source, 40)[1]?.line.some(({ style }) => style.foreground !== 0)).to.equal(false);
    await coloured('var a = "b";', 'dart');
    expect(highlighter.generation).to.be.above(generation);
    const string = layOutMarkdown(source, 40)[1]?.line.find(({ text }) => text === '"b"');
    expect(string?.style.foreground).to.equal(palette(2));
  });

  it('keeps the text of every line, in scopes over several lines and in languages within others', async () => {
    const code = '<p>a</p>\n<script>\n/* b\n c */ let d = `e\nf`;\n</script>\n\n<style>\n.g { h: i }\n</style>';
    const lines = await coloured(code, 'html');
    expect(lines.map(textOf)).to.deep.equal(code.split('\n'));
    const comment = lines[3]?.[0];
    expect([comment?.text, (comment?.style.attributes ?? 0) !== 0]).to.deep.equal([' c */', true]);
  });

  it('knows languages by the names that people write', () => {
    expect([languageOf('TS'), languageOf('py'), languageOf('c++'), languageOf('sh')]).to.deep.equal([
      'typescript',
      'python',
      'cpp',
      'bash',
    ]);
    expect([languageOf(''), languageOf('toString'), languageOf('klingon')]).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
    expect(highlighter.lines('a', 'klingon')).to.equal(undefined);
  });

  it('has every grammar that its table names', async () => {
    for (const [name, load] of Object.entries(LANGUAGES)) expect((await load()).default, name).to.be.a('function');
    for (const names of Object.values(NEEDS)) for (const name of names) expect(LANGUAGES).to.have.property(name);
  });
});
