import { parentPort, workerData } from 'node:worker_threads';
import { errorCode } from '../base/error-code.ts';
import { errorText } from '../base/user-error.ts';
import { type SearchRequest, searchFiles } from './search-files.ts';

/** What a worker says: lines as they are found, and then how it ended. */
export type SearchMessage =
  | { readonly type: 'lines'; readonly lines: readonly string[] }
  | { readonly type: 'done'; readonly notes: readonly string[] }
  | { readonly type: 'failed'; readonly code: string | undefined; readonly text: string };

/** Milliseconds between messages, so that little is lost when a hostile expression has to be cut. */
const INTERVAL = 100;

const send = (message: SearchMessage): void => parentPort?.postMessage(message);

function search(request: SearchRequest): void {
  let lines: string[] = [];
  let sent = performance.now();
  const flush = () => {
    if (lines.length > 0) send({ type: 'lines', lines });
    lines = [];
    sent = performance.now();
  };
  try {
    const results = searchFiles(request);
    let result = results.next();
    for (; !result.done; result = results.next()) {
      lines.push(result.value);
      if (performance.now() - sent > INTERVAL) flush();
    }
    flush();
    send({ type: 'done', notes: result.value });
  } catch (error) {
    flush();
    send({ type: 'failed', code: errorCode(error), text: errorText(error) });
  }
}

// The one who starts it is search.ts.
search(workerData as SearchRequest);
