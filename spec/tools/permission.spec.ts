import { expect } from 'chai';
import fc from 'fast-check';
import { type PermissionCall, permit } from '../../lib/tools/permission.ts';
import { TOOLS } from '../../lib/tools/tool-table.ts';

const PLACE = { workingDirectory: '/home/ann/work', sessionFolder: '/home/ann/.local/state/qmux/sessions/7' };

const trustIn = (...tools: string[]) => ({ tools: new Set(tools) });
const NOBODY = trustIn();
const EVERYTHING = trustIn(...TOOLS.map(({ name }) => name));

const touches = (tool: string, path: string): PermissionCall => {
  const risk = tool === 'write' || tool === 'edit' ? 'write' : 'read';
  return { tool, risk, access: { paths: [{ path, write: risk === 'write' }], command: undefined } };
};
const runs = (command: string): PermissionCall => ({
  tool: 'shell',
  risk: 'run',
  access: { paths: [{ path: PLACE.workingDirectory, write: false }], command },
});

/** A path as it is resolved; what happens without trust; what happens with trust in that tool. */
const PATHS: readonly (readonly [tool: string, path: string, untrusted: string, trusted: string])[] = [
  ['read', '/home/ann/work', 'run', 'run'],
  ['read', '/home/ann/work/a.ts', 'run', 'run'],
  ['read', '/home/ann/work/deep/er/a.ts', 'run', 'run'],
  ['read', '/home/ann/work/.gitignore', 'run', 'run'],
  ['read', '/home/ann/work/.git/config', 'run', 'run'],
  ['read', '/home/ann/work/dev/null.ts', 'run', 'run'],
  ['read', '/home/ann/work/etc/shadow', 'run', 'run'],
  ['read', '/home/ann/work/.env.example', 'run', 'run'],
  ['read', '/home/ann/work/src/credentials.ts', 'run', 'run'],
  ['read', '/home/ann/.local/state/qmux/sessions/7/notes.md', 'run', 'run'],
  ['read', '/home/ann/workshop/a.ts', 'ask', 'run'],
  ['read', '/home/ann/other/a.ts', 'ask', 'run'],
  ['read', '/home/ann', 'ask', 'run'],
  ['read', '/', 'ask', 'run'],
  ['read', '/etc/passwd', 'ask', 'run'],
  ['read', '/tmp/x', 'ask', 'run'],
  ['list', '/etc', 'ask', 'run'],
  ['grep', '/usr/include', 'ask', 'run'],
  ['glob', '/home/ann/other', 'ask', 'run'],
  ['read', '/home/ann/work/.env', 'ask', 'ask'],
  ['read', '/home/ann/work/.env.production', 'ask', 'ask'],
  ['read', '/home/ann/work/sub/.ENV', 'ask', 'ask'],
  ['read', '/home/ann/work/tls/server.pem', 'ask', 'ask'],
  ['read', '/home/ann/work/.npmrc', 'ask', 'ask'],
  ['read', '/home/ann/.ssh/id_ed25519', 'ask', 'ask'],
  ['read', '/home/ann/.ssh/config', 'ask', 'ask'],
  ['list', '/home/ann/.ssh', 'ask', 'ask'],
  ['grep', '/home/ann/.gnupg', 'ask', 'ask'],
  ['read', '/home/ann/.aws/credentials', 'ask', 'ask'],
  ['read', '/home/ann/.netrc', 'ask', 'ask'],
  ['read', '/home/ann/.git-credentials', 'ask', 'ask'],
  ['read', '/home/ann/.bash_history', 'ask', 'ask'],
  ['read', '/home/ann/id_rsa', 'ask', 'ask'],
  ['read', '/etc/shadow', 'ask', 'ask'],
  ['read', '/etc/sudoers', 'ask', 'ask'],
  ['read', '/etc/ssl/private/key', 'ask', 'ask'],
  ['read', '/proc/self/environ', 'ask', 'ask'],
  ['read', '/proc/1234/environ', 'ask', 'ask'],
  ['read', '/proc/1234/task/1234/environ', 'ask', 'ask'],
  ['read', '/proc/1234/cmdline', 'ask', 'ask'],
  ['read', '/proc/kcore', 'ask', 'ask'],
  ['read', '/dev/sda', 'ask', 'ask'],
  ['read', '/dev/null', 'run', 'run'],
  ['read', '/home/ann/.local/state/qmux/qmux.db', 'ask', 'ask'],
  ['read', '/home/ann/.local/state/qmux/sessions/8/notes.md', 'ask', 'ask'],
  ['read', '/home/ann/.config/qmux/config.toml', 'ask', 'ask'],
  ['read', '/run/user/1000/qmux/default', 'ask', 'ask'],
  ['read', '/tmp/qmux-1000/default', 'ask', 'ask'],
  ['write', '/home/ann/work/a.ts', 'ask', 'run'],
  ['edit', '/home/ann/work/deep/a.ts', 'ask', 'run'],
  ['write', '/home/ann/.local/state/qmux/sessions/7/notes.md', 'run', 'run'],
  ['edit', '/home/ann/.local/state/qmux/sessions/7/a/b', 'run', 'run'],
  ['write', '/home/ann/.local/state/qmux/sessions/70/x', 'ask', 'ask'],
  ['write', '/home/ann/x', 'ask', 'ask'],
  ['write', '/home/ann/workshop/a.ts', 'ask', 'ask'],
  ['edit', '/etc/hosts', 'ask', 'ask'],
  ['write', '/tmp/x', 'ask', 'ask'],
  ['write', '/home/ann/work/.git/hooks/pre-commit', 'ask', 'ask'],
  ['edit', '/home/ann/work/.git/config', 'ask', 'ask'],
  ['write', '/home/ann/work/sub/.git/config', 'ask', 'ask'],
  ['write', '/home/ann/work/.git', 'ask', 'ask'],
  ['write', '/home/ann/work/.GIT/config', 'ask', 'ask'],
  ['write', '/home/ann/work/.gitmodules', 'ask', 'ask'],
  ['write', '/home/ann/work/.gitignore', 'ask', 'run'],
  ['write', '/home/ann/work/.env', 'ask', 'ask'],
  ['write', '/home/ann/work/.bashrc', 'ask', 'ask'],
  ['write', '/home/ann/.config/qmux/config.toml', 'ask', 'ask'],
  ['write', '/home/ann/.bashrc', 'ask', 'ask'],
  ['write', '/home/ann/.local/bin/ls', 'ask', 'ask'],
  ['read', 'a.ts', 'refuse', 'refuse'],
  ['read', '', 'refuse', 'refuse'],
  ['write', '/home/ann/work/../x', 'refuse', 'refuse'],
  ['write', '/home/ann/work/a\0b', 'refuse', 'refuse'],
];

