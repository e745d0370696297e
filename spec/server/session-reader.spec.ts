import { expect } from 'chai';
import { ServerSessionReader } from '../../lib/server/session-reader.ts';
import type { Chat } from '../../lib/session/chat.ts';
import type { Session } from '../../lib/session/session.ts';
import { ToolError } from '../../lib/tools/tool.ts';
import { CommandPlace } from '../support/command-place.ts';

const NEVER = new AbortController().signal;

describe('the sessions as tools see them', () => {
  let sessions: readonly Session[];
  const asking = new Map<number, number>();
  const reader = (own: number) => new ServerSessionReader(() => sessions, own, asking);
  const told = async (action: () => unknown): Promise<string> => {
    try {
      await action();
    } catch (error) {
      if (error instanceof ToolError) return error.message;
      throw error;
    }
    return 'none';
  };
  /** A session that answers what it is asked by what it is told to do. */
  const chat = (session: Session, ask: Chat['ask']): Session =>
    Object.assign(Object.create(session), { kind: 'chat', isAwake: true, ask });

  beforeEach(async () => {
    const place = new CommandPlace();
    place.rows = ['one', 'two  ', 'three', '', ''];
    await place.run('new -d -s api ; new -d -s build ; new -d -s third');
    sessions = place.sessions;
    asking.clear();
  });

  it('are listed, the own one marked', () => {
    expect(reader(1).list().slice(0, 2)).to.deep.equal([
      { name: 'api', kind: 'program', status: 'processing', preview: '' },
      { name: 'build', kind: 'program, this one', status: 'processing', preview: '' },
    ]);
  });

  it('are read from the last row with text on it', async () => {
    expect(await reader(1).read('api', 2)).to.equal('two\nthree');
    expect(await reader(1).read('api', 1e9)).to.equal('one\ntwo\nthree');
    for (const lines of [0, -5, Number.NaN]) expect(await reader(1).read('api', lines)).to.equal('three');
  });

  it('are refused in words when they are not there, or are programs', async () => {
    expect(await told(() => reader(1).read('apl', 1))).to.equal('there is no session apl; the nearest is api');
    expect(await told(() => reader(1).ask('api', 'x', NEVER))).to.equal('api is a program: it can be read, not asked');
  });

  it('give replies, and failures as what they are', async () => {
    const [first, second, third] = sessions;
    if (first === undefined || second === undefined || third === undefined) throw new Error('no sessions');
    sessions = [
      chat(first, (text) => Promise.resolve({ ok: true, text: `${text}!` })),
      chat(second, () => Promise.resolve({ ok: false, text: 'no network' })),
      third,
    ];
    expect(await reader(2).ask('api', 'well', NEVER)).to.equal('well!');
    expect(await told(() => reader(2).ask('build', 'well', NEVER))).to.equal('build gave no reply: no network');
  });

  it('do not ask each other in a ring', async () => {
    const [first, second, third] = sessions;
    if (first === undefined || second === undefined || third === undefined) throw new Error('no sessions');
    const passOn =
      (own: number, name: string): Chat['ask'] =>
      async (text) => {
        const problem = await told(() => reader(own).ask(name, text, NEVER));
        return { ok: problem === 'none', text: problem };
      };
    sessions = [chat(first, passOn(0, 'build')), chat(second, passOn(1, 'third')), chat(third, passOn(2, 'api'))];
    expect(await told(() => reader(0).ask('build', 'x', NEVER))).to.contain('waits for this session itself');
    expect(await told(() => reader(0).ask('api', 'x', NEVER))).to.contain('waits for this session itself');
    expect(asking.size).to.equal(0);
  });
});
