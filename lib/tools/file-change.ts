import { writeAtomically } from './atomic-write.ts';
import { checkSignal, fixedCall } from './prepared.ts';
import { type PreparedCall, ToolError, type ToolPlace } from './tool.ts';
import { type FileContent, fileText, MAXIMUM_FILE, readWhole } from './tool-file.ts';
import { below, displayPath, resolveToolPath } from './tool-path.ts';
import { unifiedDiff } from './unified-diff.ts';

/** A file as it is before a call changes it. */
export interface ExistingFile {
  readonly given: string;
  /** Resolved. */
  readonly path: string;
  /** As people see it. */
  readonly name: string;
  /** Undefined where there is no file yet. */
  readonly content: FileContent | undefined;
}

/** Looks at a file that is to change. Rejects with ToolError when the model has not seen it as it is now. */
export async function fileToChange(given: string, place: ToolPlace): Promise<ExistingFile> {
  const path = await resolveToolPath(given, place);
  const name = displayPath(path, place);
  const content = await readWhole(path, name);
  if (content === undefined && given.endsWith('/')) throw new ToolError(`${name}/ names a directory, not a file.`);
  if (content === undefined) return { given, path, name, content };
  const seen = place.versions.compare(path, content.bytes);
  if (seen === 'unread') throw new ToolError(`${name} exists and you have not read it: read it first.`);
  if (seen === 'changed') throw new ToolError(`${name} has changed since you read it: read it again.`);
  return { given, path, name, content };
}

/** The call that gives a file its new text, if the file and the way to it are then what they are now. */
export function changeCall(file: ExistingFile, text: string, place: ToolPlace, done: string): PreparedCall {
  const { given, path, name, content } = file;
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length > MAXIMUM_FILE)
    throw new ToolError(`${name} would be ${bytes.length} bytes; the most is ${MAXIMUM_FILE}.`);
  return fixedCall({
    title: name,
    access: { paths: [{ path, write: true }], command: undefined },
    diff: unifiedDiff(name, content === undefined ? undefined : textToCompare(content.bytes, name), text),
    run: async ({ signal }) => {
      checkSignal(signal);
      if ((await resolveToolPath(given, place)) !== path)
        throw new ToolError(`${name} leads elsewhere than when it was allowed, and was not written.`);
      const now = await readWhole(path, name, signal);
      if (!sameContent(now, content))
        throw new ToolError(`${name} was changed by someone else meanwhile, and was not written: read it again.`);
      checkSignal(signal);
      const folderMode = below(path, place.sessionFolder) === undefined ? 0o777 : 0o700;
      await writeAtomically({ file: path, name, bytes, before: now, folderMode });
      place.versions.noteRead(path, bytes);
      return { ok: true, text: done };
    },
  });
}

/** A binary file is shown as one line, for people would see only noise. */
function textToCompare(bytes: Buffer, name: string): string {
  try {
    return fileText(bytes, name).text;
  } catch {
    return `[binary content, ${bytes.length} bytes]\n`;
  }
}

const sameContent = (a: FileContent | undefined, b: FileContent | undefined): boolean =>
  a === undefined || b === undefined ? a === b : a.bytes.equals(b.bytes);
