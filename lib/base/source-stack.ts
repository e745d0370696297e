import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import path from 'node:path';

/** A frame's place in a bundled file: its path, line and column, both from 1. */
const PLACE = /(\/[^\s()]*\/dist\/bundle\/[\w/-]+\.js):(\d+):(\d+)/g;

/** Maps take some megabytes: they are read when something fails, and kept only until the next look for garbage. */
const maps = new Map<string, WeakRef<SourceMap>>();

/** A stack with the places of the sources in place of those of the bundle; as it is where there is no map. */
export const sourceStack = (stack: string): string =>
  stack.replaceAll(PLACE, (place, file: string, line: string, column: string) => {
    const entry = mapOf(file)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (entry === undefined || !('originalSource' in entry)) return place;
    const source = path.resolve(path.dirname(file), entry.originalSource);
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });

function mapOf(file: string): SourceMap | undefined {
  const kept = maps.get(file)?.deref();
  if (kept !== undefined) return kept;
  try {
    const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')) as SourceMapPayload);
    maps.set(file, new WeakRef(map));
    return map;
  } catch {
    return undefined;
  }
}
