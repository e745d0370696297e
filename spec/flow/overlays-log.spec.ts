import { expect } from 'chai';
import type { TerminalClient } from '../support/terminal-client.ts';
import { Workplace } from '../support/workplace.ts';

describe('the log viewer of a client', () => {
  let workplace: Workplace;
  let client: TerminalClient;

  beforeEach(async () => {
    workplace = new Workplace();
    client = workplace.attach(['new-session', '-s', 'main', 'cat'], { columns: 100 });
    await client.shows('0:main*');
  });

  afterEach(() => workplace.dispose());

  it('follows the log and what happens to sessions', async () => {
    client.type('\x02g');
    await client.shows('session main ($0) started');
    await workplace.ask('new', '-d', '-s', 'other', 'cat');
    await client.shows('session other ($1) started');
    await client.shows(/other {2}created/);
    await workplace.ask('rename-session', '-t', 'other', 'second');
    await client.shows(/second {2}renamed +from other/);
    client.type('q');
    await client.shows((screen) => !screen.includes('Log:'));
  });

  it('shows one session, from a level, and finds words', async () => {
    await workplace.ask('new', '-d', '-s', 'failing', 'exit 3');
    await workplace.ask('show-log', '-t', 'main', '-l', 'info');
    await client.shows('Log: main, from info, following');
    expect(client.text()).not.to.match(/failing {2}created/);
    client.type('s');
    await client.shows('Log: failing');
    client.type('l');
    await client.shows('from warning');
    await client.shows(/failing {2}exited +code 3/);
    expect(client.text()).not.to.contain('created');
    client.type('lllss/started\r');
    await client.shows('Log: main');
  });

  it('refuses a level that there is not', async () => {
    const { code, stderr } = await workplace.run(['show-log', '-l', 'loud']);
    expect(code).to.equal(1);
    expect(stderr).to.contain('no level loud; there are debug, info, warning, error');
  });
});
