import { expect } from 'chai';
import { Workplace } from '../support/workplace.ts';

describe('find-window, and the filter of the list of sessions', () => {
  let workplace: Workplace;

  beforeEach(() => {
    workplace = new Workplace();
  });

  afterEach(() => workplace.dispose());

  it('find a session by what its scrollback has, and by its name first', async () => {
    await workplace.ask('new-session', '-d', '-s', 'deep', 'echo a needle 4711 here; seq 3000; exec cat');
    await workplace.ask('new-session', '-d', '-s', 'other', 'echo nothing of it; exec cat');
    const client = workplace.attach(['new-session', '-s', 'shown', 'exec cat']);
    await client.shows('shown*');
    await workplace.ask('find-window', 'needle 4711');
    const screen = await client.shows((text) => /0: deep/.test(text));
    expect(screen).to.not.match(/1: other|2: shown/);
    client.type('\r');
    await client.shows('deep*');
    await workplace.ask('find-window', 'other');
    await client.shows((text) => /1: other/.test(text) && !/0: deep/.test(text));
    client.type('q');
  });
});
