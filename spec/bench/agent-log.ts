import { closeSync, existsSync, openSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';

/** A log as coding agents print it: colours, paths, some wide characters, lines of about 100 columns. */
export function agentLog(folder: string, bytes: number): string {
  const file = path.join(folder, `log-${bytes}`);
  if (existsSync(file) && statSync(file).size >= bytes) return file;
  let block = '';
  for (let i = 0; i < 1000; i++) {
    block += `\x1b[2m12:${String(i % 60).padStart(2, '0')}:07\x1b[0m \x1b[3${i % 8}m●\x1b[0m edit lib/server/part-${i}.ts `;
    block += `\x1b[38;2;${i % 256};180;90m+${i}\x1b[0m \x1b[31m-${i % 7}\x1b[0m ${'change the way it is done '.repeat(2)}✓\n`;
  }
  const text = Buffer.from(block);
  const descriptor = openSync(file, 'w');
  for (let size = 0; size < bytes; size += text.length) writeSync(descriptor, text);
  closeSync(descriptor);
  return file;
}
