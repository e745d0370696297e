import { closeSync, writeSync } from 'node:fs';
import { SERVER_READY, START_DESCRIPTOR_VARIABLE } from '../protocol/socket-path.ts';

/** What the client that started us waits for; called once, either way. */
export interface StartReport {
  /** We listen. */
  ready(): void;
  /** We give up; the sentence is shown to the person. */
  failed(text: string): void;
}

/**
 * Makes this process a server of the background, first thing: it stands in no folder that could be unmounted, is told
 * from others in `ps`, and outlives the terminal and the pipes it was started from. The client made it a session
 * leader without a terminal already. The person's umask is kept: the programs in the sessions inherit it.
 */
export function becomeDaemon(socketPath: string): StartReport {
  process.chdir('/');
  process.title = `qmux: server (${socketPath})`;
  process.on('SIGHUP', () => {});
  const descriptor = Number(process.env[START_DESCRIPTOR_VARIABLE] ?? Number.NaN);
  delete process.env[START_DESCRIPTOR_VARIABLE];
  let started = Number.isInteger(descriptor) && descriptor > 2;
  const tell = (text: string) => {
    try {
      writeSync(started ? descriptor : 2, text);
      if (started) closeSync(descriptor);
    } catch {
      // the client has left: there is nobody to tell
    }
    started = false;
  };
  return {
    ready() {
      if (started) tell(SERVER_READY);
    },
    failed: (text) => tell(`${text}\n`),
  };
}