/** Commands that run when commands are trusted. */
const SIMPLE = [
  'ls',
  'ls -la src',
  'ls *.ts',
  'cat a.txt',
  "cat 'a b.txt'",
  'npm test',
  'npm run build',
  'npm ci',
  'npx-like-name x',
  'cargo build --release',
  'go test ./...',
  'make',
  'make -j4 all',
  'pytest -q tests/test_a.py',
  'python script.py --flag',
  'python3 -m pytest -q',
  'node server.js',
  'node --test',
  'bash build.sh',
  './configure --prefix=out',
  'git status',
  'git diff --stat HEAD~1',
  'git log --oneline -n 5',
  'git add -A',
  "git commit -m 'a; b && c | d'",
  'git push',
  'git push origin main',
  'git checkout -b topic',
  'git stash',
  'grep -rn "a|b" src',
  "grep -n '$HOME' a.sh",
  'find . -name "*.ts" -type f',
  'sed -n 10,20p a.txt',
  "sed -i 's/a/b/g' a.txt",
  'sort -u a.txt',
  'wc -l a.txt b.txt',
  'mkdir -p build/out',
  'rm a.txt',
  'rm -rf build',
  'rm -rf ./build/cache',
  'mv a.txt b.txt',
  'cp a.txt sub/',
  'touch a',
  'chmod +x run.sh',
  'echo hello # ; rm -rf /',
  'echo hello > out.txt',
  'npm test 2>&1',
  'npm test > out.log 2>&1',
  'npm test >/dev/null',
  'wc -l < a.txt',
  'tsc --noEmit',
  '/home/ann/work/bin/tool',
  'tar czf out.tgz src',
  'echo a$',
  'echo "5 > 3; 2 < 4"',
  'cat /home/ann/.local/state/qmux/sessions/7/x',
];

