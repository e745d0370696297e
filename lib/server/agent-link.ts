import { mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import type { Disposable } from '../base/disposable.ts';

/**
 * A link of fixed name to the SSH agent of the client that came last, so that programs started long ago still reach
 * an agent after the person came back over another connection.
 */
export class AgentLink implements Disposable {
  readonly path: string;
  #target: string | undefined;

  /** @param folder a folder that only the person can write: the socket's own */
  constructor(folder: string, name: string) {
    this.path = path.join(folder, `${name}.agent`);
  }

  /** Whether any client brought an agent. */
  get active(): boolean {
    return this.#target !== undefined;
  }

  /** Points the link at `SSH_AUTH_SOCK` of a client; one without an agent changes nothing. */
  follow(target: string | undefined): void {
    if (target === undefined || target === '' || target === this.path || target === this.#target) return;
    const fresh = `${this.path}.${process.pid}`;
    mkdirSync(path.dirname(this.path), { recursive: true, mode: 0o700 });
    // A process of the same number may have died between the two steps.
    rmSync(fresh, { force: true });
    symlinkSync(target, fresh);
    // A rename replaces the old link in one step: no program ever finds none.
    renameSync(fresh, this.path);
    this.#target = target;
  }

  /** Takes the link away, unless another server has made it its own. */
  dispose(): void {
    if (this.#target === undefined) return;
    try {
      if (readlinkSync(this.path) === this.#target) rmSync(this.path);
    } catch {
      // it is gone, with its folder
    }
  }
}
