import { expect } from 'chai';
import { type Conversation, EMPTY_CONVERSATION } from '../../lib/conversation/conversation.ts';
import type { AssistantMessage, Message, ToolCall, UserMessage } from '../../lib/conversation/message.ts';
import { Transcript } from '../../lib/conversation/transcript.ts';
import { Grid } from '../../lib/text/grid.ts';
import { GrowingText } from '../../lib/text/growing-text.ts';
import { palette } from '../../lib/text/style.ts';
import { textWidth } from '../../lib/text/width.ts';

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
    const messages: Message[] = [user(1, 'hello')];
    transcript.update(conversation(messages));
    const { firstRow, epoch } = transcript;
    let text = GrowingText.EMPTY;
    for (const piece of ['one ', 'two\n\n', '- three\n', '- four']) {
      text = text.append(piece);
      transcript.update(conversation(messages, reply(2, '', { text, state: 'streaming' })));
      expect(transcript.rowText(firstRow + 2)).to.match(/^one/);
    }
    const whole: readonly Message[] = [...messages, reply(2, '', { text })];
    transcript.update(conversation(whole));
    transcript.update(conversation([...whole, user(3, 'bye')]));
    expect([transcript.firstRow, transcript.epoch]).to.deep.equal([firstRow, epoch]);
    expect(shown(transcript)).to.deep.equal(['› hello', '', 'one two', '', '• three', '• four', '', '› bye']);
  });

  it('shows a reply in pieces as it is at once, whatever comes amid', () => {
    const text = `A *text* of\n\n${'- some items\n'.repeat(900)}\n\`\`\`js\nlet a;\n\`\`\`\n`;
    const note: Message = { kind: 'note', id: 3, time: 0, level: 'info', text: 'by the way' };
    const transcript = new Transcript({ columns: 25 });
    const said = user(1, 'go');
    let grown = GrowingText.EMPTY;
    let messages: readonly Message[] = [said];
    for (let start = 0; start < text.length; start += 700) {
      if (start === 2100) messages = [said, note];
      grown = grown.append(text.slice(start, start + 700));
      transcript.update(conversation(messages, reply(2, '', { text: grown, state: 'streaming' })));
      expect(transcript.rowText(transcript.endRow - 1)).not.to.equal('');
    }
    const { epoch } = transcript;
    const last = { ...reply(2, ''), text: grown, calls: [call()] };
    transcript.update(conversation(messages, { ...last, state: 'streaming' }));
    transcript.update(conversation([...messages, last]));
    expect(shown(transcript)).to.deep.equal(show([said, note, { ...last, text: GrowingText.of(text) }], undefined, 25));
    expect(transcript.epoch).to.equal(epoch);
  });

  it('tells the row in which a message begins, also of one that was not laid out yet', () => {
    const transcript = new Transcript({ columns: 40 });
    const messages = Array.from({ length: 600 }, (_, index) => user(index + 1, `line ${index + 1}\nand more`));
    transcript.update({ ...EMPTY_CONVERSATION, messages });
    for (const id of [600, 3, 299, 1]) {
      const row = transcript.rowOf(id, 10_000) ?? -1;
      expect(transcript.rowText(row), `message ${id}`).to.match(new RegExp(`line ${id}$`));
    }
    expect(transcript.rowOf(601, 10_000)).to.equal(undefined);
    const other = new Transcript({ columns: 40 });
    other.update({ ...EMPTY_CONVERSATION, messages });
    expect(other.rowOf(1, 0)).to.equal(undefined);
  });

  it('opens and closes a card at its row', () => {
    const done = call({ state: { kind: 'done', result: 'a\nb' } });
    const transcript = new Transcript({ columns: 30 });
    transcript.update(conversation([user(1, 'list'), reply(2, '', { calls: [done] })]));
    expect(shown(transcript)).to.deep.equal(['› list', '', '✓ shell  ls']);
    expect(transcript.toggle(transcript.firstRow)).to.equal(false);
    const { epoch } = transcript;
    expect(transcript.toggle(transcript.firstRow + 2)).to.equal(true);
    expect(shown(transcript)).to.deep.equal(['› list', '', '✓ shell  ls', '  a', '  b']);
    expect(transcript.epoch).to.be.above(epoch);
    transcript.toggle(transcript.firstRow + 3);
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

  it('shows the state of each call, and the end of what runs', () => {
    const output = Array.from({ length: 9 }, (_, index) => `line ${index}\x1b[31m`).join('\n');
    const calls = [
      call({ id: 'a', state: { kind: 'running', since: 0, output } }),
      call({ id: 'b', name: 'read', title: 'x.ts', state: { kind: 'failed', result: 'no such file\nmore' } }),
      call({ id: 'c', name: 'write', title: 'y', state: { kind: 'refused', result: 'not now' } }),
      call({ id: 'd', name: 'grep\x1b[2J', title: '' }),
    ];
    expect(show([reply(1, 'Look:', { calls })])).to.deep.equal([
      'Look:',
      '',
      '⟳ shell  ls',
      ...[4, 5, 6, 7, 8].map((index) => `  line ${index}␛[31m`),
      '✗ read  x.ts  no such file',
      '⊘ write  y  not now',
      '· grep␛[2J',
    ]);
  });

  it('shows a call that asks with its diff, and no argument that title or diff tell', () => {
    const diff = '--- a/x\n+++ b/x\n@@ -7,2 +7,2 @@\n same\n-old\n+new\n';
    const state = { kind: 'asking', approval: { why: 'writes x', editable: undefined } } as const;
    const json = '{"path":"x","new_string":"new","edits":[{"old":"a"}],"mode":5,"why":"because"}';
    const asking = call({ name: 'edit', title: 'x', diff, state, arguments: json });
    const transcript = new Transcript({ columns: 40 });
    transcript.update(conversation([reply(1, '', { calls: [asking] })]));
    expect(shown(transcript)).to.deep.equal([
      '? edit  x',
      '  mode: 5',
      '  why: because',
      '  --- a/x',
      '  +++ b/x',
      '  @@ -7,2 +7,2 @@',
      '     7  same',
      '     8 -old',
      '     8 +new',
    ]);
    const grid = new Grid({ columns: 40, rows: 1 });
    const colour = (row: number) => {
      transcript.readRow(transcript.firstRow + row, grid, 0, 0, 40);
      return grid.foregrounds[7];
    };
    expect([colour(7), colour(8)]).to.deep.equal([palette(1), palette(2)]);
  });

  it('shows a command that its title does not hold whole, and what is said besides it', () => {
    const state = { kind: 'asking', approval: { why: 'runs a command', editable: undefined } } as const;
    const asking = (command: string, title: string, columns: number) => {
      const transcript = new Transcript({ columns });
      const json = JSON.stringify({ command, timeout: 9 });
      transcript.update(conversation([reply(1, '', { calls: [call({ title, state, arguments: json })] })]));
      return shown(transcript);
    };
    expect(asking('rm -r a', 'rm -r a', 17)).to.deep.equal(['? shell  rm -r a', '  timeout: 9']);
    expect(asking('rm -r a', 'rm -r a', 15)).to.deep.equal([
      '? shell  rm -r…',
      '  command: rm',
      '  -r a',
      '  timeout: 9',
    ]);
    expect(asking('a\nb', 'a…', 40)).to.deep.equal(['? shell  a…', '  command:', '    a', '    b', '  timeout: 9']);
    expect(asking('a\x1b', 'a␛', 40)).to.deep.equal(['? shell  a␛', '  command: a␛', '  timeout: 9']);
  });

  it('cuts long output in the middle, and shows arguments that are no JSON', () => {
    const result = Array.from({ length: 5000 }, (_, index) => `line ${index + 1}`).join('\n');
    const transcript = new Transcript({ columns: 40 });
    transcript.update(
      conversation([reply(1, '', { calls: [call({ arguments: '{"a', state: { kind: 'done', result } })] })]),
    );
    transcript.toggleAll();
    const rows = shown(transcript);
    expect(rows.slice(0, 3)).to.deep.equal(['✓ shell  ls', '  {"a', '  line 1']);
    expect(rows).to.include('  … 3,000 more lines …');
    expect(rows.at(-1)).to.equal('  line 5000');
    expect(rows).to.have.lengthOf(2003);
    transcript.toggleAll();
    expect(shown(transcript)).to.deep.equal(['✓ shell  ls']);
  });

  it('folds thoughts, pastes, summaries and replies that another one took the place of', () => {
    const messages: Message[] = [
      {
        kind: 'user',
        id: 1,
        time: 0,
        parts: [
          { text: 'see ', label: undefined },
          { text: 'a\nb', label: 'pasted 2 lines' },
        ],
      },
      reply(2, 'half a', { state: 'superseded', finish: undefined }),
      reply(3, 'whole', { reasoning: GrowingText.of('let me  think') }),
      { kind: 'summary', id: 4, time: 0, text: 'It was **good**.', keptFrom: 3 },
    ];
    const transcript = new Transcript({ columns: 44 });
    transcript.update(conversation(messages));
    const folded = [
      '› see',
      '  [pasted 2 lines]',
      '',
      'cut reply, 2 words; asked again',
      '',
      '∴ thought for 3 words',
      '',
      'whole',
      '',
      '─ 2 earlier messages summarised ────────────',
    ];
    expect(shown(transcript)).to.deep.equal(folded);
    for (const row of [9, 5, 3, 1]) expect(transcript.toggle(transcript.firstRow + row), String(row)).to.equal(true);
    expect(shown(transcript)).to.deep.equal([
      '› see',
      '  [pasted 2 lines]',
      '  a',
      '  b',
      '',
      'cut reply, 2 words; asked again',
      'half a',
      '',
      '∴ thought for 3 words',
      '  let me  think',
      '',
      'whole',
      '',
      '─ 2 earlier messages summarised ────────────',
      '',
      'It was good.',
      '',
      '─'.repeat(44),
    ]);
  });

  it('says how a reply ended, and shows notes by their level', () => {
    const messages: Message[] = [
      reply(1, 'a', { state: 'interrupted', finish: undefined }),
      reply(2, 'b', { finish: 'length' }),
      reply(3, '', { finish: 'content-filter' }),
      { kind: 'note', id: 4, time: 0, level: 'error', text: 'wrong key\x1b[2J' },
      { kind: 'note', id: 5, time: 0, level: 'info', text: 'two\n  lines' },
    ];
    const transcript = new Transcript({ columns: 60 });
    transcript.update(conversation(messages));
    const rows = shown(transcript);
    expect(rows.slice(0, 5)).to.deep.equal(['a', '[cut short]', '', 'b', '[ended at the length limit of the model]']);
    expect(rows.slice(5)).to.deep.equal([
      '',
      '[held back by the filter of the endpoint]',
      '',
      'wrong key␛[2J',
      'two',
      '  lines',
    ]);
    const grid = new Grid({ columns: 60, rows: 1 });
    transcript.readRow(transcript.firstRow + 8, grid, 0, 0, 60);
    expect(grid.foregrounds[0]).to.equal(palette(1));
  });

  it('lays out only what is asked for after a resize, and finds the rest on demand', () => {
    const messages = Array.from({ length: 2000 }, (_, index) =>
      index % 2 === 0 ? user(index, `${index}`) : reply(index, `${index}\n\n`),
    );
    const transcript = new Transcript({ columns: 40 });
    transcript.update(conversation(messages));
    expect(transcript.rowText(transcript.endRow - 1)).to.equal('1999');
    expect(transcript.layouts).to.be.below(20);
    const { firstRow, epoch } = transcript;
    expect(transcript.layouts).to.be.below(500);
    expect(transcript.rowText(firstRow - 100)).to.match(/^(?:› )?\d*$/);
    while (transcript.layOutMore(5));
    expect(transcript.rowText(transcript.firstRow)).to.equal('› 0');
    expect([transcript.endRow - transcript.firstRow, transcript.epoch]).to.deep.equal([3999, epoch]);
    const before = transcript.layouts;
    transcript.setColumns(20);
    expect(transcript.epoch).to.be.above(epoch);
    expect(transcript.rowText(transcript.endRow - 1)).to.equal('1999');
    expect(transcript.layouts - before).to.be.below(20);
  });

  it('lays out as much for a token after 2,000 messages and a long reply as after none', () => {
    const messages = Array.from({ length: 2000 }, (_, index) => user(index, `${index}`));
    const transcript = new Transcript({ columns: 40 });
    let text = GrowingText.of('Some words.\n\n'.repeat(20_000));
    transcript.update(conversation(messages, reply(5000, '', { text, state: 'streaming' })));
    expect(transcript.endRow).to.be.above(0);
    const before = transcript.layouts;
    for (let index = 0; index < 200; index++) {
      text = text.append('token ');
      transcript.update(conversation(messages, reply(5000, '', { text, state: 'streaming' })));
      expect(transcript.rowText(transcript.endRow - 1)).to.match(/token/);
    }
    expect(transcript.layouts - before).to.be.at.most(205);
  });

  it('keeps row numbers through a change of the last call, and starts anew for another conversation', () => {
    const calls = Array.from({ length: 200 }, (_, index) => call({ id: `${index}` }));
    const transcript = new Transcript({ columns: 40 });
    const said = user(1, 'go');
    const of = (changed: number) =>
      reply(2, '', {
        state: 'streaming',
        calls: calls.map((one, index) => (index < changed ? { ...one, state: { kind: 'done', result: '' } } : one)),
      });
    const messages = [said];
    transcript.update(conversation(messages, of(0)));
    const { firstRow, epoch } = transcript;
    transcript.update(conversation(messages, of(1)));
    expect(transcript.rowText(firstRow + 2)).to.equal('✓ shell  ls');
    expect(transcript.rowText(firstRow + 3)).to.equal('· shell  ls');
    expect([transcript.firstRow, transcript.endRow]).to.deep.equal([firstRow, firstRow + 202]);
    transcript.update(conversation([user(1, 'go')]));
    expect(transcript.epoch).to.be.above(epoch);
    expect(shown(transcript)).to.deep.equal(['› go']);
  });

  it('is never wider than its columns, from 1 on', () => {
    const diff = '@@ -1 +1 @@\n-日本語\n+x\n';
    const messages: Message[] = [
      user(1, 'hello 日本'),
      reply(2, '# 日本\n\n- a\n\n|a|b|\n|-|-|\n|1|2|', {
        calls: [call({ diff, state: { kind: 'done', result: 'a\tb' } })],
      }),
    ];
    for (let columns = 1; columns < 30; columns++) {
      const transcript = new Transcript({ columns });
      transcript.update(conversation(messages));
      transcript.toggleAll();
      for (const text of shown(transcript)) expect(textWidth(text)).to.be.at.most(columns);
    }
  });
});
