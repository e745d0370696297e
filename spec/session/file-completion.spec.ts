import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { completeFiles } from '../../lib/session/file-completion.ts';
import { cpuTime } from '../support/cpu-time.ts';
import { temporaryFolder } from '../support/folder.ts';

describe('the completion of files', () => {
  let root: string;
  let complete: (prefix: string) => Promise<readonly string[]>;

  before(() => {
    root = temporaryFolder();
    for (const folder of [
      'work/src/deep',
      'work/.hidden',
      'work/node_modules/left-pad',
      'work/.git',
      'own',
      'home/docs',
    ])
      mkdirSync(path.join(root, folder), { recursive: true });
    for (const file of [
      'work/README.md',
      'work/src/main.ts',
      'work/src/deep/main.spec.ts',
      'work/a b.txt',
      'work/.env',
      'work/.hidden/note',
      'work/node_modules/left-pad/index.js',
      'work/.git/HEAD',
      'work/bad\x1bname',
      'work/bad"name',
      'own/plan.md',
      'home/docs/letter',
    ])
      writeFileSync(path.join(root, file), '');
    symlinkSync('..', path.join(root, 'work/src/loop'));
    const asked = completeFiles({
      workingDirectory: path.join(root, 'work'),
      sessionFolder: path.join(root, 'own'),
      home: path.join(root, 'home'),
    });
    complete = (prefix) => asked(prefix, new AbortController().signal);
  });

  it('begins with what is near, without what is hidden', async () => {
    expect((await complete('')).slice(0, 4)).to.deep.equal(['README.md', 'a b.txt', 'node_modules/', 'src/']);
    expect(await complete('')).to.include('src/deep/main.spec.ts');
    expect((await complete('')).join()).not.to.match(/\.env|\.git|left-pad|bad/);
  });

  it('finds letters in their order, the best first, and nothing in what programs made', async () => {
    expect(await complete('main')).to.deep.equal(['src/main.ts', 'src/deep/main.spec.ts']);
    expect(await complete('sdm')).to.include('src/deep/main.spec.ts');
    expect(await complete('leftpad')).to.deep.equal([]);
    expect(await complete('qqq')).to.deep.equal([]);
  });

  it('leaves out what git ignores, unless it is named by its folder', async () => {
    writeFileSync(path.join(root, 'work/.gitignore'), '*.log\nbuilt/\n');
    mkdirSync(path.join(root, 'work/built'));
    for (const file of ['work/built/out.js', 'work/src/trace.log', 'work/src/trace.ts'])
      writeFileSync(path.join(root, file), '');
    const asked = completeFiles({ workingDirectory: path.join(root, 'work'), sessionFolder: root, home: root });
    expect(await asked('trace', new AbortController().signal)).to.deep.equal(['src/trace.ts']);
    expect(await asked('built', new AbortController().signal)).to.deep.equal([]);
    expect(await asked('built/', new AbortController().signal)).to.deep.equal(['built/out.js']);
  });

  it('is not held up by rules that are made to take forever', async () => {
    const hostile = path.join(root, 'rules');
    mkdirSync(hostile);
    writeFileSync(path.join(hostile, '.gitignore'), `${'*a'.repeat(40)}b\n*a*a*a*b\n`);
    for (let file = 0; file < 20; file++) writeFileSync(path.join(hostile, `${'a'.repeat(80 + file * 8)}${file}`), '');
    const asked = completeFiles({ workingDirectory: hostile, sessionFolder: root, home: root });
    const started = cpuTime();
    expect(await asked('aaa', new AbortController().signal)).to.have.length(20);
    expect(cpuTime() - started).to.be.below(1500);
  });

  it('shows what is hidden when a dot asks for it', async () => {
    expect(await complete('.e')).to.include('.env');
    expect(await complete('.hidden/')).to.include('.hidden/note');
    expect((await complete('src/')).join()).not.to.contain('.env');
  });

  it('lists folders that are named, also those that are not walked', async () => {
    expect(await complete('node_modules/left-pad/')).to.include('node_modules/left-pad/index.js');
    expect(await complete('session/')).to.deep.equal(['session/plan.md']);
    expect(await complete('session/p')).to.deep.equal(['session/plan.md']);
    expect((await complete('sess'))[0]).to.equal('session/');
    expect(await complete('~/do')).to.deep.equal(['~/docs/']);
    expect(await complete('../own/')).to.deep.equal(['../own/plan.md']);
    expect(await complete('./src/m')).to.deep.equal(['./src/main.ts']);
    expect(await complete(`${root}/ho`)).to.deep.equal([`${root}/home/`]);
    expect(await complete('/no/such/folder/')).to.deep.equal([]);
    expect(await complete('bad\0/')).to.deep.equal([]);
  });

  it('ends when it is not wanted any more, and is bounded in a large folder', async () => {
    const large = path.join(root, 'large');
    for (let folder = 0; folder < 25; folder++) {
      mkdirSync(path.join(large, `folder${folder}`), { recursive: true });
      for (let file = 0; file < 40; file++) writeFileSync(path.join(large, `folder${folder}`, `file${file}`), '');
    }
    const asked = completeFiles({ workingDirectory: large, sessionFolder: root, home: root });
    const abort = new AbortController();
    const left = asked('file', abort.signal);
    abort.abort();
    const outcome = await left.then(
      () => 'answered',
      () => 'left',
    );
    expect(outcome).to.equal('left');
    expect(await asked('file', new AbortController().signal)).to.have.length(100);
  });
});
