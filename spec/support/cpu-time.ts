/** Milliseconds of processor that this process has used: unlike a clock, the same on a machine that is busy otherwise. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
