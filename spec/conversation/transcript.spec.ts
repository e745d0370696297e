import { expect } from 'chai';
import { type Conversation, EMPTY_CONVERSATION } from '../../lib/conversation/conversation.ts';
import type { AssistantMessage, Message, ToolCall, UserMessage } from '../../lib/conversation/message.ts';
import { Transcript } from '../../lib/conversation/transcript.ts';
import { Grid } from '../../lib/text/grid.ts';
import { GrowingText } from '../../lib/text/growing-text.ts';
import { palette } from '../../lib/text/style.ts';

const user = (id: number, text: string): UserMessage => ({
  kind: 'user',
  id,
  time: 0,
  parts: [{ text, label: undefined }],
});

const reply = (id: number, text: string, more: Partial<AssistantMessage> = {}): AssistantMessage => ({
  kind: 'assistant',
  id,
  time: 0,
  text: GrowingText.of(text),
  reasoning: GrowingText.EMPTY,
  calls: [],
  model: 'm',
  state: 'complete',
  finish: 'stop',
  usage: undefined,
  ...more,
});

const call = (more: Partial<ToolCall> = {}): ToolCall => ({
  id: 'c',
  name: 'shell',
  arguments: '{"command":"ls"}',
  state: { kind: 'waiting' },
  title: 'ls',
  diff: '',
  ...more,
});

const conversation = (messages: readonly Message[], last?: AssistantMessage): Conversation => ({
  ...EMPTY_CONVERSATION,
  messages,
  reply: last,
});

function shown(transcript: Transcript): string[] {
  const rows: string[] = [];
  while (transcript.layOutMore(1000));
  for (let row = transcript.firstRow; row < transcript.endRow; row++) rows.push(transcript.rowText(row));
  return rows;
}

function show(messages: readonly Message[], last?: AssistantMessage, columns = 40): string[] {
  const transcript = new Transcript({ columns });
  transcript.update(conversation(messages, last));
  return shown(transcript);
}

describe('a transcript', () => {
  it('shows what was said, with a blank row between', () => {
    expect(show([user(1, 'hello'), reply(2, 'good day')])).to.deep.equal(['› hello', '', 'good day']);
  });

  it('is empty without messages, and when all was cleared', () => {
    const transcript = new Transcript({ columns: 20 });
    expect(transcript.endRow - transcript.firstRow).to.equal(0);
    transcript.update(conversation([user(1, 'hello')]));
    const { epoch } = transcript;
    transcript.update(conversation([]));
    expect(transcript.endRow - transcript.firstRow).to.equal(0);
    expect(transcript.epoch).to.be.above(epoch);
  });

  it('keeps the numbers of rows while a reply streams and more is said', () => {
    const transcript = new Transcript({ columns: 20 });
    transcript.update(conversation([user(1, 'hello')]));
    const { firstRow, epoch } = transcript;
    let text = GrowingText.EMPTY;
    for (const piece of ['one ', 'two\n\n', 'three']) {
      text = text.append(piece);
      transcript.update(conversation([user(1, 'hello')].slice(0, 1), reply(2, '', { text, state: 'streaming' })));
    }
    expect(transcript.rowText(transcript.endRow - 1)).to.equal('three');
    expect(transcript.rowText(transcript.firstRow)).to.equal('› hello');
    expect([transcript.epoch >= epoch, firstRow > 0]).to.deep.equal([true, true]);
  });

  it('opens and closes a card at its row', () => {
    const done = call({ state: { kind: 'done', result: 'a\nb' } });
    const transcript = new Transcript({ columns: 30 });
    transcript.update(conversation([user(1, 'list'), reply(2, '', { calls: [done] })]));
    expect(shown(transcript)).to.deep.equal(['› list', '', '✓ shell  ls']);
    expect(transcript.toggle(transcript.firstRow)).to.equal(false);
    const { epoch } = transcript;
    expect(transcript.toggle(transcript.firstRow + 2)).to.equal(true);
    expect(shown(transcript)).to.deep.equal(['› list', '', '✓ shell  ls', '  command: ls', '  a', '  b']);
    expect(transcript.epoch).to.be.above(epoch);
    transcript.toggle(transcript.firstRow + 4);
    expect(shown(transcript)).to.deep.equal(['› list', '', '✓ shell  ls']);
  });

  it('draws rows in their styles and blanks the rest', () => {
    const transcript = new Transcript({ columns: 12 });
    transcript.update(conversation([user(1, 'hi')]));
    const grid = new Grid({ columns: 12, rows: 1 });
    grid.set(11, 0x78, { foreground: 0, background: 0, attributes: 0, underlineColor: 0, link: 0 });
    transcript.readRow(transcript.firstRow, grid, 0, 0, 12);
    expect(grid.rowText(0)).to.equal('› hi        ');
    expect(grid.foregrounds[0]).to.equal(palette(6));
  });
});
