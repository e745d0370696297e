import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { errorText } from '../../lib/base/user-error.ts';
import { type WholeFile, writeWhole } from '../../lib/base/whole-file.ts';
import { temporaryFolder } from '../support/folder.ts';

describe('a file that is whole at any moment', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = temporaryFolder();
    file = path.join(folder, 'file');
  });

  const write = (given: Partial<WholeFile> = {}): Promise<boolean> =>
    writeWhole({ file, content: 'new', mode: 0o600, replaces: false, ...given });

  it('is made with its permissions', async () => {
    expect(await write()).to.equal(true);
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).to.deep.equal(['new', 0o600]);
    expect(readdirSync(folder)).to.deep.equal(['file']);
  });

  it('leaves what is there, unless it is to be replaced', async () => {
    writeFileSync(file, 'old');
    expect(await write()).to.equal(false);
    expect(readFileSync(file, 'utf8')).to.equal('old');
    expect(await write({ replaces: true, content: Buffer.from('newer') })).to.equal(true);
    expect(readFileSync(file, 'utf8')).to.equal('newer');
    expect(readdirSync(folder)).to.deep.equal(['file']);
  });

  it('is not written through a link that has its name', async () => {
    const other = path.join(folder, 'other');
    writeFileSync(other, 'kept');
    symlinkSync(other, file);
    expect(await write()).to.equal(false);
    expect(await write({ replaces: true })).to.equal(true);
    expect([readFileSync(other, 'utf8'), readFileSync(file, 'utf8')]).to.deep.equal(['kept', 'new']);
  });

  it('is seen to before it has the name, and changes nothing when that fails', async () => {
    const seen: string[] = [];
    await write({
      prepare: async (handle, temporary) => {
        seen.push(path.dirname(temporary), ...readdirSync(folder).filter((name) => name === 'file'));
        await handle.chmod(0o640);
      },
    });
    expect(seen).to.deep.equal([folder]);
    expect(statSync(file).mode & 0o777).to.equal(0o640);
    const refused = await write({ replaces: true, prepare: () => Promise.reject(new Error('not here')) }).catch(
      errorText,
    );
    expect(refused).to.equal('not here');
    expect([readFileSync(file, 'utf8'), ...readdirSync(folder)]).to.deep.equal(['new', 'file']);
  });

  it('says what the system said where its folder is missing', async () => {
    expect(await write({ file: path.join(folder, 'none', 'file') }).catch(errorText)).to.contain('ENOENT');
  });
});
