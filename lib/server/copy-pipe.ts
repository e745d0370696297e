import { spawnShell } from '../base/descriptor-guard.ts';

/** Gives copied text to a command, such as one that knows the desktop's clipboard. */
export function copyPipe(
  command: string,
  text: string,
  place: { readonly environment: Record<string, string>; readonly onError: (text: string) => void },
): void {
  const child = spawnShell(command, { env: place.environment, stdio: ['pipe', 'ignore', 'ignore'] });
  child.on('error', (error) => place.onError(`${command}: ${error.message}`));
  // A command that does not read its input is no fault of ours.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(text);
}
