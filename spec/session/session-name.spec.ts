import { expect } from 'chai';
import fc from 'fast-check';
import { automaticName, freeName, NAME_LENGTH, nameProblem } from '../../lib/session/session-name.ts';

const free = () => false;

describe('a session name', () => {
  it('has letters, digits, - and _', () => {
    expect(nameProblem('api-Refactor_2', free)).to.equal(undefined);
  });

  it('is refused with the reason', () => {
    expect(nameProblem('', free)).to.match(/empty/);
    expect(nameProblem('a b', free)).to.match(/not a blank/);
    expect(nameProblem('a:b', free)).to.match(/not ":"/);
    expect(nameProblem('é', free)).to.match(/not "é"/);
    expect(nameProblem('a\u001b[31m', free)).to.match(/control character/);
    expect(nameProblem('a'.repeat(21), free)).to.match(/at most 20 characters, this one has 21/);
    expect(nameProblem('web', (name) => name === 'web')).to.match(/session named web already/);
  });

  it('may have another length', () => {
    expect(nameProblem('abcdef', free, 5)).to.match(/at most 5/);
    expect(nameProblem('a'.repeat(30), free, 30)).to.equal(undefined);
  });
});

describe('a free name', () => {
  it('gives up whole words for its number', () => {
    expect(freeName('csv-export', (name) => name === 'csv-export')).to.equal('csv-export-2');
    expect(freeName('csv-export-invoices', (name) => name.endsWith('s'))).to.equal('csv-export-2');
    expect(freeName('incomprehensibilitie', (name) => name.endsWith('e'))).to.equal('incomprehensibilit-2');
  });
});

describe('the automatic name of a program', () => {
  it('is its command and directory', () => {
    expect(automaticName('/bin/zsh', '/home/me/src', free)).to.equal('zsh-src');
    expect(automaticName('-zsh', '/home/me/src/', free)).to.equal('zsh-src');
    expect(automaticName('LANG=C exec claude --resume', '/work/api', free)).to.equal('claude-api');
    expect(automaticName('top', '/', free)).to.equal('top');
    expect(automaticName('', '', free)).to.equal('session');
  });

  it('fits, the command before the directory', () => {
    expect(automaticName('claude', '/work/a-very-long-directory-name', free)).to.equal('claude-a-very-long-d');
    expect(automaticName('a-very-long-program-name', '/work/src', free)).to.equal('a-very-long-prog-src');
  });

  it('is made unique by a number', () => {
    const taken = new Set(['zsh-src', 'zsh-src-2']);
    expect(automaticName('zsh', '/src', (name) => taken.has(name))).to.equal('zsh-src-3');
    const long = new Set(['claude-a-very-long-d']);
    expect(automaticName('claude', '/a-very-long-directory', (name) => long.has(name))).to.equal(
      'claude-a-very-long-2',
    );
  });

  it('is always allowed and free', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        fc.integer({ min: 5, max: NAME_LENGTH }),
        fc.nat(12),
        (command, directory, maximum, others) => {
          const names = new Set<string>();
          for (let number = 0; number <= others; number++) {
            const name = automaticName(command, directory, (other) => names.has(other), maximum);
            expect(nameProblem(name, (other) => names.has(other), maximum)).to.equal(undefined);
            names.add(name);
          }
        },
      ),
    );
  });
});
