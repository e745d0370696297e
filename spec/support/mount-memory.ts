import { execFileSync } from 'node:child_process';
import type { Disposable } from '../../lib/base/disposable.ts';

/** A disk of its own, in memory. */
export interface MemoryMount extends Disposable {
  /** Mounts it anew with such options, such as `ro`. */
  change(options: string): void;
}

/** Mounts a small disk at a folder; undefined where that is not permitted. */
export function mountMemory(folder: string, size: string): MemoryMount | undefined {
  const run = (command: string, ...args: readonly string[]) => execFileSync(command, [...args], { stdio: 'ignore' });
  try {
    run('mount', '-t', 'tmpfs', '-o', `size=${size},mode=700`, 'tmpfs', folder);
  } catch {
    return undefined;
  }
  return {
    change: (options) => run('mount', '-o', `remount,${options}`, folder),
    // Detached at once: a program that still has something open there does not hold it.
    dispose: () => run('umount', '-l', folder),
  };
}
