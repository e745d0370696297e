import { expect } from 'chai';
import { StatusClock } from '../../lib/server/status-clock.ts';
import { ManualClock } from '../support/manual-clock.ts';

describe('StatusClock', () => {
  let clock: ManualClock;
  let ticks: number[];

  const start = (template: string, interval = 15): StatusClock => {
    const status = new StatusClock({
      clock,
      interval: () => interval,
      formats: () => ['#I:#W#F', template],
      onTick: () => ticks.push(clock.now()),
    });
    status.run(true);
    return status;
  };

  beforeEach(() => {
    clock = new ManualClock();
    ticks = [];
  });

  it('wakes at full minutes for hours and minutes', () => {
    start('%H:%M');
    clock.advance(180_000);
    expect(ticks).to.deep.equal([1_020_000, 1_080_000, 1_140_000]);
  });

  it('wakes at multiples of status-interval for what nobody tells us', () => {
    for (const template of ['#(uptime)', '%H:%M:%S', '#{pane_current_path}', '#{b:pane_current_path}', '#{E:@mine}']) {
      ticks = [];
      const status = start(template, 5);
      const from = clock.now();
      clock.advance(60_000);
      expect(ticks.length, template).to.equal(12);
      expect(ticks.every((time) => time % 5000 === 0 && time > from)).to.equal(true);
      status.dispose();
    }
  });

  it('sleeps while nobody looks, and when status-interval is 0', () => {
    const status = start('%T');
    status.run(false);
    expect(clock.armed).to.equal(0);
    start('%T', 0);
    expect(clock.armed).to.equal(0);
    clock.advance(120_000);
    expect(ticks).to.deep.equal([]);
  });

  it('follows options when they change', () => {
    let template = '';
    const status = new StatusClock({
      clock,
      interval: () => 1,
      formats: () => [template],
      onTick: () => ticks.push(clock.now()),
    });
    status.run(true);
    clock.advance(10_000);
    expect(ticks).to.deep.equal([]);
    template = '%S';
    status.restart();
    clock.advance(2000);
    expect(ticks.length).to.equal(2);
  });
});
