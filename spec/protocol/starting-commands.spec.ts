import { expect } from 'chai';
import { startsServer } from '../../lib/protocol/starting-commands.ts';

describe('startsServer', () => {
  const cases: readonly (readonly [string, boolean])[] = [
    ['', true],
    ['new', true],
    ['new-session -d -s a', true],
    ['new-s -d', true],
    ['attach -t a', true],
    ['new-window', false],
    ['new-', false],
    ['start-server', true],
    ['help new-session', true],
    ['ls', false],
    ['has-session -t new', false],
    ['start ; ls', true],
    ['ls; new -d', true],
    ['ls ;', false],
    ['display \\; new', false],
  ];
  for (const [line, expected] of cases) {
    it(`${expected ? 'starts' : 'needs'} a server for "${line}"`, () => {
      expect(startsServer(line === '' ? [] : line.split(' '))).to.equal(expected);
    });
  }
});
