/**
 * Sends a signal to a process, or with a negative number to a process group; 0 only asks whether it is there. False when
 * there is nobody to hear it, or it changed its user.
 */
export function sendSignal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
