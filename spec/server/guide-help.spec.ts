import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { COMMANDS } from '../../lib/command/command-table.ts';
import { searchHelp } from '../../lib/conversation/guide-search.ts';
import { parseKey } from '../../lib/input/key-name.ts';
import { createGuideHelp } from '../../lib/server/guide-help.ts';
import { GUIDE_TOPICS } from '../../lib/server/guide-topics.ts';
import { shippedKeys } from '../support/shipped-keys.ts';

/** What people ask, and the topic that answers it. */
const QUESTIONS: readonly (readonly [string, string])[] = [
  ['where do I start?', 'First steps'],
  ['I am new here, what are the basics?', 'First steps'],
  ['what is a session', 'What a session is'],
  ['how do I open a new chat', 'A new chat'],
  ['start a second conversation', 'A new chat'],
  ['open a shell', 'A shell or another program'],
  ['can I run vim in here?', 'A shell or another program'],
  ['how to switch to the next session', 'Going from session to session'],
  ['list of all sessions', 'Going from session to session'],
  ['switch tabs', 'Going from session to session'],
  ['what does the star in the status line mean', 'Which sessions wait for you'],
  ['why is a name yellow?', 'Which sessions wait for you'],
  ['how do I rename a session', 'Names'],
  ['change the title of this tab', 'Names'],
  ['how do I close a session?', 'Ending a session'],
  ['how do I quit', 'Ending a session'],
  ['kill a program', 'Ending a session'],
  ['how do I detach?', 'Detaching and coming back'],
  ['what happens when I close my laptop', 'Detaching and coming back'],
  ['does it work over ssh', 'Over SSH'],
  ['how do I scroll up?', 'Scrolling back'],
  ['see earlier output', 'Scrolling back'],
  ['how can I copy text to the clipboard', 'Copying and pasting'],
  ['paste', 'Copying and pasting'],
  ['search in the scrollback', 'Searching'],
  ['approve a hidden session in the picker', 'The picker'],
  ['is there a file browser', 'The file browser'],
  ['look around in the directory', 'The file browser'],
  ['follow the log live', 'Following what happens'],
  ['what is the prefix key?', 'The keys'],
  ['list all keyboard shortcuts', 'The keys'],
  ['how to rebind a key', 'Changing keys'],
  ['I want vi keys', 'Changing keys'],
  ['where is the config file', 'Configuration'],
  ['how do I change settings?', 'Configuration'],
  ['can I use the mouse?', 'Mouse'],
  ['the colors look wrong', 'Colours and strange characters'],
  ['hide the status line', 'Status line'],
  ['can two people watch the same session', 'Several terminals at once'],
  ['use it from a script', 'Scripts'],
  ['how do I automate this from CI', 'Scripts'],
  ['run claude in qmux', 'Coding agents'],
  ['does codex work here?', 'Coding agents'],
  ['I come from tmux, what is different?', 'Coming from tmux'],
  ['how do I split the screen', 'Sessions side by side'],
  ['does it have a sidebar', 'Going from session to session'],
  ['is there a sidebar', 'Going from session to session'],
  ['will my sessions survive a reboot?', 'After a reboot or a crash'],
  ['how many sessions can I have at most', 'Limits'],
  ['what is hibernation', 'Limits'],
  ['hide the indicator', 'Which sessions wait for you'],
  ['does it name chats by itself', 'Names'],
  ['find something I said last week', 'Searching'],
  ['search all conversations', 'Searching'],
  ['how do I export', 'Closed chats, export, fork'],
  ['open a closed session again', 'Closed chats, export, fork'],
  ['delete old chats', 'Closed chats, export, fork'],
  ['watch the log', 'Following what happens'],
  ['hide the banner', 'When a turn fails'],
  ['where is the log?', 'When something is wrong'],
  ['qmux is broken, how do I diagnose it', 'When something is wrong'],
  ['is it safe?', 'Safety'],
  ['how do I write several lines', 'Writing a message'],
  ['how do I insert a newline', 'Writing a message'],
  ['which slash commands are there', 'Slash commands'],
  ['attach a file', 'Files in a message'],
  ['is my data sent anywhere', 'Safety'],
  ['do you need the internet', 'Safety'],
  ['what is that 4% in the status line', 'Status line'],
  ['where are my chats stored', 'After a reboot or a crash'],
  ['what is @session', 'The folder of a chat, @session'],
  ['@session?', 'The folder of a chat, @session'],
  ['where is @session/notes.md', 'The folder of a chat, @session'],
  ['what does ! do / run a command myself', 'Running a command yourself'],
  ['can I type while it is streaming', 'Writing while it works'],
  ['what is steering', 'Writing while it works'],
  ['queue a message', 'Writing while it works'],
  ['stop the reply', 'Stopping a reply'],
  ['how do I interrupt the model', 'Stopping a reply'],
  ['which tools are there?', 'Tools'],
  ['can the model edit files', 'Tools'],
  ['how do I approve a tool call', 'Approving what a model wants to do'],
  ['deny a command with a reason', 'Approving what a model wants to do'],
  ['always allow a tool', 'Trusting a tool'],
  ['stop asking me for permission every time', 'Trusting a tool'],
  ['the context is full', 'Context and compaction'],
  ['what is compaction', 'Context and compaction'],
  ['how much does it cost', 'Tokens and cost'],
  ['change the system prompt', 'Types of chats and prompts'],
  ['what is AGENTS.md for', 'Types of chats and prompts'],
  ['pause a chat', 'Pausing a chat'],
  ['how do I set an endpoint', 'Setting an endpoint'],
  ['where do I put my API key?', 'Setting an endpoint'],
  ['use GPT', 'Setting an endpoint'],
  ['connect to openai', 'Setting an endpoint'],
  ['how do I configure several providers', 'Providers'],
  ['api_key_command', 'Providers'],
  ['which model do I use', 'Choosing a model'],
  ['switch to another model', 'Choosing a model'],
  ['can I use ollama?', 'Local models'],
  ['run a model on my own machine', 'Local models'],
  ['what if the connection is cut', 'When a turn fails'],
  ['rate limit 429', 'When a turn fails'],
  ['it says wrong key', 'When a turn fails'],
  ['why does the guide not understand me', 'The guide'],
];

