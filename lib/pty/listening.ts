import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Files of a process that are looked at. */
const MAXIMUM_FILES = 2000;
/** proc(5)'s name of a socket that listens, in `net/tcp`. */
const LISTEN = '0A';

/**
 * Whether one of the processes listens on a TCP port of the loopback or of all addresses, by proc(5)'s `net/tcp` and
 * `fd`. Linux only; false where nobody knows.
 */
export function isListening(pids: readonly number[], port: number): boolean {
  const sockets = new Set([...listeners('/proc/net/tcp', port), ...listeners('/proc/net/tcp6', port)]);
  return sockets.size > 0 && pids.some((pid) => files(pid).some((file) => sockets.has(file)));
}

/** The sockets that listen on a port, as links of open files name them. */
function listeners(table: string, port: number): readonly string[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  try {
    return readFileSync(table, 'latin1')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/, 10))
      .filter(([, local = '', , state]) => state === LISTEN && local.endsWith(wanted))
      .map((fields) => `socket:[${fields[9] ?? ''}]`);
  } catch {
    return [];
  }
}

function files(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`)
      .slice(0, MAXIMUM_FILES)
      .map((name) => target(`/proc/${pid}/fd/${name}`));
  } catch {
    return [];
  }
}

function target(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}
