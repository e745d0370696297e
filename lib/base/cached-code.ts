import { readFileSync } from 'node:fs';
import type { createRequire } from 'node:module';
import path from 'node:path';
import { Script } from 'node:vm';

/** Where V8's own form of a bundled file lies: beside it. */
export const codeCache = (file: string): string => `${file}.cache`;

/** How the text of a bundled file begins and ends: it is a function, and takes what CommonJS gives a module. */
export const CODE_START = '(function(require,module,exports,__filename,__dirname){';
export const CODE_END = '})';

/** Behind V8's data: a sum of that data and one of the text, 4 bytes each. */
const TRAILER = 8;

/** Bundled code on its way. */
export interface CachedCode {
  /** Whether V8 took what was kept. */
  readonly isCached: boolean;
  run(require: ReturnType<typeof createRequire>): void;
  /** What to keep for the next time: all that V8 compiled so far. */
  cache(): Buffer;
}

/**
 * Loads a bundled file, ASCII only, with what V8 made of it beforehand, so that it is not parsed and compiled again. A
 * cache that is missing, damaged, or of another V8, other flags or another text is passed over. V8 itself sees all but
 * damage and texts of the same length, and crashes on damage.
 */
export function loadCode(file: string): CachedCode {
  const bytes = readFileSync(file);
  const cachedData = keptCode(codeCache(file), bytes);
  const script = new Script(bytes.toString('latin1'), { filename: file, ...(cachedData && { cachedData }) });
  return {
    isCached: script.cachedDataRejected === false,
    run(require) {
      const module = { exports: {} };
      script.runInThisContext()(require, module, module.exports, file, path.dirname(file));
    },
    cache() {
      const data = script.createCachedData();
      const trailer = Buffer.alloc(TRAILER);
      trailer.writeUInt32LE(sum(data), 0);
      trailer.writeUInt32LE(sum(bytes), 4);
      return Buffer.concat([data, trailer]);
    },
  };
}

function keptCode(file: string, text: Buffer): Buffer | undefined {
  let kept: Buffer;
  try {
    kept = readFileSync(file);
  } catch {
    return undefined;
  }
  const length = kept.length - TRAILER;
  if (length < 0) return undefined;
  const data = kept.subarray(0, length);
  const fits = kept.readUInt32LE(length) === sum(data) && kept.readUInt32LE(length + 4) === sum(text);
  return fits ? data : undefined;
}

/** FNV-1a over whole words of 4 bytes, in about 1 ms for 1 MB; a rest of up to 3 bytes is left out. */
function sum(bytes: Buffer): number {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : Buffer.from(Uint8Array.from(bytes).buffer);
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2);
  let hash = 0x811c9dc5;
  for (let index = 0; index < words.length; index += 1) hash = Math.imul(hash ^ (words[index] ?? 0), 0x01000193);
  return hash >>> 0;
}
