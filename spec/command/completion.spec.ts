import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { complete } from '../../lib/command/completion.ts';
import { CommandPlace } from '../support/command-place.ts';
import { temporaryFolder } from '../support/folder.ts';

describe('completion', () => {
  const place = new CommandPlace();
  const at = (line: string, cursor = line.length) =>
    complete(line, cursor, { server: place.server, client: undefined });
  before(() => place.run('new -d -s api ; new -d -s build ; set-buffer -b buf x ; bind -T mine x ls'));

  const cases: Readonly<Record<string, readonly string[]>> = {
    'kill-s': ['kill-server', 'kill-session'],
    'ls ; kill-se': ['kill-server', 'kill-session'],
    'ls;kill-se': ['ls;kill-server', 'ls;kill-session'],
    'kill-session -': ['-a', '-t'],
    'ls --': ['--json'],
    'kill-session -t ': ['=api', '=build', 'api', 'build'],
    'kill-session -at b': ['build'],
    'kill-session -t =a': ['=api'],
    'set -g default-s': ['default-shell', 'default-size'],
    'set-option -t api default-si': ['default-size'],
    'bind -T mi': ['mine'],
    'bind -T mine x kill-se': ['kill-server', 'kill-session'],
    'paste-buffer -b ': ['buf'],
    'set-hook -g after-kill-se': ['after-kill-server', 'after-kill-session'],
    'new --chat --type de': ['debug', 'development'],
    'new --ty': ['--type'],
    'select-layout even': ['even-horizontal', 'even-vertical'],
    'wait --status turn': ['turn-ended', 'turn-failed'],
    'set -g sidebar-position ': ['left', 'right'],
    'set -g nosuch ': [],
    'nosuch -': [],
    'rename-session ': [],
    'mute ': ['off', 'on'],
    'install-hooks cl': ['claude'],
    'new-agent gem': ['gemini'],
  };
  for (const [line, expected] of Object.entries(cases)) {
    it(`offers what may follow "${line}"`, () => {
      expect(at(line)).to.deep.equal(expected);
    });
  }

  it('offers files and folders of the directory, hidden ones to a dot', () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'sub'));
    for (const name of ['chat.json', '.hidden', 'two words', 'evil\x1b']) writeFileSync(path.join(folder, name), '');
    expect(at(`import ${folder}/`)).to.deep.equal([`${folder}/chat.json`, `${folder}/sub/`]);
    expect(at(`export ${folder}/.`)).to.deep.equal([`${folder}/.hidden`]);
    expect(at(`import ${folder}/nosuch/`)).to.deep.equal([]);
  });

  it('offers the names of closed sessions', () => {
    place.archive.sessions = [
      { id: 1, kind: 'chat', name: 'old-chat', type: 'debug', lastActive: 0, messages: 1, preview: '' },
    ];
    expect(at('reopen o')).to.deep.equal(['old-chat']);
  });

  it('looks at what stands before the cursor only', () => {
    expect(at('kill-s -t x', 6)).to.deep.equal(['kill-server', 'kill-session']);
  });

  it('offers every command at first', () => {
    expect(at('')).to.include.members(['new-session', 'list-keys']);
  });
});
