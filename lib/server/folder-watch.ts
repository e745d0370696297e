import { existsSync, type FSWatcher, watch } from 'node:fs';
import path from 'node:path';
import type { Disposable } from '../base/disposable.ts';

/** Editors write a file in several steps: it is read this long after the last, in milliseconds. */
const SETTLE = 100;

/**
 * Says when a TOML file in one of the folders changed, came or went. Folders are watched, because editors replace
 * files; one that is not there yet is waited for in the nearest folder above it.
 */
export class FolderWatch implements Disposable {
  readonly #folders: readonly string[];
  readonly #onChange: () => void;
  #watchers: readonly FSWatcher[] = [];
  #present = '';
  #changed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(folders: readonly string[], onChange: () => void) {
    this.#folders = folders;
    this.#onChange = onChange;
    this.#follow();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers) watcher.close();
    this.#watchers = [];
  }

  #follow(): void {
    this.dispose();
    this.#present = this.#presence();
    this.#watchers = [...new Set(this.#folders.map(nearestFolder))].flatMap((folder) => {
      try {
        const watcher = watch(folder, { persistent: false }, (_, file) => this.#noticed(folder, file));
        // A folder that is removed is no longer watched; the one above it tells.
        watcher.on('error', () => watcher.close());
        return [watcher];
      } catch {
        // It went in this moment, or may not be read: nothing to follow.
        return [];
      }
    });
  }

  #presence(): string {
    return this.#folders.map(nearestFolder).join('\n');
  }

  #noticed(folder: string, file: string | null): void {
    if (this.#folders.includes(folder) && (file === null || file.endsWith('.toml'))) this.#changed = true;
    this.#timer ??= setTimeout(() => this.#settled(), SETTLE);
    this.#timer.refresh();
  }

  #settled(): void {
    this.#timer = undefined;
    const moved = this.#presence() !== this.#present;
    const changed = this.#changed || moved;
    this.#changed = false;
    if (moved) this.#follow();
    if (changed) this.#onChange();
  }
}

function nearestFolder(folder: string): string {
  let nearest = folder;
  while (!existsSync(nearest) && path.dirname(nearest) !== nearest) nearest = path.dirname(nearest);
  return nearest;
}
