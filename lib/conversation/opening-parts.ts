/** A line of an opening, by what it is. */
export interface OpeningLine {
  readonly kind: 'prose' | 'code' | 'error' | 'frame' | 'diff';
  readonly text: string;
}

/** What is looked at of a message: its beginning, and its end for the last line of a trace; in UTF-16 units. */
const HEAD = 4000;
const TAIL = 1000;
const MAXIMUM_LINES = 120;
const MAXIMUM_LINE = 600;

const FRAME =
  /^\s*(?:at\s+\S.*[:(]|at\s+[\w$.<>]+\(|File ".*", line \d+|-->\s*\S+:\d+|#\d+\s+\S|\d+: +0x|\S+\.go:\d+|[\w$./*()-]+\(0x[\da-f]+.*\)|goroutine \d+)/;
const ERROR =
  /^(?:Traceback|Exception in thread|Unhandled|Uncaught|Caused by:|panic:|fatal:|FATAL|npm ERR!|thread '.*' panicked|called `|collect2:|\[signal )|^(?:\w+\.)*[A-Z]\w*(?:Error|Exception|Warning)\b ?:|^error(?:\[\w+\])?:|(?: - |: )error [A-Z]*\d+:|^(?:\/[\w.+-]+)+: .*: |^Segmentation fault/;
const CODE =
  /^\s*(?:(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:const|let|var|function|class|interface|enum|import|def|fn|func|impl|struct|type|public|private|protected|static|return|package|#include|#define|using|namespace|module)\s+\S|(?:if|for|while|switch|elif|else|try|catch)\b.*[{:(]\s*$|(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|FROM|WHERE|JOIN|LEFT|GROUP|ORDER|WITH)\s+\S|[)\]}]+[;,)]*\s*$|@\w+(?:\(.*\))?\s*$)|[;{}]\s*$|^\s*\w[\w.[\]]*\s*[-+*]?=\s*\S|^(?:\t| {4})\S.*[,({:]\s*$|=>\s*[{(]/;
const ENGLISH_TYPE = /^type (?:error|check|safe|of|in|the)\b/i;

/** The lines of a message that are not empty, each with what it is; bounded, whatever the message is. */
export function openingLines(message: string): readonly OpeningLine[] {
  const text =
    message.length <= HEAD + TAIL ? message : `${head(message, HEAD)}\n${tail(message.slice(message.length - TAIL))}`;
  const found: OpeningLine[] = [];
  let fenced = false;
  let isDiff = false;
  for (const whole of text.split(/\r\n?|\n/)) {
    if (found.length >= MAXIMUM_LINES) break;
    const line = head(whole, MAXIMUM_LINE);
    if (/^\s*(?:```|~~~)/.test(line)) {
      fenced = !fenced;
      continue;
    }
    if (line.trim() === '') continue;
    isDiff ||= /^(?:diff --git |--- a\/|--- \/dev\/null|@@ -\d)/.test(line);
    found.push({ kind: isDiff ? 'diff' : lineKind(line, fenced), text: line });
  }
  return found;
}

/** The whole words of a text's first units. */
function head(text: string, length: number): string {
  if (text.length <= length) return text;
  let end = length;
  while (end > 0 && !/\s/.test(text.charAt(end))) end -= 1;
  return text.slice(0, end);
}

/** A text without its first word, which may have been cut. */
function tail(text: string): string {
  const start = text.search(/\s/);
  return start < 0 ? '' : text.slice(start);
}

function lineKind(line: string, fenced: boolean): OpeningLine['kind'] {
  if (FRAME.test(line)) return 'frame';
  if (ERROR.test(line.trimStart())) return 'error';
  if (fenced) return 'code';
  return CODE.test(line) && !ENGLISH_TYPE.test(line) && !isSentence(line) ? 'code' : 'prose';
}

/** `import contacts from Excel files`, `select a good database`: words that are code only by their first. */
function isSentence(line: string): boolean {
  return (
    !/[;{}=<>()[\]*_"'`]/.test(line) && line.trim().split(/\s+/).length > 3 && !/^\s*(?:package|import) \S+$/.test(line)
  );
}
