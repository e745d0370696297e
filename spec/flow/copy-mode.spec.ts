import { expect } from 'chai';
import type { TerminalClient } from '../support/terminal-client.ts';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

describe('copy mode', () => {
  let workplace: Workplace;
  let client: TerminalClient;

  beforeEach(async () => {
    workplace = new Workplace();
    client = workplace.attach([
      'new-session',
      '-s',
      'main',
      'i=0; while [ $i -lt 200 ]; do echo "row $i"; i=$((i+1)); done; printf end; exec cat',
    ]);
    await client.shows('row 199');
  });

  afterEach(() => workplace.dispose());

  it('pages back, and holds its view while output arrives', async () => {
    client.type('\x02[');
    await client.shows(/\[0\/\d+\]/);
    client.type('\x1b[5~\x1b[5~');
    await client.shows((screen) => /\[4\d\/\d+\]/.test(screen) && !screen.includes('row 199'));
    const held = client.text().split('\n').slice(1, 10);
    await workplace.ask('send-keys', '-t', 'main', 'more-output', 'Enter');
    await waitUntil(
      async () => (await workplace.ask('capture-pane', '-p', '-t', 'main')).includes('more-output'),
      'the output',
    );
    expect(client.text().split('\n').slice(1, 10)).to.deep.equal(held);
    client.type('q');
    await client.shows('more-output');
  });

  it('searches back while it is typed, and counts the matches', async () => {
    client.type('\x02[');
    await client.shows(/\[0\/\d+\]/);
    client.type('\x12row 42');
    await client.shows(/^row 42\b/m);
    await client.shows(/\(1\/1\)/);
    client.type('\r');
    client.type('q');
  });

  it('copies a selection to a buffer and to the clipboard of the outer terminal', async () => {
    await workplace.ask('set-option', '-g', 'mode-keys', 'vi');
    client.type('\x02[');
    await client.shows(/\[0\/\d+\]/);
    client.type('k0 $');
    client.type('\r');
    await waitUntil(async () => (await workplace.run(['show-buffer'])).stdout === 'row 199\n', 'the buffer');
    await waitUntil(
      () => client.transcript.includes(`\x1b]52;c;${Buffer.from('row 199\n').toString('base64')}`),
      'OSC 52',
    );
    client.type('\x02]');
    await client.shows('endrow 199');
  });

  it('is entered by the wheel, and left at the bottom', async () => {
    client.type('\x1b[<64;10;10M');
    await client.shows(/\[\d+\/\d+\]/);
    for (let i = 0; i < 5; i++) client.type('\x1b[<65;10;10M');
    await client.shows((screen) => !/\[\d+\/\d+\]/.test(screen) && screen.includes('row 199'));
  });

  it('selects with the mouse', async () => {
    client.type('\x1b[<0;1;3M\x1b[<32;4;3M');
    await client.shows(/\[\d+\/\d+\]/);
    client.type('\x1b[<32;5;3M\x1b[<0;5;3m');
    await waitUntil(async () => /^row \d?$/.test((await workplace.run(['show-buffer'])).stdout), 'the buffer');
  });
});
