/** Every form that the transcript lays out. */
export const STREAMING_SAMPLE = `# Streaming

This text comes in **small pieces**, as from any model, and is laid out while it comes. Only the unfinished end is laid
out again, so a long reply stays as smooth as a short one.

## A list

- *emphasis*, **strong**, ~~struck~~ and \`code\` in a line
- a list in a list:
  1. first
  2. second
- a [link to the Markdown guide](https://commonmark.org/help/), which your terminal may open

## A table

| what | how wide | fits |
| :--- | ---: | :---: |
| a table | as wide as it needs | yes |
| a narrow pane | as wide as there is room | yes |
| wide characters: 你好, 🙂 | two columns each | yes |

> A quote stands apart.
> It may have several lines.

## Code

\`\`\`ts
/** The sum of all numbers. */
export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
\`\`\`

\`\`\`python
def fibonacci(count: int) -> list[int]:
    """The first numbers of the series."""
    series = [0, 1]
    while len(series) < count:
        series.append(series[-1] + series[-2])
    return series[:count]
\`\`\`

---

Make the window narrower: the whole reply is laid out afresh.`;

const SLOW_LINES = [
  'I write slowly now, so that there is time to try things. Nothing of what you do is lost.',
  'Type a message and send it with [[compose/send]]: it **steers**. I get it after what I do at present.',
  'Or queue it with [[compose/queue]]: it waits for the end of this reply, shown below the text until then.',
  '[[compose/recall-queued]] takes the last queued message back into the composer, to change it or to drop it.',
  '[[compose/escape]] twice stops me. What came so far stays, and queued text comes back to the composer.',
  'Go to another session meanwhile with [[next-window]]: I go on behind it, and the status line says `⟳`.',
  'When I am done and you are elsewhere, the status line marks this session: one reply unseen.',
  'You may also detach with [[detach-client]] and come back later: chats go on without anybody looking.',
  'Scrolling back while I write is possible as well: the view stays where it is. [[copy-mode]] opens it.',
  'All of this is the same with a real model: I go through the same code.',
];

/** A text for trying things meanwhile: about a minute at the slow pace. */
export const SLOW_SAMPLE = [
  '## Slowly',
  ...[...SLOW_LINES.keys()].map((index) => `${index + 1}. ${SLOW_LINES[index] ?? ''}`),
  'So far all there is to try. For the rest of the time, I count:',
  Array.from({ length: 12 }, (_, row) =>
    Array.from({ length: 20 }, (_unused, column) => row * 20 + column + 1).join(' '),
  ).join('\n'),
  'That was all.',
].join('\n\n');
