import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { UserError } from '../../lib/base/user-error.ts';
import { CommandKey, firstKey, noKey, variableKey } from '../../lib/conversation/api-key.ts';
import { temporaryFolder } from '../support/folder.ts';
import { ManualClock } from '../support/manual-clock.ts';

const thrown = async (promise: Promise<unknown>): Promise<UserError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof UserError ? error : expect.fail(`no UserError: ${error}`);
};

describe('keys', () => {
  it('are looked up in the variables as they are now', async () => {
    const environment: Record<string, string> = {};
    const key = variableKey('WORK_LLM_KEY', () => environment);
    expect([await key.read(), key.advice, key.reject('x')]).to.deep.equal([undefined, 'set WORK_LLM_KEY', false]);
    environment['WORK_LLM_KEY'] = 'a';
    expect(await key.read()).to.equal('a');
  });

  it('come from the first source that has one', async () => {
    const empty = variableKey('A', () => ({ A: ' ' }));
    const full = variableKey('B', () => ({ B: 'b' }));
    expect(await firstKey(empty, full).read()).to.equal('b');
    expect(await firstKey(noKey('x'), empty).read()).to.equal(' ');
    expect(firstKey(empty, full).advice).to.equal('set A, or set B');
  });
});

describe('CommandKey', () => {
  const make = (command: string, clock = new ManualClock(), environment = {}) =>
    new CommandKey('[providers.work]', command, () => ({ PATH: process.env['PATH'], ...environment }), clock);

  it('takes the first line, and runs the command once for many and for a while', async () => {
    const file = path.join(temporaryFolder(), 'runs');
    const clock = new ManualClock();
    const key = make(`echo run >> '${file}'; printf ' %s \\nmore\\n' "$SECRET"`, clock, { SECRET: 'abc' });
    expect(await Promise.all([key.read(), key.read(), key.read()])).to.deep.equal(['abc', 'abc', 'abc']);
    expect(readFileSync(file, 'utf8')).to.equal('run\n');
    clock.advance(400_000);
    expect(await key.read()).to.equal('abc');
    expect(readFileSync(file, 'utf8')).to.equal('run\nrun\n');
  });

  it('runs again when a key that it kept is refused, but not for a fresh one', async () => {
    const file = path.join(temporaryFolder(), 'key');
    writeFileSync(file, 'old');
    const clock = new ManualClock();
    const key = make(`cat '${file}'`, clock);
    expect(await key.read()).to.equal('old');
    clock.advance(60_000);
    writeFileSync(file, 'new');
    expect(key.reject('old')).to.equal(true);
    expect(await key.read()).to.equal('new');
    expect(key.reject('new')).to.equal(false);
  });

  it('says what went wrong, without what the command printed', async () => {
    const failing = await thrown(make('echo hidden; echo hidden >&2; exit 3').read());
    expect(failing.message).to.equal(
      'The api_key_command of [providers.work] failed (3): run it in a shell to see why.',
    );
    expect((await thrown(make('true').read())).message).to.contain('printed nothing');
    expect((await thrown(make('no-such-command-here').read())).message).to.contain('failed (127)');
  });

  it('takes no more of endless output than it needs', async () => {
    expect(await make('echo key; head -c 3000000 /dev/zero').read()).to.equal('key');
  });
});
