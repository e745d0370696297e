import { expect } from 'chai';
import { ParseScheduler, type ParseTask } from '../../lib/session/parse-scheduler.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { waitUntil } from '../support/wait.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the parse scheduler', () => {
  let clock: ManualClock;
  let scheduler: ParseScheduler;
  let order: string;

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
    };
  }

  beforeEach(() => {
    clock = new ManualClock();
    scheduler = new ParseScheduler(clock);
    order = '';
  });
  afterEach(() => scheduler.dispose());

  it('takes shown tasks first and in turn', async () => {
    scheduler.add(task('h', 2));
    scheduler.add(task('a', 2, true));
    scheduler.add(task('b', 2, true));
    await waitUntil(() => order.length === 6, 'all slices');
    expect(order).to.equal('ababhh');
  });

  it('takes hidden tasks one at a time', async () => {
    for (const name of ['x', 'y']) scheduler.add(task(name, 100));
    await waitUntil(() => order.length === 200, 'all slices');
    expect(order.replace(/(.)\1*/g, '$1')).to.equal('xyxy');
    expect(order.indexOf('y')).to.equal(64);
  });

  it('favours what is shown and the hidden task whose turn it is', async () => {
    const x = task('x', 3, false, 6);
    const y = task('y', 3, false, 6);
    expect(scheduler.isFavoured(y)).to.equal(true);
    scheduler.add(x);
    scheduler.add(y);
    await turn();
    expect([scheduler.isFavoured(x), scheduler.isFavoured(y)]).to.deep.equal([true, false]);
    expect(scheduler.isFavoured(task('s', 1, true))).to.equal(true);
  });

  it('gives others their turn after 5 ms', async () => {
    scheduler.add(task('a', 100, true, 2));
    await turn();
    expect(order).to.have.length(3);
    await turn();
    expect(order).to.have.length(6);
  });

  it('lets no flood that is shown starve what is hidden', async () => {
    scheduler.add(task('s', 40, true, 6));
    scheduler.add(task('h', 3, false, 6));
    await waitUntil(() => order.length === 43, 'all slices');
    expect(order.startsWith('ssssh')).to.equal(true);
  });

  it('stops what is hidden for a moment at each key, not what is shown', async () => {
    scheduler.add(task('h', 3));
    scheduler.noteInput();
    for (let times = 0; times < 3; times++) await turn();
    expect(order).to.equal('');
    scheduler.add(task('s', 1, true));
    await waitUntil(() => order === 's', 'the shown task');
    clock.advance(29);
    await turn();
    expect(order).to.equal('s');
    clock.advance(1);
    await waitUntil(() => order === 'shhh', 'the hidden task');
    expect(clock.armed).to.equal(0);
  });

  it('does nothing for a task that was removed', async () => {
    const gone = task('g', 5);
    scheduler.add(gone);
    scheduler.add(task('h', 1));
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
    };
    scheduler.add(own);
    for (let times = 0; times < 3; times++) await turn();
    expect(order).to.equal('o');
  });
});
