import { expect } from 'chai';
import { type Answer, FAULTS } from '../support/model-answer.ts';
import { ModelWorkplace } from '../support/model-workplace.ts';
import type { TerminalClient } from '../support/terminal-client.ts';

interface Trouble {
  readonly answer: Answer;
  /** Requests that get it: with one retry allowed, two make a retryable turn fail. */
  readonly times: number;
  /** What the chat says of it. */
  readonly shows: RegExp;
  /** Requests in all. */
  readonly requests: number;
  /** What had streamed before. */
  readonly kept?: string;
}

/** What a person reads when the endpoint does wrong; every line says what happened, or what to do. */
const TROUBLES: Readonly<Record<string, Trouble>> = {
  'a wrong key': { answer: FAULTS.unauthorized, times: 1, shows: /key/i, requests: 1 },
  'a forbidden country': { answer: FAULTS.forbidden, times: 1, shows: /does not allow this/, requests: 1 },
  'an unknown model': { answer: FAULTS.noModel, times: 1, shows: /has no model big/, requests: 1 },
  'a limit of requests': { answer: FAULTS.rateLimit, times: 2, shows: /takes no more requests/, requests: 2 },
  'a used-up quota': { answer: FAULTS.quota, times: 1, shows: /no credit left/, requests: 1 },
  'an error of the server': { answer: FAULTS.serverError, times: 2, shows: /500|error/, requests: 2 },
  'a page instead of an answer': { answer: FAULTS.unavailablePage, times: 2, shows: /503/, requests: 2 },
  'a cut line': { answer: FAULTS.cut, times: 2, shows: /cut/i, requests: 2, kept: 'Half of the reply' },
  'an end without a reason': {
    answer: FAULTS.noFinish,
    times: 2,
    shows: /cut|end/i,
    requests: 2,
    kept: 'Half of the reply',
  },
  'silence before the first word': { answer: FAULTS.silent, times: 2, shows: /silent|answer|stall/i, requests: 2 },
  'silence amid the reply': {
    answer: FAULTS.stall,
    times: 2,
    shows: /silent|stall|answer/i,
    requests: 2,
    kept: 'Half of the reply',
  },
  garbage: { answer: FAULTS.garbage, times: 2, shows: /what is no reply/, requests: 2 },
  'an error in the stream': { answer: FAULTS.streamedError, times: 2, shows: /overloaded/, requests: 2 },
};

describe('a chat whose endpoint does wrong', function () {
  this.timeout(60_000);
  let place: ModelWorkplace;
  let client: TerminalClient;

  before(async () => {
    place = await ModelWorkplace.open('max_retries = 1\nstall_timeout = 1');
    client = await place.chat();
    await place.workplace.ask('new-session', '-d', '--chat', '-s', 'other');
  });

  after(() => place.dispose());

  for (const [name, { answer, times, shows, requests, kept }] of Object.entries(TROUBLES)) {
    it(`says so of ${name}, keeps what came, and goes on`, async () => {
      client.type('/clear\r');
      await client.shows((screen) => !screen.includes('mark-after'));
      const before = place.server.requests.length;
      place.server.fail(answer, { times });
      client.type('please\r');
      await client.shows(shows, 20_000);
      await client.shows(/\/retry|\/model|key|quota|403/i);
      if (kept !== undefined) expect(client.text()).to.include(kept);
      expect(place.server.requests.length - before).to.equal(requests);
      expect(client.text()).not.to.match(/<p>|sk-wrong/);
      client.type('now mark-after\r');
      await client.shows(/now mark-after[\s\S]*\n.*mark-after/);
      expect(await place.workplace.ask('ask', '-t', 'other', 'mark-other')).to.equal('mark-other');
    });
  }
});
