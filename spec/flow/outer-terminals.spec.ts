import { expect } from 'chai';
import { Workplace } from '../support/workplace.ts';

/** What each kind of terminal must never be sent, as it would show it or take it for something else. */
const TERMINALS: Readonly<Record<string, RegExp>> = {
  linux: /\x1b\[\?1049|\x1b\[>|\x1b\]|\x1b\[\?(1000|1002|1003|1006|2004|1004|2026)|38;2|48;2|\x1b\[4:/,
  vt100:
    /\x1b\[\?1049|\x1b\[>|\x1b\]|\x1b\[\?(1000|1002|1003|1006|2004|1004|2026)|[34]8;[25]|\x1b\[[34]\dm|\x1b\[\d*[GX]/,
  dumb: /\x1b\[[\d;:]*m|\x1b\[\?|\x1b\[>|\x1b\]|\x1b\(/,
  'screen-256color': /\x1b\[\d*[Xb]/,
  'xterm-direct': /\x1b\[\d*b/,
  'no-such-terminal': /\x1b\[[\d;:]*m|\x1b\[\?|\x1b\[>|\x1b\]|\x1b\(/,
};

const SHOWN =
  '\\033[38;2;250;100;10mcolour\\033[0m \\033[4:3mcurly\\033[0m \\033[7mreverse\\033[0m \\033]8;;http://e.org/\\033\\\\link\\033]8;;\\033\\\\';

describe('an outer terminal', () => {
  let workplace: Workplace;

  before(async () => {
    workplace = new Workplace();
    await workplace.ask('new-session', '-d', '-s', 'one', 'exec cat');
  });

  after(() => workplace.dispose());

  for (const [term, never] of Object.entries(TERMINALS))
    it(`${term} shows what it can, and is sent nothing else`, async () => {
      await workplace.ask('respawn-window', '-k', '-t', 'one', `printf '${SHOWN} ─é漢|\\r\\n'; exec cat`);
      const { COLORTERM: _, ...environment } = workplace.environment;
      const client = workplace.attach(['attach-session', '-t', 'one'], {
        environment: { ...environment, TERM: term },
      });
      await client.shows('colour curly reverse link ─é漢|');
      await client.shows('0:one*');
      client.type('typed');
      await client.shows('typed');
      expect(client.transcript).not.to.match(never);
      client.type('\x02d');
      expect(await client.exited).to.equal(0);
      expect(client.transcript).not.to.match(never);
    });

  for (const locale of [{ LANG: 'C' }, { LC_ALL: 'C', LANG: 'C.UTF-8' }, { LANG: '' }])
    it(`without UTF-8 (${JSON.stringify(locale)}) shows ASCII and line drawing`, async () => {
      await workplace.ask('respawn-window', '-k', '-t', 'one', "printf 'lines ─│ é漢|\\r\\n'; exec cat");
      const client = workplace.attach(['attach-session', '-t', 'one'], {
        environment: { ...workplace.environment, ...locale },
      });
      await client.shows('lines ─│ ?? |');
      expect(client.transcript).not.to.match(/[^\x00-\x7f]/);
      expect(client.transcript).to.contain('\x1b(0qx');
      client.type('\x02d');
      await client.exited;
    });
});
