import { randomBytes as nodeRandomBytes } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

/**
 * Random bytes that nobody can guess. From the kernel: Node's own come with the whole of its cryptography, which takes
 * 5 ms to load, and a start needs nothing else of it.
 */
export function randomBytes(size: number): Buffer {
  try {
    const descriptor = openSync('/dev/urandom', 'r');
    try {
      const bytes = Buffer.alloc(size);
      if (readSync(descriptor, bytes) === size) return bytes;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // no such device in this place, or no descriptor left
  }
  return nodeRandomBytes(size);
}
