import { LoggedProgram } from '../support/logged-program.ts';
import type { TerminalClient } from '../support/terminal-client.ts';
import { waitUntil } from '../support/wait.ts';
import { Workplace } from '../support/workplace.ts';

const ASKS = '\x1b[?1004h';
const IN = '\x1b[I';
const OUT = '\x1b[O';

describe('the focus that programs hear of', () => {
  let place: Workplace;
  let one: LoggedProgram;
  let two: LoggedProgram;
  let client: TerminalClient;

  beforeEach(async () => {
    place = new Workplace();
    one = new LoggedProgram(place.folder, 'one', ASKS);
    two = new LoggedProgram(place.folder, 'two', ASKS);
    client = place.attach(['new-session', '-s', 'one', one.command]);
    await client.shows('ready');
    await one.hears(IN);
    await place.ask('new-session', '-d', '-s', 'two', two.command);
    await waitUntil(async () => (await place.ask('capture-pane', '-p', '-t', 'two')).includes('ready'), 'two');
    await two.hears(OUT);
  });

  afterEach(() => place.dispose());

  it('goes with the shown session: hidden ones have lost it from their start, and all when the client leaves', async () => {
    client.type('\x02n');
    await one.hears(OUT);
    await two.hears(IN);
    client.type('\x02d');
    await two.hears(OUT);
    client = place.attach(['attach', '-t', 'one']);
    await one.hears(IN);
  });

  it('goes with the active pane of a split, and with the terminal', async () => {
    await place.ask('join-pane', '-s', 'two', '-t', 'one');
    await two.hears(IN);
    await one.hears(OUT);
    client.type('\x02o');
    await one.hears(IN);
    await two.hears(OUT);
    client.type(OUT);
    await one.hears(OUT);
    client.type('\x02o');
    await client.shows('two');
    client.type(IN);
    await two.hears(IN);
  });

  it('is held by whichever of two clients has it', async () => {
    const second = place.attach(['attach', '-t', 'one']);
    await second.shows('0:one*');
    client.type(OUT);
    second.type(OUT);
    await one.hears(OUT);
    client.type(IN);
    await one.hears(IN);
    second.type('\x02d');
    await second.exited;
    client.type('\x02d');
    await one.hears(OUT);
  });

  it('is told to none that does not ask, nor asks any more', async () => {
    one.print('\x1b[?1004l');
    client.type('\x02n');
    await two.hears(IN);
    client.type('\x02px');
    await one.hears('x');
    await two.hears(OUT);
  });
});
