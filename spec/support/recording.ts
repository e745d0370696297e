import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** What a program printed at one size, after which the terminal was resized or the recording ends. */
export interface RecordingStep {
  readonly columns: number;
  readonly rows: number;
  readonly output: Uint8Array;
}

/** What a real program printed, byte for byte, at several sizes. */
export interface Recording {
  readonly program: string;
  readonly steps: readonly RecordingStep[];
}

const FOLDER = path.resolve(import.meta.dirname, '../../../spec/recordings');

const recordingFile = (program: string): string => path.join(FOLDER, `${program}.json`);

export const recordedPrograms = (): readonly string[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();

export function saveRecording({ program, steps }: Recording): void {
  const data = steps.map(({ columns, rows, output }) => ({
    columns,
    rows,
    output: deflateRawSync(output, { level: 9 })
      .toString('base64')
      .replaceAll(/.{1,100}/g, '$&\n')
      .trimEnd()
      .split('\n'),
  }));
  writeFileSync(recordingFile(program), `${JSON.stringify({ program, steps: data }, undefined, 1)}\n`);
}

export function loadRecording(program: string): Recording {
  const data = JSON.parse(readFileSync(recordingFile(program), 'utf8')) as {
    program: string;
    steps: { columns: number; rows: number; output: string[] }[];
  };
  return {
    program: data.program,
    steps: data.steps.map(({ columns, rows, output }) => ({
      columns,
      rows,
      output: inflateRawSync(Buffer.from(output.join(''), 'base64')),
    })),
  };
}
