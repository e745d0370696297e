import { expect } from 'chai';
import fc from 'fast-check';
import { TurnOrder } from '../../lib/session/turn-order.ts';

/** Output that comes at once, in bytes: more than a little makes a hidden task a flood. */
const FLOOD = 20_000;
const SLICE = 16_384;

class Task {
  isShown: boolean;
  isHeld = false;
  waiting = 0;
  /** When it was read or parsed last. */
  served = 0;
  readonly name: string;

  constructor(name: string, isShown = false) {
    this.name = name;
    this.isShown = isShown;
  }
}

describe('the order of turns', () => {
  let now: number;
  let order: TurnOrder<Task>;

  beforeEach(() => {
    now = 1000;
    order = new TurnOrder<Task>((task, isHeld) => {
      task.isHeld = isHeld;
    });
  });

  function give(task: Task, bytes: number): void {
    task.waiting += bytes;
    order.received(task, bytes, now);
  }

  /** Parses a slice of whose turn it is. */
  function step(): Task | undefined {
    const task = order.next(now);
    if (task === undefined) return undefined;
    task.waiting -= Math.min(SLICE, task.waiting);
    task.served = now;
    order.parsed(task, task.waiting > 0);
    return task;
  }

  const floods = (count: number): Task[] =>
    Array.from({ length: count }, (_, index) => {
      const task = new Task(`f${index}`);
      give(task, FLOOD);
      return task;
    });
  const read = (tasks: readonly Task[]): string[] => tasks.filter(({ isHeld }) => !isHeld).map(({ name }) => name);

  it('has one hidden flood read at a time', () => {
    const tasks = floods(4);
    expect(read(tasks)).to.deep.equal(['f0']);
    step();
    now += 25;
    step();
    expect(read(tasks)).to.deep.equal(['f1']);
  });

  it('does not hold what is hidden and gives little', () => {
    const [flood] = floods(1);
    const little = new Task('little');
    for (let times = 0; times < 50; times++) {
      now += 20;
      if (flood !== undefined) give(flood, FLOOD);
      give(little, 1000);
      expect([step(), step()]).to.include(little);
      expect(little.isHeld).to.equal(false);
    }
  });

  it('fills a moment in which the flood gives nothing with what others gave already, and reads none of them', () => {
    const tasks = floods(3);
    step();
    step();
    expect(step()?.name).to.equal('f1');
    expect(read(tasks)).to.deep.equal(['f0']);
  });

  it('reads the next flood when one has ended', () => {
    const tasks = floods(2);
    for (let times = 0; times < 6; times++) step();
    expect(read(tasks)).to.include('f1');
    expect(order.wait(now)).to.equal(undefined);
  });

  it('reads a flood freely as soon as it is shown', () => {
    const [, second] = floods(3);
    if (second === undefined) throw new Error('no task');
    second.isShown = true;
    order.shownChanged(second);
    expect(second.isHeld).to.equal(false);
    expect(step()).to.equal(second);
  });

  it('holds all that is hidden for 30 ms from a key on', () => {
    const tasks = floods(2);
    order.noteInput(now);
    expect(read(tasks)).to.deep.equal([]);
    expect([step(), order.wait(now)]).to.deep.equal([undefined, 30]);
    now += 30;
    expect(step()?.name).to.equal('f1');
    expect(read(tasks)).to.deep.equal(['f1']);
  });

  it('lets keys without end hold it for 120 ms at most, then for one turn not', () => {
    floods(1);
    let longest = 0;
    let last = now;
    for (const end = now + 2000; now < end; now += 1) {
      order.noteInput(now);
      if (step() === undefined) continue;
      longest = Math.max(longest, now - last);
      last = now;
    }
    expect(longest).to.be.within(100, 125);
  });

  it('is not delayed by a clock that is set back', () => {
    floods(1);
    order.noteInput(now);
    now -= 100_000;
    expect(step()?.name).to.equal('f0');
  });

  it('starves nobody and forgets nobody, whatever comes', () => {
    const kinds = fc.array(fc.constantFrom('flood', 'little', 'shown'), { minLength: 1, maxLength: 12 });
    const acts = fc.array(fc.constantFrom('key', 'look', 'none', 'none', 'none'), { minLength: 400, maxLength: 400 });
    fc.assert(
      fc.property(kinds, acts, (given, script) => {
        now = 1000;
        order = new TurnOrder<Task>((task, isHeld) => {
          task.isHeld = isHeld;
        });
        const tasks = given.map((kind, index) => new Task(`${kind}${index}`, kind === 'shown'));
        for (const task of tasks) task.served = now;
        // Each has a pause and a turn of each other flood before its own; the shown ones take four turns for one.
        const bound = 2 * (120 + 10) + 2 * tasks.length * (25 + 5 * 5);
        for (const act of script) {
          for (const task of tasks) {
            if (task.isHeld || task.waiting > 4 * SLICE) continue;
            give(task, task.name.startsWith('little') ? 10 : SLICE);
          }
          if (act === 'key') order.noteInput(now);
          const looked = tasks[now % tasks.length];
          if (act === 'look' && looked !== undefined) {
            looked.isShown = !looked.isShown;
            order.shownChanged(looked);
          }
          step();
          now += 5;
          for (const task of tasks) {
            if (task.waiting === 0) task.served = now;
            if (now - task.served > bound) throw new Error(`${task.name} waits since ${now - task.served} ms`);
            if (task.isShown && task.isHeld) throw new Error(`${task.name} is shown and not read`);
          }
        }
        // Nothing more comes: all that waits is parsed, and then nothing is left to do.
        now += 1000;
        for (let times = 0; times < 1000 && order.wait(now) !== undefined; times++) {
          step();
          now += 1;
        }
        for (const task of tasks) if (task.waiting > 0) throw new Error(`${task.name} was forgotten`);
        if (order.wait(now) !== undefined) throw new Error('it never rests');
      }),
      { numRuns: 100 },
    );
  });
});
