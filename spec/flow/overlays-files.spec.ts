import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ModelWorkplace } from '../support/model-workplace.ts';
import type { TerminalClient } from '../support/terminal-client.ts';

describe('the file browser of a client', () => {
  let place: ModelWorkplace;
  let client: TerminalClient;

  beforeEach(async () => {
    place = await ModelWorkplace.open();
    const { workplace } = place;
    workplace.write('project/src/main file.ts', 'const answer = 42;\n');
    workplace.write('project/notes.md', '# Notes\nsecond line\n');
    mkdirSync(path.join(workplace.home, 'project/empty'));
    client = await place.chat(['new-session', '--chat', '-s', 'main', '-c', path.join(workplace.home, 'project')]);
  });

  afterEach(() => place.dispose());

  it('puts a file into the message of a chat, and is where it was when it comes again', async () => {
    client.type('look at \x02e');
    await client.shows('▸ src/');
    client.type('jl');
    await client.shows('main file.ts');
    client.type('j');
    await client.shows('const answer = 42;');
    client.type('\r');
    await client.shows('q> look at @"src/main file.ts"');
    client.type('and \x02e');
    await client.shows('▾ src/');
    await client.shows('const answer = 42;');
    client.type('ji');
    await client.shows('put notes.md into main');
    client.type('q');
    await client.shows('@"src/main file.ts" and @notes.md');
  });

  it('puts a quoted path into the input of a shell, by where its program is', async () => {
    await place.workplace.ask('new', '-d', '-s', 'shell', '-c', place.workplace.home, '/bin/sh');
    client.type('\x02n');
    await client.shows('1:shell*');
    client.type('cd project/src\r');
    await client.shows(/[#$] cd project\/src\s+[#$]/);
    client.type('cat \x02e');
    await client.shows('main file.ts');
    client.type('\r');
    await client.shows(" cat 'main file.ts'");
    client.type('\r');
    await client.shows(/^const answer = 42;/m);
  });

  it('pages a file and searches in it, and opens it in the editor in a new session', async () => {
    await place.workplace.ask('set-environment', '-g', 'EDITOR', `sh -c 'echo "edits $1"; read line' sh`);
    client.type('\x02e');
    await client.shows('notes.md');
    client.type('G');
    await client.shows('second line');
    client.type('v');
    await client.shows(/^─ notes\.md ─/m);
    client.type('/second\r');
    client.type('q');
    await client.shows('▸ src/');
    client.type('o');
    await client.shows(/^edits .*notes\.md/m);
    await client.shows('1:');
  });

  it('shows what is in a folder before it is opened', async () => {
    place.workplace.write('project/src/.secret', '');
    client.type('\x02e');
    await client.shows('▸ src/');
    client.type('gg');
    await client.shows('(empty)');
    client.type('j');
    await client.shows((screen) => screen.includes('main file.ts') && !screen.includes('.secret'));
    client.type('.');
    await client.shows('.secret');
  });

  it('filters, goes up, and shows hidden files', async () => {
    client.type('\x02e');
    await client.shows('notes.md');
    client.type('/note');
    await client.shows((screen) => screen.includes('notes.md') && !screen.includes('▸ src/'));
    client.type('\x1b');
    await client.shows('▸ src/');
    client.type('-');
    await client.shows('▾ project/');
    client.type('.');
    await client.shows('▸ .config/');
  });
});
