import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { sendSignal } from '../base/send-signal.ts';

/** A variable that marks every process of one call; those that left its session and parents still carry it. */
export const CALL_MARK = 'QMUX_CALL';

/** A mark that no other call has. */
export const callMark = (): string => `${process.pid}-${randomUUID()}`;

/** Whether a process with this environment was started by a call of this server, as far as it does not hide that. */
export const isOfCall = (environment: Readonly<Record<string, string | undefined>>): boolean =>
  environment[CALL_MARK]?.startsWith(`${process.pid}-`) === true;

/** Milliseconds until all is looked for again, doubled up to the longest: what forks meanwhile is found the next time. */
const FIRST_ROUND = 25;
const LONGEST_ROUND = 200;

/** What a call started, as it can be found again. */
export interface ProcessRoot {
  /** The leader of the call's session and process group. */
  readonly pid: number;
  /** The value of CALL_MARK in its environment. */
  readonly mark: string;
}

/**
 * Ends all processes of a call: SIGTERM to those that are there and to those that come up, SIGKILL after `grace`
 * milliseconds. Resolves when none is left. Where there is no /proc it is the process group alone.
 */
export async function endProcesses(root: ProcessRoot, grace: number): Promise<void> {
  const killAt = performance.now() + grace;
  const told = new Set<number>();
  // A fork bomb or a process that the kernel cannot end does not keep us for ever.
  const giveUp = killAt + 3000;
  for (let round = FIRST_ROUND; ; round = Math.min(LONGEST_ROUND, round * 2)) {
    const kill = performance.now() >= killAt;
    const alive = await callProcesses(root);
    if (alive.length === 0 || performance.now() > giveUp) return;
    for (const pid of alive) {
      if (kill) sendSignal(pid, 'SIGKILL');
      else if (!told.has(pid)) {
        told.add(pid);
        sendSignal(pid, 'SIGTERM');
        // A stopped process hears it only then.
        sendSignal(pid, 'SIGCONT');
      }
    }
    await new Promise((resolve) => setTimeout(resolve, kill ? FIRST_ROUND : round));
  }
}

/** The living processes of a call: of its session, its group, its descendants, and all that carry its mark. */
async function callProcesses({ pid: leader, mark }: ProcessRoot): Promise<readonly number[]> {
  const all = await processes();
  if (all === undefined) return sendSignal(-leader, 0) ? [-leader] : [];
  const found = new Set<number>();
  const children = new Map<number, number[]>();
  for (const { pid, parent, group, session } of all) {
    if (pid === leader || group === leader || session === leader) found.add(pid);
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [pid]);
    else siblings.push(pid);
  }
  const carriers = await Promise.all(
    all.map(async ({ pid }) => (found.has(pid) || (await carries(pid, mark)) ? pid : undefined)),
  );
  for (const pid of carriers) if (pid !== undefined) found.add(pid);
  const waiting = [...found];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop())
    for (const child of children.get(pid) ?? [])
      if (!found.has(child)) {
        found.add(child);
        waiting.push(child);
      }
  found.delete(process.pid);
  const zombies = new Set(all.filter(({ zombie }) => zombie).map(({ pid }) => pid));
  return [...found].filter((pid) => pid > 1 && !zombies.has(pid));
}

interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly zombie: boolean;
}

/** All processes that can be seen; undefined where there is no /proc. */
async function processes(): Promise<readonly ProcessFacts[] | undefined> {
  const names = await readdir('/proc').catch(() => undefined);
  const pids = names?.filter((name) => /^\d+$/.test(name)).map(Number);
  if (pids === undefined || pids.length === 0) return undefined;
  const facts = await Promise.all(pids.map(processFacts));
  return facts.filter((fact) => fact !== undefined);
}

/** Fields 3 to 6 of proc(5)'s stat, behind the name, which may hold blanks and parentheses. */
async function processFacts(pid: number): Promise<ProcessFacts | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined);
  if (stat === undefined) return undefined;
  const [state, parent, group, session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ', 4);
  return {
    pid,
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    zombie: state === 'Z' || state === 'X',
  };
}

/** Whether the environment with which a process began has the mark. */
async function carries(pid: number, mark: string): Promise<boolean> {
  const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
  return environment.includes(`${CALL_MARK}=${mark}`);
}
