import { createHash } from 'node:crypto';
import type { FileVersions } from './tool.ts';

/** Files that are remembered in one conversation; the one seen longest ago is forgotten, and must be read again. */
const MAXIMUM_FILES = 2000;

/** Versions of files by a hash of their content, for one conversation. */
export class ContentVersions implements FileVersions {
  /** By path, the one noted last at the end. */
  readonly #hashes = new Map<string, string>();

  noteRead(path: string, content: Uint8Array): void {
    this.#hashes.delete(path);
    this.#hashes.set(path, contentHash(content));
    if (this.#hashes.size <= MAXIMUM_FILES) return;
    const [oldest] = this.#hashes.keys();
    if (oldest !== undefined) this.#hashes.delete(oldest);
  }

  compare(path: string, content: Uint8Array): 'same' | 'changed' | 'unread' {
    const seen = this.#hashes.get(path);
    if (seen === undefined) return 'unread';
    return seen === contentHash(content) ? 'same' : 'changed';
  }
}

const contentHash = (content: Uint8Array): string => createHash('sha256').update(content).digest('base64');
