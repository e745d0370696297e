import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { logFile, logLevel, openLog } from '../../lib/base/log.ts';
import { temporaryFolder } from '../support/folder.ts';

describe('the log', () => {
  let file: string;
  beforeEach(() => {
    file = path.join(temporaryFolder(), 'state/qmux/server.log');
  });
  const text = () => readFileSync(file, 'utf8');

  it('lies in the state folder', () => {
    expect(logFile({ XDG_STATE_HOME: '/s', HOME: '/h' })).to.equal('/s/qmux/server.log');
    expect(logFile({ XDG_STATE_HOME: 'relative', HOME: '/h' })).to.equal('/h/.local/state/qmux/server.log');
    expect(logFile({})).to.equal(undefined);
  });

  it('is for its owner alone, and appended to', () => {
    for (const word of ['one', 'two']) {
      const log = openLog({ file });
      log.info(word);
      log.dispose();
    }
    expect(text()).to.match(/^\S+Z \d+ info one\n\S+Z \d+ info two\n$/);
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(statSync(path.dirname(file)).mode & 0o777).to.equal(0o700);
  });

  it('leaves out what is below its level', () => {
    const log = openLog({ file, level: logLevel({ QMUX_LOG: 'warning' }) });
    log.debug('a');
    log.info('b');
    log.warning('c');
    log.error('d', new Error('e'));
    log.dispose();
    expect(text()).to.match(/^\S+ \d+ warning c\n\S+ \d+ error d: Error: e\n {8}at /);
    expect(logLevel({ QMUX_LOG: 'all' })).to.equal('info');
  });

  it('writes one record for whatever text, and cuts it', () => {
    const log = openLog({ file });
    log.info(`a\x1b[31m\nb\0\x9b${'x'.repeat(100_000)}`);
    log.dispose();
    expect(text()).to.include('info a\\x1b[31m\n    b\\x00\\x9bxxx');
    expect(text().length).to.be.lessThan(9000);
  });

  it('is turned over by size, and keeps so many files', () => {
    const log = openLog({ file, maximumSize: 1000, files: 3 });
    for (let number = 0; number < 200; number += 1) log.info(`record ${number}`);
    log.dispose();
    const names = readdirSync(path.dirname(file)).sort();
    expect(names).to.deep.equal(['server.log', 'server.log.1', 'server.log.2']);
    for (const name of names) expect(statSync(path.join(path.dirname(file), name)).size).to.be.within(1, 1000);
    expect(text()).to.include('record 199');
  });

  it('says once that it cannot be written, and goes on', () => {
    const problems: string[] = [];
    mkdirSync(path.dirname(path.dirname(file)));
    writeFileSync(path.dirname(file), 'a file where the folder should be');
    const log = openLog({ file, onProblem: (problem) => problems.push(problem) });
    log.error('one');
    log.error('two');
    expect(problems.length).to.equal(1);
    expect(log.file).to.equal(undefined);
    log.dispose();
  });

  it('survives a full disk', () => {
    const problems: string[] = [];
    const log = openLog({ file: '/dev/full', onProblem: (problem) => problems.push(problem) });
    log.error('one');
    expect(problems.length).to.equal(1);
  });

  it('goes nowhere without a file', () => {
    const log = openLog({ file: undefined, onProblem: () => expect.fail('there is no problem') });
    log.error('one');
    log.dispose();
  });
});
