import { parentPort, workerData } from 'node:worker_threads';
import { errorCode } from '../base/error-code.ts';
import { errorText } from '../base/user-error.ts';
import { type SearchRequest, searchFiles } from './search-files.ts';

/** What a worker says: each line as it is found, for it may be cut at the next one, and then how it ended. */
export type SearchMessage =
  | { readonly type: 'line'; readonly text: string }
  | { readonly type: 'done'; readonly notes: readonly string[] }
  | { readonly type: 'failed'; readonly code: string | undefined; readonly text: string };

const send = (message: SearchMessage): void => parentPort?.postMessage(message);

function search(request: SearchRequest): void {
  try {
    const results = searchFiles(request);
    let result = results.next();
    for (; !result.done; result = results.next()) send({ type: 'line', text: result.value });
    send({ type: 'done', notes: result.value });
  } catch (error) {
    send({ type: 'failed', code: errorCode(error), text: errorText(error) });
  }
}

// The one who starts it is search.ts.
search(workerData as SearchRequest);
