import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { isExecutable } from './executable.ts';

export interface Invocation {
  readonly file: string;
  readonly args: readonly string[];
}

/** Closes what was inherited, then becomes the program; its arguments are the program and the program's own. */
const SCRIPT = [
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own expansion
  'for f in /proc/self/fd/*; do f=${f##*/}',
  'case $f in [3-9]|[1-9][0-9]*) eval "exec $f>&-";; esac; done',
  'unset f; exec "$@"',
].join('\n');
const BASHES = ['/bin/bash', '/usr/bin/bash', '/usr/local/bin/bash'];

let shell: { readonly file: string; readonly options: readonly string[] } | undefined;
let searched = false;

/**
 * The same program, started so that it inherits none of this process's descriptors but 0, 1 and 2. Linux only: there
 * node-pty leaves the ptys of other sessions open in every child, and Node cannot mark a descriptor as
 * close-on-exec. It takes a shell that knows descriptors above 9; without one the program is started as it is.
 */
export function withoutDescriptors(program: Invocation): Invocation {
  if (process.platform !== 'linux') return program;
  if (!searched) {
    searched = true;
    shell = findShell();
  }
  if (shell === undefined) return program;
  return { file: shell.file, args: [...shell.options, '-c', SCRIPT, 'qmux', program.file, ...program.args] };
}

/** Runs `sh -c command` for the server, without the descriptors of its sessions and clients. */
export function spawnShell(command: string, options: SpawnOptions): ChildProcess {
  const { file, args } = withoutDescriptors({ file: '/bin/sh', args: ['-c', command] });
  return spawn(file, [...args], options);
}

/** bash in POSIX mode reads no start-up file; /bin/sh may be bash or busybox, which serve as well. */
function findShell(): typeof shell {
  const bash = BASHES.find(isExecutable);
  if (bash !== undefined) return { file: bash, options: ['--posix'] };
  const probe = spawnSync('/bin/sh', ['-c', 'exec 57</dev/null 57<&-'], { stdio: 'ignore', timeout: 2000 });
  return probe.status === 0 ? { file: '/bin/sh', options: [] } : undefined;
}
