import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { permit } from '../../lib/tools/permission.ts';
import { displayPath, resolveToolPath } from '../../lib/tools/tool-path.ts';
import { prepare, refusal, toolPlace } from '../support/tool-place.ts';

/** A working directory with links: into it, out of it, dangling, in circles. */
function linkedPlace() {
  const place = toolPlace();
  const { workingDirectory: work, home, folder } = place;
  mkdirSync(path.join(work, 'sub/deep'), { recursive: true });
  mkdirSync(path.join(home, '.ssh'));
  mkdirSync(path.join(folder, 'other'));
  for (const file of ['work/a.txt', 'work/sub/b.txt', 'work/.env', 'home/.ssh/id_rsa', 'other/x'])
    writeFileSync(path.join(folder, file), 'x');
  for (const [target, link] of [
    ['/etc', 'etc'],
    ['/etc/passwd', 'passwd'],
    ['../other', 'out'],
    ['../home/.ssh/id_rsa', 'sub/key'],
    ['sub/deep', 'inner'],
    ['a.txt', 'same'],
    ['.env', 'settings.txt'],
    ['../nowhere/new', 'dangling'],
    ['loop', 'loop'],
    ['.', 'self'],
    ['out', 'twice'],
  ] as const)
    symlinkSync(target, path.join(work, link));
  return place;
}

describe('paths of tools', () => {
  for (const [given, expected] of [
    ['a.txt', 'work/a.txt'],
    ['./sub/../a.txt', 'work/a.txt'],
    ['new/deep/file', 'work/new/deep/file'],
    ['..', ''],
    ['../work/a.txt', 'work/a.txt'],
    ['~', 'home'],
    ['~/x', 'home/x'],
    ['~/../other', 'other'],
    ['@session', 'session'],
    ['@session/notes.md', 'session/notes.md'],
    ['@session/../home', 'home'],
    ['@sessions/x', 'work/@sessions/x'],
    ['a~b', 'work/a~b'],
    ['inner', 'work/sub/deep'],
    // The parent of where a link leads, not of where it lies.
    ['inner/../b.txt', 'work/sub/b.txt'],
    ['out/..', ''],
    ['out/x', 'other/x'],
    ['out/new/file', 'other/new/file'],
    ['twice/x', 'other/x'],
    ['dangling', 'nowhere/new'],
    ['dangling/more', 'nowhere/new/more'],
    ['missing/../../x', 'x'],
    ['self/self/self/a.txt', 'work/a.txt'],
    ['same', 'work/a.txt'],
  ] as const) {
    it(`resolve ${given}`, async () => {
      const place = linkedPlace();
      expect(await resolveToolPath(given, place)).to.equal(path.join(place.folder, expected).replace(/\/$/, ''));
    });
  }

  it('resolve absolute ones', async () => {
    expect(await resolveToolPath('/etc/../etc/./hosts', toolPlace())).to.match(/\/etc\/hosts$/);
    expect(await resolveToolPath('/../..', toolPlace())).to.equal('/');
  });

  for (const given of ['', 'a\0b', 'x'.repeat(300), 'x/'.repeat(3000), 'loop', 'loop/x', '~root', '~root/x'])
    it(`refuse ${JSON.stringify(given.slice(0, 20))}`, async () => {
      expect(await refusal(resolveToolPath(given, linkedPlace()))).to.match(/^.{5,250}\.$/);
    });

  it('are shown as people write them', () => {
    const place = { workingDirectory: '/h/w', sessionFolder: '/h/s', home: '/h' };
    for (const [given, shown] of [
      ['/h/w', '.'],
      ['/h/w/a/b', 'a/b'],
      ['/h/ww', '~/ww'],
      ['/h', '~'],
      ['/h/s/x', '@session/x'],
      ['/etc', '/etc'],
    ] as const)
      expect(displayPath(given, place)).to.equal(shown);
  });
});

