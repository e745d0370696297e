import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { shippedAgents } from '../../lib/attention/agent-catalog.ts';
import { readPattern } from '../../lib/attention/pattern.ts';
import { cpuTime } from '../support/cpu-time.ts';

/** As many rows as rules look at, of the longest length that they look at. */
const screenOf = (text: string): readonly string[] =>
  Array.from({ length: 60 }, () => text.repeat(Math.ceil(400 / text.length)).slice(0, 400));

function fits(source: string, ...rows: string[]): boolean | undefined {
  return readPattern(source)?.(rows, () => rows.join(' '));
}

describe('readPattern', () => {
  it('finds texts over the ends of rows, and expressions in one of them', () => {
    expect(fits('Do you want', 'Do you', 'want')).to.equal(true);
    expect(fits('/^(y|Y)es$/', 'no', 'Yes')).to.equal(true);
    expect(fits('/^(y|Y)es$/', 'Ye', 's')).to.equal(false);
    expect(fits('/^a|b$/', 'xb')).to.equal(true);
    expect(fits('/(a|b)?(c|d)+e*f/', 'xxbcdcf')).to.equal(true);
    expect(fits('/(/', '(')).to.equal(undefined);
    expect(fits('  ', 'x')).to.equal(undefined);
  });

  for (const [source, text] of [
    [`/${'x?'.repeat(40)}y/`, 'x'],
    [`/${'(x|x)'.repeat(40)}y/`, 'x'],
    [`/${'(?:x|x)'.repeat(40)}y/`, 'x'],
    ['/x*x*y/', 'x'],
    ['/.*x.*y/', 'x'],
    ['/^a|x*x*y/', 'x'],
    ['/^x*x*[y]/', 'x'],
    ['/(x+)+y/', 'x'],
    ['/(x|x?)(x|x?)(x|x)(x|x)x*y/', 'x'],
    ['/^(x*)\\1y/', 'x'],
  ] as const)
    it(`takes no time to speak of for ${source.slice(0, 40)}`, () => {
      const pattern = readPattern(source);
      const rows = screenOf(text);
      const began = cpuTime();
      expect(pattern?.(rows, () => rows.join(' ')) ?? false).to.equal(false);
      expect(cpuTime() - began).to.be.below(1500);
    });

  it('takes JavaScript’s own expressions for those of all agents that ship, quick on any screen', () => {
    const folder = shippedAgents();
    const texts = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), 'utf8'));
    const sources = [...new Set(texts.flatMap((text) => text.match(/"\/[^"\n]+\/"/g) ?? []))];
    expect(sources.length).to.be.greaterThan(50);
    for (const quoted of sources) {
      const source: unknown = JSON.parse(quoted);
      const pattern = readPattern(String(source));
      for (const text of ['> ', '0.', '─', '❯ 1. Allow', `${String(source).replace(/^\/\^?|\/$/g, '')} `, 'no (esc ']) {
        const rows = screenOf(text);
        const began = cpuTime();
        for (let round = 0; round < 10; round++) pattern?.(rows, () => rows.join(' '));
        expect((cpuTime() - began) / 10, `${quoted} on ${text}`).to.be.below(25);
      }
    }
  });
});
