import { expect } from 'chai';
import { ParseScheduler, type ParseTask } from '../../lib/session/parse-scheduler.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { waitUntil } from '../support/wait.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const FLOOD = 20_000;

describe('the parse scheduler', () => {
  let clock: ManualClock;
  let scheduler: ParseScheduler;
  let order: string;
  const held = new Set<string>();

  /** A task of so many slices, each of which takes so long. */
  function task(name: string, slices: number, isShown = false, milliseconds = 0): ParseTask {
    let left = slices;
    return {
      isShown,
      parseSlice() {
        order += name;
        left -= 1;
        clock.advance(milliseconds);
        return left > 0;
      },
      hold(isHeld) {
        if (isHeld) held.add(name);
        else held.delete(name);
      },
    };
  }

  beforeEach(() => {
    clock = new ManualClock();
    scheduler = new ParseScheduler(clock);
    order = '';
    held.clear();
  });
  afterEach(() => scheduler.dispose());

  it('takes shown tasks first and in turn', async () => {
    scheduler.received(task('h', 2), 10);
    scheduler.received(task('a', 2, true), 10);
    scheduler.received(task('b', 2, true), 10);
    await waitUntil(() => order.length === 6, 'all slices');
    expect(order).to.equal('ababhh');
  });

  it('reads one hidden flood at a time, each for 25 ms', async () => {
    for (const name of ['x', 'y', 'z']) scheduler.received(task(name, 100, false, 1), FLOOD);
    expect([...held]).to.deep.equal(['y', 'z']);
    await waitUntil(() => order.length === 300, 'all slices');
    const runs = order.match(/(.)\1*/g) ?? [];
    expect(runs.slice(0, 4).map((run) => `${run.length}${run[0]}`)).to.deep.equal(['25x', '25y', '25z', '25x']);
  });

  it('gives others their turn after 5 ms', async () => {
    scheduler.received(task('a', 100, true, 2), 10);
    await turn();
    expect(order).to.have.length(3);
    await turn();
    expect(order).to.have.length(6);
  });

  it('lets no flood that is shown starve what is hidden', async () => {
    scheduler.received(task('s', 40, true, 6), 10);
    scheduler.received(task('h', 3, false, 6), 10);
    await waitUntil(() => order.length === 43, 'all slices');
    expect(order.startsWith('ssssh')).to.equal(true);
  });

  it('stops what is hidden for a moment at each key, not what is shown', async () => {
    scheduler.received(task('h', 3), 10);
    scheduler.noteInput();
    for (let times = 0; times < 3; times++) await turn();
    expect(order).to.equal('');
    scheduler.received(task('s', 1, true), 10);
    await waitUntil(() => order === 's', 'the shown task');
    clock.advance(29);
    await turn();
    expect(order).to.equal('s');
    clock.advance(1);
    await waitUntil(() => order === 'shhh', 'the hidden task');
    expect(clock.armed).to.equal(0);
  });

  it('reads a flood that is alone again after a key, though nothing of it waits', async () => {
    scheduler.received(task('h', 1), FLOOD);
    await waitUntil(() => order === 'h', 'its slice');
    scheduler.noteInput();
    expect([...held]).to.deep.equal(['h']);
    clock.advance(30);
    await waitUntil(() => held.size === 0, 'its release');
    await turn();
    expect(clock.armed).to.equal(0);
  });

  it('reads the next flood when the one that was read is gone', async () => {
    const first = task('x', 1000);
    scheduler.received(first, FLOOD);
    scheduler.received(task('y', 1), FLOOD);
    expect([...held]).to.deep.equal(['y']);
    scheduler.remove(first);
    await waitUntil(() => order.includes('y'), 'the other');
    expect([...held]).to.deep.equal([]);
  });

  it('does nothing for a task that was removed', async () => {
    const gone = task('g', 5);
    scheduler.received(gone, 10);
    scheduler.received(task('h', 1), 10);
    scheduler.remove(gone);
    await waitUntil(() => order !== '', 'the other');
    await turn();
    expect(order).to.equal('h');
  });

  it('may be asked to remove the task that is running', async () => {
    const own: ParseTask = {
      isShown: false,
      parseSlice() {
        order += 'o';
        scheduler.remove(own);
        return true;
      },
      hold: () => undefined,
    };
    scheduler.received(own, 10);
    for (let times = 0; times < 3; times++) await turn();
    expect(order).to.equal('o');
  });
});