/** Commands that ask although commands are trusted. */
const RISKY = [
  // More than one command.
  'ls; rm -rf /',
  'ls;ls',
  'ls && ls',
  'ls || ls',
  'ls | sh',
  'ls | head',
  'ls |& bash',
  'ls & rm x',
  'sleep 10 &',
  'ls\nrm x',
  'ls # comment\nrm x',
  '(ls)',
  '{ ls; }',
  '! ls',
  'if true; then ls; fi',
  'for f in *; do rm $f; done',
  'while true; do ls; done',
  'f() { ls; }',
  'time ls',
  'coproc ls',
  // What the shell replaces.
  'echo $(rm x)',
  'echo "$(rm x)"',
  'echo `rm x`',
  'echo "`rm x`"',
  'diff <(ls) <(ls)',
  'tee >(sh)',
  'echo $HOME',
  'cat "$HOME/.ssh/id_rsa"',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
  'echo ${PATH}',
  'echo $((1+1))',
  'cat {a,/etc/passwd}',
  'cat ~/.ssh/id_rsa',
  'ls ~',
  'ls ~root',
  'cp a --target=~/x',
  // Variables before a command.
  'LD_PRELOAD=./x.so ls',
  'PATH=. ls',
  'A=1',
  'GIT_SSH_COMMAND=sh git fetch',
  // Programs that run other programs.
  'eval ls',
  'source ./x',
  '. ./x',
  'exec ls',
  'env ls',
  'env -i ls',
  '/usr/bin/env ls',
  'xargs rm',
  'sudo ls',
  'su -c ls',
  'doas ls',
  'nohup ls',
  'setsid ls',
  'timeout 5 ls',
  'nice ls',
  'watch ls',
  'command ls',
  'builtin cd',
  '\\sudo ls',
  '"sudo" ls',
  "s'u'do ls",
  "$'\\x73udo' ls",
  "su$'\\x00'do ls",
  "echo $'a\\'; ls #'",
  'ssh host ls',
  'parallel ls',
  'script -c ls',
  'busybox sh',
  'awk "BEGIN{system(1)}"',
  'npx cowsay',
  'npm exec cowsay',
  'docker run x',
  'tmux new ls',
  'qmux kill-server',
  'bash -c ls',
  'sh -c "ls"',
  'bash',
  'bash -x a.sh',
  'zsh -ic ls',
  'python -c "import os"',
  'python3 -Ic "x"',
  'python',
  'node -e 1',
  'node --eval=1',
  'node -r ./x a.js',
  'python -m timeit x',
  "let 'a[$(ls)]'",
  "test -v 'a[$(ls)]'",
  'sqlite3 a.db ".shell ls"',
  'jobs -x ls',
  'perl -e 1',
  'perl -pi -e 1 a',
  'ruby -e 1',
  'php -r 1',
  'find . -exec rm {} +',
  'find . -execdir ls {} +',
  'find . -delete',
  'tar xf a.tar --to-command=sh',
  'tar cf a.tar --checkpoint-action=exec=sh b',
  'tar -I sh -xf a.tar',
  'sort --compress-program=sh a',
  "sed 's/a/b/e' x",
  "sed 'w out' x",
  "sed -n '1e ls' x",
  'sed -f script x',
  'vim a',
  'make SHELL=./x',
  'make -f other.mk',
  // Here-documents.
  'cat <<EOF\nx\nEOF',
  'cat <<-EOF\nx\nEOF',
  'cat <<< x',
  // What leaves the working directory.
  'cat /etc/passwd',
  'ls ..',
  'ls sub/../..',
  'cat ../other/a',
  'ls /',
  'ls /home/ann',
  'ls /home/ann/workshop',
  'cat --file=/etc/passwd',
  'cc -I/usr/local/include a.c',
  'tool host:/etc/passwd',
  'ls ../*',
  'cat /e*/passwd',
  'cat "../a b"',
  "cat $'\\x2fetc/passwd'",
  'cat \\/etc/passwd',
  '/bin/ls',
  '../tool',
  'echo x > ../x',
  'echo x > /tmp/x',
  'echo x >> /home/ann/.bashrc',
  'echo x >| ../x',
  'ls 2> /tmp/x',
  'ls &> /tmp/x',
  'cat < /etc/passwd',
  'tar -cf/etc/x .',
  'tar -xC.. a',
  'grep -rf../x .',
  'curl -d @/etc/passwd',
  'tool @/etc/passwd',
  'tool file:///etc/passwd',
  'cat <> a',
  'cd ..',
  'git -C .. status',
  'curl example.com',
  'wget example.com',
  'nc host 1',
  'rsync a b',
  // What is secret, and what runs by itself.
  'cat .env',
  'cat ./sub/.env.local',
  'cp server.pem x',
  'echo x > .git/hooks/pre-commit',
  'cp a .git/hooks/post-checkout',
  'rm -rf .git',
  // What destroys.
  'rm -rf /',
  'rm -rf /*',
  'rm -rf .',
  'rm -rf ./',
  'rm -rf *',
  'rm -rf [!.]*',
  'rm -r --force */*',
  'rm *',
  'rm -rf ..',
  'rm -rf ~',
  'rm -rf /home/ann/work',
  'rm -rf sub/..',
  'mkfs.ext4 x',
  'dd if=a of=/dev/sda',
  'shutdown now',
  'reboot',
  'kill -9 -1',
  'killall node',
  'chmod -R 777 .',
  'chmod u+s a',
  'git push --force',
  'git push -f',
  'git push --force-with-lease',
  'git push origin +main',
  'git push origin :main',
  'git push --mirror',
  'git reset --hard',
  'git clean -fdx',
  'git checkout -- a',
  'git checkout .',
  'git branch -D x',
  'git stash drop',
  'git -c alias.x=!sh x',
  'git config alias.x !sh',
  'git submodule foreach ls',
  'git rebase --exec ls main',
  'git filter-branch x',
  'git clone ext::sh',
  // What cannot be read for sure.
  "echo 'open",
  'echo "open',
  'echo \\',
  'ls \u202e',
  'ls \u200b',
  'ls \u00a0-l',
  'ls \u{e0041}',
  'ls \x1b[2J',
  'ls \r rm',
  'l? x',
  '> a',
  '# only a comment',
  `echo ${'x '.repeat(1000)}`,
];