describe('permission through links', () => {
  for (const [tool, args, untrusted, trusted] of [
    ['read', { path: 'same' }, 'run', 'run'],
    ['read', { path: 'inner/../b.txt' }, 'run', 'run'],
    ['read', { path: 'passwd' }, 'ask', 'run'],
    ['read', { path: 'etc/passwd' }, 'ask', 'run'],
    ['read', { path: 'out/x' }, 'ask', 'run'],
    ['read', { path: 'sub/key' }, 'ask', 'ask'],
    ['read', { path: 'settings.txt' }, 'ask', 'ask'],
    ['read', { path: '@session/../home/.ssh/id_rsa' }, 'ask', 'ask'],
    ['list', { path: 'out' }, 'ask', 'run'],
    ['grep', { pattern: 'x', path: 'etc' }, 'ask', 'run'],
    ['glob', { pattern: '*', path: 'inner' }, 'run', 'run'],
    ['write', { path: 'new', content: 'x' }, 'ask', 'run'],
    ['write', { path: 'out/new', content: 'x' }, 'ask', 'ask'],
    ['write', { path: 'dangling', content: 'x' }, 'ask', 'ask'],
    ['write', { path: 'inner/new', content: 'x' }, 'ask', 'run'],
    ['write', { path: '@session/new', content: 'x' }, 'run', 'run'],
    ['write', { path: '@session/../home/new', content: 'x' }, 'ask', 'ask'],
    ['shell', { command: 'cat a.txt sub/b.txt' }, 'ask', 'run'],
    ['shell', { command: 'cat same inner/../b.txt' }, 'ask', 'run'],
    ['shell', { command: 'ls', directory: 'sub' }, 'ask', 'run'],
    ['shell', { command: 'ls', directory: 'out' }, 'ask', 'ask'],
    ['shell', { command: 'ls', directory: '/' }, 'ask', 'ask'],
    ['shell', { command: 'cat passwd' }, 'ask', 'ask'],
    ['shell', { command: 'cat out/x' }, 'ask', 'ask'],
    ['shell', { command: 'cat sub/key' }, 'ask', 'ask'],
    ['shell', { command: 'cat key', directory: 'sub' }, 'ask', 'ask'],
    ['shell', { command: 'cat settings.txt' }, 'ask', 'ask'],
    ['shell', { command: 'cat sub/*' }, 'ask', 'ask'],
    ['shell', { command: 'cat s*' }, 'ask', 'ask'],
    ['shell', { command: 'cat */x' }, 'ask', 'ask'],
    ['shell', { command: 'cat sub/b*' }, 'ask', 'run'],
    ['shell', { command: 'cat .en?' }, 'ask', 'ask'],
    ['shell', { command: 'cat --file=passwd' }, 'ask', 'ask'],
    ['shell', { command: 'cat "pass"wd' }, 'ask', 'ask'],
    ['shell', { command: 'echo x > dangling' }, 'ask', 'ask'],
    ['shell', { command: 'echo x > inner/new' }, 'ask', 'run'],
    ['shell', { command: 'ls out/' }, 'ask', 'ask'],
  ] as const) {
    it(`lets ${tool} ${JSON.stringify(args)} ${untrusted}, trusted ${trusted}`, async () => {
      const place = linkedPlace();
      const { access } = await prepare(tool, args, place);
      const risk = tool === 'shell' ? 'run' : tool === 'write' ? 'write' : 'read';
      const verdict = (...tools: string[]) => permit({ tool, risk, access }, { tools: new Set(tools) }, place).kind;
      expect([verdict(), verdict(tool)]).to.deep.equal([untrusted, trusted]);
    });
  }

  it('asks for a pattern that matches more than can be looked at', async () => {
    const place = toolPlace();
    execFileSync('/bin/sh', ['-c', 'seq 1 200 | xargs touch'], { cwd: place.workingDirectory });
    const { access } = await prepare('shell', { command: `cat${' *'.repeat(40)}` }, place);
    const trust = { tools: new Set(['shell']) };
    expect(permit({ tool: 'shell', risk: 'run', access }, trust, place).kind).to.equal('ask');
  });
});
