import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { runHook } from '../../lib/command/execute.ts';
import { CommandPlace } from '../support/command-place.ts';
import { waitUntil } from '../support/wait.ts';

describe('commands', () => {
  let folder: string;
  let place: CommandPlace;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'qmux-command-'));
    place = new CommandPlace(folder, 'process');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const names = () => place.sessions.map((session) => session.name);

  describe('on sessions', () => {
    it('make one with name, command, directory, variables and size', async () => {
      mkdirSync(path.join(folder, 'src'));
      await place.call(
        'new',
        '-ds',
        'build',
        '-c',
        'src',
        '-e',
        'A=1',
        '-e',
        'B=2=3',
        '-x',
        '90',
        '-y30',
        'make',
        '-j2',
      );
      expect(place.sessions[0]?.wanted).to.deep.equal({
        kind: 'program',
        name: 'build',
        command: ['make', '-j2'],
        workingDirectory: path.join(folder, 'src'),
        environment: { A: '1', B: '2=3' },
        size: { columns: 90, rows: 30 },
      });
    });

    it('print what was made', async () => {
      expect(await place.run('new -dP -s a')).to.equal('a:\n');
      expect(await place.run("neww -dP -n b -F '#{pane_id}'")).to.equal('%1\n');
    });

    it('make none when it cannot be shown', async () => {
      expect(await place.refusal('new -s a')).to.equal('open terminal failed: not a terminal');
      expect(names()).to.deep.equal([]);
    });

    it('act on the session just made', async () => {
      await place.run('new -d -s a ; new -d -s b ; send-keys ls Enter ; rename-session c');
      expect(names()).to.deep.equal(['a', 'c']);
      expect(place.sessions[1]?.sent).to.deep.equal(['ls\r']);
    });

    it('stop at the first that fails', async () => {
      expect(await place.refusal('new -d -s a ; has -t zz ; new -d -s b')).to.equal("can't find session: zz");
      expect(names()).to.deep.equal(['a']);
    });

    it('run none of a line in which one cannot run', async () => {
      expect(await place.refusal('new -d -s a ; lss')).to.equal('unknown command: lss (the nearest is ls)');
      expect(names()).to.deep.equal([]);
    });

    it('place a window at an index, and refuse one in use', async () => {
      await place.run('new -d -s a ; neww -d -t :4 -n b');
      expect(place.sessions.map((session) => session.index)).to.deep.equal([0, 4]);
      expect(await place.refusal('neww -d -t 4')).to.equal('create window failed: index 4 in use');
      await place.run('neww -dk -t :4 -n c');
      expect(names()).to.deep.equal(['a', 'c']);
      await place.run('neww -da -t a -n b');
      expect(names()).to.deep.equal(['a', 'b', 'c']);
      expect(await place.refusal('neww -d -t zz: -n d')).to.equal("can't find session: zz");
    });

    it('end one, or all others', async () => {
      await place.run('new -d -s a ; new -d -s b ; new -d -s c');
      await place.run('kill-session -t b');
      expect(names()).to.deep.equal(['a', 'c']);
      await place.run('kill-session -a -t c');
      expect(names()).to.deep.equal(['c']);
    });

    it('move, swap and number anew', async () => {
      await place.run('new -d -s a ; new -d -s b ; swap-window -s a -t b');
      expect(names()).to.deep.equal(['b', 'a']);
      await place.run('movew -s b -t 7');
      expect(names()).to.deep.equal(['a', 'b']);
      expect(await place.refusal('movew -s b -t 1')).to.equal('index in use: 1');
      await place.run('movew -r');
      expect(place.sessions.map((session) => session.index)).to.deep.equal([0, 1]);
    });

    it('list them in a format, filtered, and as JSON', async () => {
      await place.run('new -d -s a ; new -d -s b');
      expect(await place.run("ls -F '#{window_index} #{session_name}'")).to.equal('0 a\n1 b\n');
      expect(await place.run("ls -F '#{session_name}' -f '#{==:#{session_name},b}'")).to.equal('b\n');
      expect(JSON.parse(await place.run('ls --json'))).to.have.length(2);
      expect(await place.run("lsp -t b -F '#{pane_id}'")).to.equal('%1\n');
    });

    it('make a program for a command, and otherwise what is said or the option default-kind', async () => {
      const kinds = async (line: string) => {
        await place.run(line);
        return place.sessions.at(-1)?.wanted.kind;
      };
      expect(await kinds('new -d')).to.equal('chat');
      expect(await kinds('new -d make')).to.equal('program');
      expect(await kinds('new -d --program')).to.equal('program');
      expect(await kinds('new -d --chat some words')).to.equal('chat');
      await place.run('set -g default-kind program');
      expect(await kinds('neww -d')).to.equal('program');
      expect(await kinds('neww -d --type debug')).to.equal('chat');
      expect(place.sessions.at(-1)?.wanted).to.include({ type: 'debug' });
      expect(await kinds('new -d --chat --model=work/big')).to.equal('chat');
      expect(place.sessions.at(-1)?.wanted).to.include({ model: 'work/big' });
      const before = place.sessions.length;
      expect(await place.refusal('new -d --chat --model=work/none')).to.equal('no model work/none here');
      expect(place.sessions).to.have.length(before);
      expect(await place.refusal('new -d --chat --type debugg')).to.equal(
        'unknown type: debugg (the nearest is debug)',
      );
      expect(await place.refusal('new -d --chat --program')).to.match(/exclude each other/);
    });
  });

  describe('on input and content', () => {
    beforeEach(async () => {
      place.rows = ['one', 'two  ', 'three', 'four', 'five', 'six', 'a long row of thirty columns..'];
      await place.run('new -d -s a');
    });
    const sent = () => place.sessions[0]?.sent.splice(0);

    it('send keys by name, text, and bytes', async () => {
      await place.call('send-keys', 'C-c', 'Up', 'echo hi', 'Enter', 'M-x');
      expect(sent()).to.deep.equal(['\x03\x1b[Aecho hi\r\x1bx']);
      await place.call('send-keys', '-l', 'Enter\\;');
      expect(sent()).to.deep.equal(['Enter;']);
      await place.call('send-keys', '-H', '1b', '5b', '41');
      expect(sent()).to.deep.equal(['\x1b[A']);
      await place.call('send-keys', '-N', '3', 'a');
      expect(sent()).to.deep.equal(['aaa']);
      await place.call('send-keys', '-R');
      expect(sent()).to.deep.equal(['reset']);
      await place.call('send-prefix');
      expect(sent()).to.deep.equal(['\x02']);
      expect(await place.refusal('send-keys -H zz')).to.equal('not a hexadecimal byte: zz');
      expect(await place.refusal('send-keys -N 1000000 a')).to.equal('-N needs a number from 1 to 10000, not 1000000');
    });

    it('capture the visible screen, the history, wrapped rows', async () => {
      expect(await place.run('capture-pane -p')).to.equal('four\nfive\nsix\na long row of thirty\n columns..\n');
      expect(await place.run('capturep -p -S - -E 0')).to.equal('one\ntwo\nthree\nfour\n');
      expect(await place.run('capturep -pN -S -2 -E -2')).to.equal('two  \n');
      expect(await place.run('capturep -pJ -S 2')).to.equal('six\na long row of thirty columns..\n');
      expect(await place.run('capturep -pe -S 1 -E 1')).to.equal('five\n');
      expect(await place.refusal('capturep -S x')).to.equal('-S and -E need a line number or -');
      await place.run('capture-pane -b it -E 0 ; show-buffer -b it');
      expect(place.printed.join('')).to.equal('four\n');
    });

    it('keep, show, save, load, list, paste and forget buffers', async () => {
      await place.run('set-buffer "a\nb" ; set-buffer -a c');
      expect(await place.run('show-buffer')).to.equal('a\nbc');
      expect(await place.run('lsb')).to.match(/^buffer\d+: 4 bytes: "a\\nbc"\n$/);
      await place.run('save-buffer out.txt ; save-buffer -a out.txt');
      expect(readFileSync(path.join(folder, 'out.txt'), 'utf8')).to.equal('a\nbca\nbc');
      place.stdin = 'from stdin';
      await place.run('load-buffer -b x - ; paste-buffer -p -b x ; paste-buffer');
      expect(sent()).to.deep.equal(['paste:from stdin', 'from stdin']);
      await place.run('load-buffer -b y out.txt ; paste-buffer -d -b y');
      expect(sent()).to.deep.equal(['a\rbca\rbc']);
      expect(await place.refusal('show-buffer -b y')).to.equal('no buffer y');
      expect(await place.refusal('delete-buffer -b y')).to.equal('unknown buffer: y');
      expect(await place.refusal('set-buffer')).to.equal('no data specified');
      expect(await place.refusal('load-buffer nowhere')).to.equal(`${folder}/nowhere: no such file or directory`);
    });
  });

  describe('on keys', () => {
    it('bind, list and unbind', async () => {
      await place.call('bind-key', '-r', '-N', 'Say it', 'M-x', 'display', 'a', '\\;', 'display', 'b c');
      await place.run('bind -n F5 { new -d ; ls }');
      expect(await place.run('lsk -T prefix')).to.equal('bind-key -r -T prefix M-x display a \\; display "b c"\n');
      expect(await place.run('lsk')).to.equal(
        'bind-key -r -T prefix M-x display a \\; display "b c"\nbind-key    -T root   F5  new -d \\; ls\n',
      );
      expect(await place.run('lsk -N')).to.equal('C-b M-x Say it\n');
      expect(await place.run('describe-key F5')).to.equal('F5: new -d \\; ls\n');
      await place.run('unbind -n F5');
      expect(await place.run('describe-key F5')).to.equal('F5 is not bound\n');
      expect(await place.refusal('lsk -T nope')).to.equal("table nope doesn't exist");
      expect(await place.refusal('bind nokey ls')).to.match(/^unknown key: nokey/);
      expect(await place.refusal('bind x nosuch')).to.match(/^unknown command: nosuch/);
      expect(await place.refusal('unbind')).to.equal('missing key');
    });

    it('list what a file can read again', async () => {
      await place.run(`bind -N n '"' display '~ $HOME "%%"' ; bind ';' ls ; bind '#' { ls ; display 'a b' }`);
      const listed = await place.run('lsk');
      const copy = new CommandPlace(folder);
      await copy.run(listed);
      expect(await copy.run('lsk')).to.equal(listed);
    });
  });

  describe('on options, variables and hooks', () => {
    it('set, show and unset options', async () => {
      await place.run('set -g status-left "[#{session_name}] " ; set -g mouse on ; set -g @mine "a b"');
      expect(await place.run('show -g status-left')).to.equal('status-left "[#{session_name}] "\n');
      expect(await place.run('show -gv mouse')).to.equal('on\n');
      await place.run('set -g mouse');
      expect(await place.run('show -gv mouse')).to.equal('off\n');
      expect(await place.run('show -gv @mine')).to.equal('a b\n');
      await place.run('set -gu @mine');
      expect(await place.run('show -gqv @mine')).to.equal('');
      expect(await place.refusal('set -g status-interval x')).to.not.equal('none');
      expect(await place.refusal('set -g nosuch 1')).to.match(/nosuch/);
      expect(await place.run('set -gq nosuch 1')).to.equal('');
      await place.run('set -g @once 1');
      expect(await place.refusal('set -go @once 2')).to.equal('already set: @once');
    });

    it('give a session options of its own', async () => {
      await place.run('new -d -s a ; set window-size manual');
      expect(await place.run('show')).to.equal('window-size manual\n');
      expect(await place.run('show -g window-size')).to.equal('window-size latest\n');
      expect(await place.run('show -A window-size')).to.equal('window-size manual\n');
      expect(await place.run('show -A status')).to.match(/^status\*? /);
    });

    it('set, show, hide and remove variables', async () => {
      await place.call('setenv', '-g', 'FOO', 'b"ar$x');
      expect(await place.run('showenv FOO')).to.equal('FOO=b"ar$x\n');
      expect(await place.run('showenv -s FOO')).to.equal('FOO="b\\"ar\\$x"; export FOO;\n');
      await place.run('setenv -gr FOO');
      expect(await place.run('showenv FOO')).to.equal('-FOO\n');
      expect(await place.run('showenv -s FOO')).to.equal('unset FOO;\n');
      await place.run('setenv -gu FOO ; setenv -h BAR 1');
      expect(await place.refusal('showenv FOO')).to.equal('unknown variable: FOO');
      expect(await place.run('showenv -h')).to.equal('BAR=1\n');
      expect(await place.run('display -p $BAR')).to.equal('1\n');
    });

    it('run hooks after commands and at events, and none within hooks', async () => {
      await place.run('set-hook -g after-new-session "display -p made ; new -d"');
      await place.run('set-hook -ga session-closed { display -p closed }');
      expect(await place.run('new -d')).to.equal('made\n');
      expect(place.sessions).to.have.length(2);
      place.printed.length = 0;
      await runHook('session-closed', place.context);
      expect(place.printed).to.deep.equal(['closed\n']);
      expect(await place.run('show-hooks')).to.equal(
        'after-new-session[0] display -p made ; new -d\nsession-closed[0] display -p closed\n',
      );
      expect(await place.refusal('set-hook -g after-new-sesion ls')).to.contain(
        'the nearest hook is after-new-session',
      );
      await place.run('set-hook -gu session-closed');
      expect(await place.run('show-hooks session-closed')).to.equal('');
    });

    it('expand aliases of people', async () => {
      await place.run("set -ga command-alias 'two=new -d ; new -d -s'");
      await place.run('two b');
      expect(names()).to.contain('b').and.have.length(2);
    });
  });

  describe('that run others', () => {
    it('show what a shell command prints and how it ended', async () => {
      await place.run('new -d -s a');
      expect(await place.call('run-shell', 'echo "$QMUX_SESSION:$QMUX"; pwd')).to.equal(`0:/tmp/qmux,1,0\n${folder}\n`);
      expect(await place.call('run', 'echo no >&2; exit 3')).to.equal("no\n'echo no >&2; exit 3' returned 3\n");
      expect(place.exitCode).to.equal(3);
      expect(await place.call('run', 'kill -9 $$')).to.equal("'kill -9 $$' terminated by signal 9\n");
      expect(place.exitCode).to.equal(137);
    });

    it('bound what a shell command prints', async () => {
      const output = await place.call('run', 'head -c 3000000 /dev/zero | tr "\\\\0" x');
      expect(output).to.match(/x\n\[1951424 more bytes left out\]\n$/);
    });

    it('end a shell command with all it started when they are cancelled', async () => {
      const file = path.join(folder, 'pid');
      const running = place.call('run', `sleep 600 & echo $! > ${file}; wait`);
      await waitUntil(() => existsSync(file) && readFileSync(file, 'utf8').endsWith('\n'), 'a started command');
      place.abort();
      await running;
      const pid = Number(readFileSync(file, 'utf8'));
      await waitUntil(() => !isAlive(pid), 'the end of the command');
    });

    it('choose by a shell command or a format', async () => {
      expect(await place.run("if-shell false 'display -p yes' 'display -p no'")).to.equal('no\n');
      expect(await place.run('if true { display -p "a" ; display -p b }')).to.equal('a\nb\n');
      expect(await place.run("if -F '#{nothing}' 'display -p yes'")).to.equal('');
      expect(await place.run('if -F 1 { if -F 0 { display -p a } { display -p b } }')).to.equal('b\n');
    });

    it('stop a line that runs itself without end', async () => {
      await place.run("set -g command-alias[9] 'loop=if -F 1 loop'");
      expect(await place.refusal('loop')).to.match(/too deeply/);
    });

    it('read files, with the line of each problem, and go on after one', async () => {
      writeFileSync(
        path.join(folder, 'a.conf'),
        'X=1\ndisplay -p "$X"\nnosuch\n%if 0\nboom\n%endif\nnew -d ; has -t zz\nnew -d\n',
      );
      expect(await place.refusal('source a.conf')).to.equal(
        `${folder}/a.conf:3: unknown command: nosuch\n${folder}/a.conf:7: can't find session: zz`,
      );
      expect(place.printed).to.deep.equal(['1\n']);
      expect(place.sessions).to.have.length(2);
      writeFileSync(path.join(folder, 'b.conf'), 'display -p "b');
      expect(await place.refusal('source b.conf')).to.equal(`${folder}/b.conf:1: unmatched "`);
    });

    it('read several files, standard input, and none that is missing', async () => {
      writeFileSync(path.join(folder, '1.conf'), 'display -p 1');
      writeFileSync(path.join(folder, '2.conf'), 'display -p 2');
      expect(await place.run("source '[12].co*'")).to.equal('1\n2\n');
      place.stdin = 'display -p in';
      expect(await place.run('source -')).to.equal('in\n');
      expect(await place.refusal('source nowhere')).to.equal(`${folder}/nowhere: no such file or directory`);
      expect(await place.run('source -q nowhere')).to.equal('');
      expect(await place.run('source -n 1.conf')).to.equal('');
      expect(await place.run('source -nv 1.conf')).to.equal(`${folder}/1.conf:1: display -p 1\n`);
    });

    it('wait for a signal of another', async () => {
      const waiting = place.run('wait-for done');
      await place.run('wait-for -S done');
      await waiting;
      expect(await place.refusal('wait -U done')).to.equal('channel done not locked');
    });

    it('tell how commands are called', async () => {
      expect(await place.run('lscm ls')).to.equal('list-sessions (ls) [-f filter] [-F format] [--json]\n');
      expect(await place.run("lscm -F '#{command_list_name}' kill-ser")).to.equal('kill-server\n');
      expect((await place.run('lscm')).split('\n').length).to.be.above(60);
      expect(await place.run('help ls')).to.equal(
        'list-sessions (alias: ls): List all sessions\nusage: list-sessions [-f filter] [-F format] [--json]\n',
      );
      expect(await place.run('help')).to.match(/^kill-server +End all sessions and the server;/m);
    });
  });
});

function isAlive(pid: number): boolean {
  try {
    // A zombie that nobody reaps in a container is dead, too.
    return process.kill(pid, 0) && !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
