import { expect } from 'chai';
import { UserError } from '../../lib/base/user-error.ts';
import { WaitChannels } from '../../lib/command/wait-channels.ts';

const never = new AbortController().signal;

/** Whether `promise` is fulfilled once all pending microtasks have run. */
async function done(promise: Promise<void>): Promise<boolean> {
  let fulfilled = false;
  void promise.then(() => {
    fulfilled = true;
  });
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  return fulfilled;
}

describe('WaitChannels', () => {
  it('lets all waiters of a channel go on at its signal', async () => {
    const channels = new WaitChannels();
    const first = channels.wait('build', never);
    const second = channels.wait('build', never);
    const other = channels.wait('test', never);
    expect(await done(first)).to.equal(false);
    channels.signal('build');
    expect([await done(first), await done(second), await done(other)]).to.deep.equal([true, true, false]);
  });

  it('remembers one signal that nobody waited for', async () => {
    const channels = new WaitChannels();
    channels.signal('build');
    expect(await done(channels.wait('build', never))).to.equal(true);
    expect(await done(channels.wait('build', never))).to.equal(false);
  });

  it('hands a lock on in order', async () => {
    const channels = new WaitChannels();
    await channels.lock('x', never);
    const second = channels.lock('x', never);
    const third = channels.lock('x', never);
    channels.unlock('x');
    expect([await done(second), await done(third)]).to.deep.equal([true, false]);
    channels.unlock('x');
    expect(await done(third)).to.equal(true);
    channels.unlock('x');
    expect(() => channels.unlock('x')).to.throw(UserError, 'channel x not locked');
  });

  it('stops waiting when it is cancelled', async () => {
    const channels = new WaitChannels();
    const controller = new AbortController();
    const waiting = channels.wait('build', controller.signal);
    controller.abort();
    expect(await done(waiting)).to.equal(true);
  });
});