/** What has nothing to do with qmux. */
const FOREIGN = [
  'what is the capital of France',
  'write me a quicksort in Haskell',
  'who won the world cup in 1990',
  'banana',
  'translate good weather into Spanish',
  'what is 17 times 23',
  'tell me a joke',
];

describe('the help of the guide', () => {
  const help = createGuideHelp(shippedKeys());

  for (const [question, title] of QUESTIONS)
    it(`answers: ${question}`, () => {
      const { topics, near } = searchHelp(question, help);
      expect(topics[0]?.title, `near: ${near.map((topic) => topic.title).join(', ')}`).to.equal(title);
    });

  for (const question of FOREIGN)
    it(`has nothing on: ${question}`, () => {
      const { topics, commands, options, keys } = searchHelp(question, help);
      expect({ topics: topics.map(({ title }) => title), commands, options, keys }).to.deep.equal({
        topics: [],
        commands: [],
        options: [],
        keys: [],
      });
    });
});

/** The text of a file of the guide. */
const sourceOf = (name: string): string =>
  readFileSync(path.resolve(import.meta.dirname, `../../lib/conversation/${name}.js`), 'utf8');

describe('keys in the texts of the guide', () => {
  for (const [keymap, key] of [
    ['tmux', '`C-b c`'],
    ['screen', '`C-a c`'],
    ['zellij', '`C-b c`'],
  ] as const)
    it(`are those of the keymap ${keymap}`, () => {
      expect(createGuideHelp(shippedKeys(keymap)).fill('[[new-session]]')).to.equal(key);
    });

  it('change with the key tables and the prefix', () => {
    const place = shippedKeys();
    const help = createGuideHelp(place);
    expect(help.fill('a [[detach-client]] b [[prefix]]')).to.equal('a `C-b d` b `C-b`');
    place.options.set('prefix', 'C-o');
    place.keyTables.unbind('prefix', parseKey('d'));
    expect(help.fill('[[detach-client]] [[next-window]]')).to.equal('`C-o :` `detach-client` `C-o n`');
    expect(help.keys.find(({ note }) => note === 'Next session')?.keys).to.equal('C-o n');
  });

  it('are told once where they mean the same in several tables', () => {
    const keys = createGuideHelp(shippedKeys()).keys.map(({ keys, note }) => `${keys} ${note}`);
    expect(keys).to.include('C-o Open or close the cards of tools').and.have.length(new Set(keys).size);
  });

  it('lead through the tables on the way', () => {
    const { options, keyTables } = shippedKeys();
    const bind = (table: string, key: string, command: string) =>
      keyTables.bind(table, { key: parseKey(key), command, note: undefined, repeat: false });
    bind('prefix', 'F5', 'switch-client -T more');
    bind('more', 'x', 'show-messages -J');
    bind('nowhere', 'x', 'lock-server');
    const help = createGuideHelp({ options, keyTables });
    expect(help.fill('[[show-messages -J]] [[lock-server]]')).to.equal('`C-b F5 x` `C-b :` `lock-server`');
  });

  it('are bound, for every command that there is, in the default keymap', () => {
    const place = shippedKeys();
    const help = createGuideHelp(place);
    const files = ['guide-answer', 'guide-samples', 'guide-shows', 'guide-small-talk', 'guide-tool-shows'];
    const texts = [...GUIDE_TOPICS.map(({ text }) => text), ...files.map((name) => sourceOf(name))].join('\n');
    const wanted = new Set([...texts.matchAll(/\[\[([\w :=/-]+)\]\]/g)].map(([, name = '']) => name));
    expect(wanted.size).to.be.above(40);
    const unbound = [...wanted].filter((name) => {
      const command = name.split(' ')[0] ?? '';
      const isThere = name.includes('/') || COMMANDS.some((item) => item.name === command);
      return isThere && help.fill(`[[${name}]]`).startsWith('`C-b :` ');
    });
    expect(unbound).to.deep.equal([]);
  });

  it('fall back to the shell where there is no prompt', () => {
    const { options, keyTables } = shippedKeys();
    keyTables.unbindAll('prefix');
    expect(createGuideHelp({ options, keyTables }).fill('[[new-session-with-a-command]]')).to.equal(
      '`qmux new-session COMMAND`',
    );
  });

  it('stand in every topic: no place for one is left', () => {
    const { topics } = createGuideHelp(shippedKeys());
    expect(topics.filter(({ text }) => /\[\[[a-z]/.test(text)).map(({ title }) => title)).to.deep.equal([]);
  });

  it('leave other texts alone', () => {
    expect(createGuideHelp(shippedKeys()).fill('[x] [[?]] [[]]')).to.equal('[x] [[?]] [[]]');
  });
});
