import { Workplace } from '../support/workplace.ts';

describe('colours of the outer terminal', () => {
  let workplace: Workplace;

  beforeEach(() => {
    workplace = new Workplace();
  });

  afterEach(() => workplace.dispose());

  it('are what programs are told, also those that ran before', async () => {
    const client = workplace.attach(['new-session', '-s', 'one']);
    await client.shows('$');
    client.type('\x1b]11;rgb:fdfd/f6f6/e3e3\x1b\\');
    client.type("stty raw -echo; printf '\\033]11;?\\033\\\\'; dd bs=1 count=25 2>&- | tail -c 20; stty sane\r");
    await client.shows('rgb:fdfd/f6f6/e3e3');
  });
});
