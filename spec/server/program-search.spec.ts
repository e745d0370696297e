import { expect } from 'chai';
import { searchPrograms } from '../../lib/server/program-search.ts';
import { CommandPlace } from '../support/command-place.ts';
import { cpuTime } from '../support/cpu-time.ts';

describe('searchPrograms', () => {
  const sessions = (...screens: readonly (readonly string[])[]) => {
    const place = new CommandPlace();
    return screens.map((rows, index) => {
      place.rows = rows;
      return place.server.createSession({
        kind: 'program',
        name: `p${index}`,
        command: [],
        workingDirectory: '/',
        environment: {},
        size: undefined,
      });
    });
  };

  it('finds in each program the newest line that has all words, with some rows around', async () => {
    const shown = sessions(['a red Door', 'nothing', 'the red door again', 'end'], ['red', 'door'], ['doors, reddish']);
    const found = await searchPrograms(shown, 'RED door');
    expect(found.map(({ session, excerpt, matches }) => [session, excerpt, matches])).to.deep.equal([
      ['p0', 'the red door again', [4, 7, 8, 12]],
      ['p2', 'doors, reddish', [0, 4, 7, 10]],
    ]);
    expect(found[0]?.around).to.equal('a red Door\nnothing\nthe red door again\nend');
    expect(found[0]).to.include({ isOpen: true, openAs: shown[0]?.id, id: undefined, message: undefined });
    expect(await searchPrograms(shown, ' - ')).to.deep.equal([]);
  });

  it('gives up in time in what is too long to be looked at', async () => {
    const long = Array.from({ length: 20_000 }, (_, row) => `row ${row} of many, none of which has it`);
    const shown = sessions(...Array.from({ length: 10 }, () => long));
    const began = cpuTime();
    expect(await searchPrograms(shown, 'zyzzyva')).to.deep.equal([]);
    expect(cpuTime() - began).to.be.below(1000);
  });
});