describe('permission', () => {
  for (const [tool, path, untrusted, trusted] of PATHS)
    it(`lets ${tool} of ${JSON.stringify(path)} ${untrusted}, trusted ${trusted}`, () => {
      const call = touches(tool, path);
      expect([permit(call, NOBODY, PLACE).kind, permit(call, trustIn(tool), PLACE).kind]).to.deep.equal([
        untrusted,
        trusted,
      ]);
    });

  for (const command of SIMPLE)
    it(`runs ${JSON.stringify(command)} when commands are trusted, and asks otherwise`, () => {
      expect(permit(runs(command), trustIn('shell'), PLACE)).to.deep.equal({ kind: 'run' });
      expect(permit(runs(command), NOBODY, PLACE)).to.deep.equal({ kind: 'ask', why: 'runs a command' });
    });

  for (const command of RISKY)
    it(`always asks for ${JSON.stringify(command.slice(0, 60))}`, () => {
      expect(permit(runs(command), EVERYTHING, PLACE).kind).to.equal('ask');
    });

  it('refuses a command that is none', () => {
    for (const command of ['', ' \n', 'a\0b']) expect(permit(runs(command), EVERYTHING, PLACE).kind).to.equal('refuse');
  });

  it('asks for a trusted command that touches what its words lead to', () => {
    for (const path of ['/etc/passwd', '/home/ann/work/.env', '/home/ann/work/.git/config', '/']) {
      const { tool, risk, access } = runs('cat innocent');
      const call = { tool, risk, access: { ...access, paths: [{ path, write: false }] } };
      expect(permit(call, trustIn('shell'), PLACE).kind, path).to.equal('ask');
    }
  });

  it('asks before another session is read, and lists without', () => {
    const call = (sessions: readonly string[]): PermissionCall => ({
      tool: 'session',
      risk: 'read',
      access: { paths: [], command: undefined, sessions },
    });
    expect(permit(call([]), NOBODY, PLACE).kind).to.equal('run');
    expect(permit(call(['api']), NOBODY, PLACE).kind).to.equal('ask');
    expect(permit(call(['api']), trustIn('session'), PLACE).kind).to.equal('run');
  });

  it('trusts one tool without trusting another', () => {
    expect(permit(touches('write', '/home/ann/work/a'), trustIn('edit', 'shell', 'read'), PLACE).kind).to.equal('ask');
    expect(permit(runs('ls'), trustIn('edit', 'write', 'read'), PLACE).kind).to.equal('ask');
  });

  it('asks by a sentence that can be shown', () => {
    for (const command of RISKY) {
      const answer = permit(runs(command), EVERYTHING, PLACE);
      expect(answer.kind === 'ask' ? answer.why : '').to.match(/^[a-z].{5,150}$/);
    }
  });

  const anyPath = fc
    .array(fc.constantFrom('home', 'ann', 'work', '.git', '.env', 'a', '.ssh', 'etc', 'dev', 'proc', '1'), {
      maxLength: 6,
    })
    .map((names) => `/${names.join('/')}`);
  const anyCommand = fc
    .array(
      fc.constantFrom(
        'ls',
        'rm',
        'git',
        'push',
        'cat',
        'a',
        '-f',
        '..',
        '/',
        '~',
        '*',
        ' ',
        ' ',
        ' ',
        '"',
        "'",
        '\\',
        ';',
        '&&',
        '|',
        '>',
        '<',
        '$',
        '(',
        ')',
        '\n',
        '#',
        'x=1',
        '{',
        '}',
        'é',
      ),
      { maxLength: 12 },
    )
    .map((pieces) => pieces.join(''));
  const anyCall: fc.Arbitrary<PermissionCall> = fc.oneof(
    fc.tuple(fc.constantFrom('read', 'list', 'write', 'edit'), anyPath).map(([tool, path]) => touches(tool, path)),
    anyCommand.map(runs),
    fc.string().map(runs),
  );
  const anyTrust = fc.subarray(TOOLS.map(({ name }) => name));

  it('never asks, with more trust, for what ran with less', () => {
    const order = ['refuse', 'ask', 'run'];
    fc.assert(
      fc.property(anyCall, anyTrust, anyTrust, (call, some, more) => {
        const less = permit(call, trustIn(...some), PLACE).kind;
        const all = permit(call, trustIn(...some, ...more), PLACE).kind;
        expect(order.indexOf(all)).to.be.at.least(order.indexOf(less));
      }),
      { numRuns: 2000 },
    );
  });

  it('asks for any command with an operator outside of quotes', () => {
    const quoted = fc
      .string({ unit: fc.constantFrom('a', ' ', ';', '|', '&', '#'), maxLength: 4 })
      .map((text) => `'${text}'`);
    const plain = fc.array(fc.oneof(fc.constantFrom('a ', 'ls ', '-x ', 'b#c '), quoted), { maxLength: 5 });
    const operator = fc.constantFrom(
      ';',
      '&',
      '&&',
      '||',
      '|',
      '|&',
      '\nls',
      '(',
      ')',
      '$(ls)',
      '`ls`',
      '<(ls)',
      '<<x',
    );
    fc.assert(
      fc.property(plain, operator, plain, (before, between, after) => {
        const command = `ls ${before.join('')}${between}${after.join('')}x`;
        expect(permit(runs(command), EVERYTHING, PLACE).kind).to.equal('ask');
      }),
      { numRuns: 1000 },
    );
  });

  it('is quick whatever the command', () => {
    const begun = performance.now();
    for (const unit of ['a', "'", '"', '\\', '$', '*', '/..', '=', ':', ' a', '[', '(a', 's/', ','])
      permit(runs(`sed ${unit.repeat(30_000)}`), EVERYTHING, PLACE);
    expect(performance.now() - begun).to.be.below(3000);
  });
});
