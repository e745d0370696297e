import { Worker } from 'node:worker_threads';
import type { SearchRequest } from './search-files.ts';
import type { SearchMessage } from './search-worker.ts';
import { ToolError, type ToolResult } from './tool.ts';
import { fileError } from './tool-path.ts';

/** Milliseconds after which a worker is ended from outside: what it does then is one step without an end. */
const HARD_LIMIT = 10_000;
/** Searches at once, of all chats: each has a thread. */
const MAXIMUM_WORKERS = 2;
/** A worker's memory, in megabytes. */
const MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };

/** One queue for the process, as the machine is one. */
const waiting: (() => void)[] = [];
let running = 0;

/**
 * Searches files in a thread of its own, so that no expression, folder or disk holds the server; after a time limit
 * it is ended, and what was found is kept. `name` is what errors call the root. Rejects with ToolError.
 */
export async function search(
  request: SearchRequest,
  name: string,
  signal: AbortSignal,
  limit = HARD_LIMIT,
): Promise<ToolResult> {
  if (running >= MAXIMUM_WORKERS) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await runWorker(request, name, signal, limit);
  } finally {
    // The place goes to the next one as it is.
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

async function runWorker(
  request: SearchRequest,
  name: string,
  signal: AbortSignal,
  limit: number,
): Promise<ToolResult> {
  if (signal.aborted) throw new ToolError('The search was cancelled.');
  const worker = new Worker(new URL('./search-worker.js', import.meta.url), {
    workerData: request,
    execArgv: [],
    resourceLimits: MEMORY,
  });
  const lines: string[] = [];
  try {
    const notes = await new Promise<readonly string[]>((resolve, reject) => {
      const timer = setTimeout(() => resolve([TOO_LONG]), limit);
      const cancel = () => reject(new ToolError('The search was cancelled.'));
      signal.addEventListener('abort', cancel);
      const end = (finish: () => void) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', cancel);
        finish();
      };
      worker.on('message', (message: SearchMessage) => {
        if (message.type === 'line') lines.push(message.text);
        else if (message.type === 'done') end(() => resolve(message.notes));
        else end(() => reject(fileError(Object.assign(new Error(message.text), { code: message.code }), name)));
      });
      worker.on('error', () => end(() => resolve(['the search took too much memory and was ended'])));
      worker.on('exit', () => end(() => resolve(['the search ended early'])));
    });
    return {
      ok: true,
      text: [...(lines.length === 0 ? ['[nothing found]'] : lines), ...notes.map((note) => `[${note}]`)].join('\n'),
    };
  } finally {
    await worker.terminate();
  }
}

const TOO_LONG =
  'the search took too long and was ended: make the expression simpler (no repeats within repeats), or search less';
