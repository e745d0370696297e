import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { Options } from '../../lib/config/options.ts';
import { createKeyTables } from '../../lib/input/key-tables.ts';
import { Configuration } from '../../lib/server/configuration.ts';
import { temporaryFolder } from '../support/folder.ts';

describe('Configuration', () => {
  it('keeps the providers and prompts of the file as it was read last', () => {
    const file = path.join(temporaryFolder(), 'config.toml');
    const configuration = new Configuration({
      options: new Options(),
      keyTables: createKeyTables(),
      file,
      environment: {},
      checkCommand: () => undefined,
      runCommand: () => undefined,
      tell: () => undefined,
    });
    const read = (text: string) => {
      writeFileSync(file, text);
      const problems = configuration.load();
      return [configuration.providers.map(({ name }) => name), [...configuration.prompts.keys()], problems];
    };
    const work = '[providers.work]\nbase_url = "https://a.example/v1"\n';
    expect(read(`${work}[prompts]\ndebug = "x"`)).to.deep.equal([['work'], ['debug'], []]);
    expect(read(`${work}[providers.home]\nbase_url = "http://127.0.0.1:1/v1"`)).to.deep.equal([
      ['work', 'home'],
      [],
      [],
    ]);
    expect(read('[providers.work]\nbase_ul = "x"')[2]).to.deep.equal([
      `${file}:2: unknown name: providers.work.base_ul; the nearest is base_url`,
      `${file}:1: providers.work needs base_url, the address of its API, such as "https://host/v1"`,
    ]);
    read(work);
    rmSync(file);
    configuration.load();
    expect(configuration.providers).to.deep.equal([]);
  });
});
