import { expect } from 'chai';
import { greetingLines } from '../../lib/session/chat-greeting.ts';
import { textWidth } from '../../lib/text/width.ts';

describe('the greeting of a chat', () => {
  const keys = new Map([['send', 'C-s']]);
  const shown = (model: string | undefined, columns = 80) =>
    greetingLines({ name: 'api', type: 'debug', model, keyOf: (action) => keys.get(action) }, columns).map((line) =>
      line.map(({ text }) => text).join(''),
    );

  it('names the model when it is known, and the keys as they are bound', () => {
    const keys = 'C-s sends · / commands · @ files · ! runs a command';
    expect(shown(undefined)).to.deep.equal(['api · debug', keys]);
    expect(shown('work/big\x1b')).to.deep.equal(['api · debug · work/big␛', keys]);
  });

  it('says that the guide answers, what to type, and how to get a model', () => {
    expect(shown('guide').slice(2)).to.deep.equal([
      '',
      'The built-in guide answers. Type tour to see everything; /doctor tells how to',
      'get a model.',
    ]);
  });

  it('keeps to its columns', () => {
    for (const columns of [2, 7, 20, 39])
      for (const row of shown('guide', columns)) expect(textWidth(row)).to.be.at.most(columns);
  });
});
