import { expect } from 'chai';
import fc from 'fast-check';
import { UserError } from '../../lib/base/user-error.ts';
import { findClient, findSession, matchesPattern } from '../../lib/command/target.ts';

const session = (id: number, index: number, name: string) => ({ id, index, name });
const api = session(4, 0, 'api-refactor');
const debug = session(7, 1, 's3-debug');
const deploy = session(9, 3, 'lambda-deploy');
const shell = session(12, 5, 'lambda-shell');
const sessions = [api, debug, deploy, shell];
const place = { sessions, session: debug, lastSession: shell, mouseSession: api };

const message = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'none';
};

describe('findSession', () => {
  const cases: Readonly<Record<string, { readonly name: string }>> = {
    '': debug,
    '.': debug,
    ':': debug,
    ':.': debug,
    's3-debug': debug,
    '=s3-debug': debug,
    s3: debug,
    '*refactor': api,
    'lambda-[!d]*': shell,
    ':3': deploy,
    ':=3': deploy,
    '3': deploy,
    ':3.0': deploy,
    'api-refactor:0.0': api,
    'api-refactor:': api,
    'api-refactor.0': api,
    '=api-refactor:': api,
    'lambda-deploy:3': deploy,
    'lambda-deploy:lambda-deploy': deploy,
    ':s3': debug,
    $4: api,
    '@7': debug,
    '%9': deploy,
    ':@7': debug,
    '!': shell,
    '{last}': shell,
    ':!': shell,
    '^': api,
    '{start}': api,
    $: shell,
    '{end}': shell,
    ':$': shell,
    '+': deploy,
    ':+': deploy,
    '-': api,
    '+2': shell,
    '+3': api,
    '-2': shell,
    '{next}': deploy,
    '{previous}': api,
    '{mouse}': api,
    '=': api,
    ':{mouse}': api,
  };
  for (const [target, expected] of Object.entries(cases)) {
    it(`finds ${expected.name} for "${target}"`, () => {
      expect(findSession(target, place)).to.equal(expected);
    });
  }

  it('takes a name that is a number for a name', () => {
    const three = session(20, 8, '3');
    expect(findSession('3', { ...place, sessions: [...sessions, three] })).to.equal(three);
    expect(findSession(':3', { ...place, sessions: [...sessions, three] })).to.equal(deploy);
  });

  const problems: Readonly<Record<string, string>> = {
    zz: "can't find session: zz",
    'api-refactr': "can't find session: api-refactr (the nearest is api-refactor)",
    '=api': "can't find session: api (the nearest is api-refactor)",
    lambda: 'ambiguous session: lambda, could be: lambda-deploy, lambda-shell',
    ':8': "can't find window: 8",
    $99: "can't find session: $99",
    'api-refactor:77': "can't find window: 77",
  };
  for (const [target, expected] of Object.entries(problems)) {
    it(`refuses "${target}"`, () => {
      expect(message(() => findSession(target, place))).to.equal(expected);
    });
  }

  it('says so when there is nothing to find', () => {
    const nothing = { sessions: [], session: undefined, lastSession: undefined };
    expect(message(() => findSession(undefined, nothing))).to.equal('no sessions');
    expect(message(() => findSession('+', nothing))).to.equal('no sessions');
    expect(message(() => findSession('!', nothing))).to.equal('no last session');
    expect(message(() => findSession('=', nothing))).to.equal('no mouse target');
  });

  it('throws nothing but UserError', () => {
    const piece = fc.constantFrom('=', ':', '.', '$', '@', '%', '+', '-', '!', '{last}', '[', '*', 's3', '0', '99');
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        message(() => findSession(pieces.join(''), place));
      }),
    );
  });
});

describe('findClient', () => {
  const clients = [{ name: '/dev/pts/3' }, { name: '/dev/ttys001' }];

  it('finds a client by its tty, whole or short', () => {
    for (const target of ['/dev/pts/3', 'pts/3', '3', '/dev/pts/3:'])
      expect(findClient(target, clients, undefined)).to.equal(clients[0]);
    expect(findClient('ttys001', clients, undefined)).to.equal(clients[1]);
    expect(findClient(undefined, clients, clients[1])).to.equal(clients[1]);
  });

  it('says when there is none', () => {
    expect(message(() => findClient('/dev/pts/9', clients, undefined))).to.equal("can't find client: /dev/pts/9");
    expect(message(() => findClient(undefined, clients, undefined))).to.equal('no current client');
    expect(message(() => findClient(undefined, [], undefined))).to.equal('no current client');
  });
});

describe('matchesPattern', () => {
  const cases: readonly (readonly [text: string, pattern: string, fits: boolean])[] = [
    ['abc', 'a*', true],
    ['abc', '*c', true],
    ['abc', 'a?c', true],
    ['abc', 'a??c', false],
    ['abc', '[a-c]bc', true],
    ['abc', '[!a]bc', false],
    ['a]c', 'a[]]c', true],
    ['a*c', 'a\\*c', true],
    ['abc', 'a\\*c', false],
    ['a[c', 'a[c', true],
    ['', '*', true],
    ['', '', true],
    ['abc', '', false],
  ];
  for (const [text, pattern, fits] of cases) {
    it(`says that ${pattern} ${fits ? 'fits' : 'does not fit'} ${text}`, () => {
      expect(matchesPattern(text, pattern)).to.equal(fits);
    });
  }

  it('takes no longer for many stars', () => {
    expect(matchesPattern('a'.repeat(250), `${'*a'.repeat(120)}b`)).to.equal(false);
  });
});
