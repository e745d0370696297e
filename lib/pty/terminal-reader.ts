import type { OnReadOpts, SocketConstructorOpts } from 'node:net';
import { ReadStream } from 'node:tty';

/** One for all terminals: what is read is handed on before the next read. */
const readBuffer = Buffer.allocUnsafe(64 * 1024);

/**
 * Reads a terminal, or the side of a pty that its program does not have, from now on. What `onBytes` is given is used again
 * after it: who keeps it copies it.
 */
export function readTerminal(fd: number, onBytes: (bytes: Buffer) => void): ReadStream {
  const options: SocketConstructorOpts & { readonly onread: OnReadOpts } = {
    onread: {
      buffer: readBuffer,
      callback: (length) => {
        onBytes(readBuffer.subarray(0, length));
        return true;
      },
    },
  };
  const stream = new ReadStream(fd, options);
  // Not resume(): it starts reading a tick later, also when paused meanwhile.
  stream.read(0);
  return stream;
}
