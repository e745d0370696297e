import type { Size } from '../base/geometry.ts';

/** A client that shows the session: the size it has for it, and when a person last used it. */
export interface Viewer {
  readonly size: Size;
  readonly lastActivity: number;
}

/** The size of a session by option `window-size`; undefined when it stays as it is. */
export function chooseSize(rule: string, viewers: readonly Viewer[]): Size | undefined {
  const latest = viewers.reduce<Viewer | undefined>(
    (best, viewer) => (best === undefined || viewer.lastActivity >= best.lastActivity ? viewer : best),
    undefined,
  );
  if (latest === undefined || rule === 'manual') return undefined;
  if (rule === 'largest') return extreme(viewers, Math.max);
  if (rule === 'smallest') return extreme(viewers, Math.min);
  return latest.size;
}

const extreme = (viewers: readonly Viewer[], pick: (...values: number[]) => number): Size => ({
  columns: pick(...viewers.map(({ size }) => size.columns)),
  rows: pick(...viewers.map(({ size }) => size.rows)),
});
