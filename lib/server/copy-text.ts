import type { CommandServer } from '../command/command-server.ts';
import type { CopyTarget } from '../mode/copy-state.ts';
import type { AttachedClient } from './attached-client.ts';

/**
 * Text copied in a client's copy mode goes to a buffer and the person's clipboard; the shell command that it is to be
 * piped to as well is returned. A read-only client changes nothing of the server's.
 */
export function copyText(
  { buffers, options }: Pick<CommandServer, 'options'> & { readonly buffers: CopyBuffers },
  client: AttachedClient,
  text: string,
  target: CopyTarget,
): string | undefined {
  if (target.buffer) client.copyToClipboard(text);
  if (client.readOnly) return undefined;
  if (target.buffer)
    buffers.set(text, target.prefix === undefined ? undefined : buffers.freeName(target.prefix), target.append);
  if (target.pipe === undefined) return undefined;
  const command = target.pipe === '' ? options.string('copy-command') : target.pipe;
  return command === '' ? undefined : command;
}

interface CopyBuffers {
  set(text: string, name?: string, append?: boolean): void;
  freeName(prefix: string): string;
}
