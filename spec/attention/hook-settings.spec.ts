import { expect } from 'chai';
import { readAgents, shippedAgents } from '../../lib/attention/agent-catalog.ts';
import { changeJson } from '../../lib/attention/hook-json.ts';
import { type HookRecipe, hookEvents, readHookRecipe } from '../../lib/attention/hook-recipe.ts';
import { changeToml } from '../../lib/attention/hook-toml.ts';
import { UserError } from '../../lib/base/user-error.ts';
import { parseTomlFile } from '../../lib/config/toml-file.ts';

const { agents } = readAgents([shippedAgents()]);

function recipeOf(name: string): HookRecipe {
  const hooks = agents.get(name)?.hooks;
  if (hooks === undefined) throw new Error(`no hooks of ${name}`);
  return hooks;
}

const claude = recipeOf('claude');
const json = (text: string | undefined, recipe = claude) => changeJson(text, recipe, 'qmux', false);
const undoJson = (text: string | undefined, recipe = claude) => changeJson(text, recipe, 'qmux', true);
const parse = (text: string | undefined) => JSON.parse(text ?? '') as Record<string, unknown>;

describe('hooks in settings of JSON', () => {
  it('are written where there was no file, one line a call', () => {
    const settings = parse(json(undefined));
    expect(Object.keys(settings)).to.deep.equal(['hooks']);
    expect(Object.keys(settings['hooks'] as object)).to.deep.equal([...hookEvents(claude)]);
    expect((settings['hooks'] as Record<string, unknown>)['Stop']).to.deep.equal([
      { hooks: [{ type: 'command', command: '[ -z "$QMUX" ] || qmux report-status --hook Stop' }] },
    ]);
    expect(hookEvents(claude).filter((event) => event === 'Notification')).to.have.length(1);
  });

  const others = `{
    "model": "opus",
    "hooks": {
        "Stop": [
            {
                "matcher": "",
                "hooks": [
                    {
                        "type": "command",
                        "command": "say done"
                    }
                ]
            }
        ],
        "PreCompact": []
    },
    "permissions": {
        "allow": []
    }
}
`;

  it('join what is there, in its order and indented as it is, and go again without a trace', () => {
    const changed = json(others);
    expect(changed).to.match(/^\{\n {4}"model": "opus",\n {4}"hooks": \{\n {8}"Stop"/);
    expect(Object.keys(parse(changed))).to.deep.equal(['model', 'hooks', 'permissions']);
    expect(changed).to.contain('say done');
    expect(undoJson(changed)).to.equal(others);
  });

  it('are not written twice', () => {
    for (const name of ['claude', 'qwen', 'gemini', 'copilot', 'cursor'])
      for (const text of [undefined, others]) {
        const once = json(text, recipeOf(name));
        expect(json(once, recipeOf(name)), name).to.equal(once);
      }
  });

  it('take the place of older ones of ours, also among those of others', () => {
    const mixed = JSON.stringify({
      hooks: {
        Stop: [
          {
            hooks: [
              { type: 'command', command: '/old/place/qmux report-status --hook Stop' },
              { type: 'command', command: 'say done' },
            ],
          },
        ],
        Gone: [{ hooks: [{ type: 'command', command: 'qmux report-status --hook Gone' }] }],
      },
    });
    const hooks = parse(json(mixed))['hooks'] as Record<string, unknown>;
    expect(JSON.stringify(hooks)).to.not.contain('/old/place');
    expect(JSON.stringify(hooks['Stop'])).to.contain('say done');
    expect(hooks).to.not.have.property('Gone');
    expect(parse(undoJson(mixed))).to.deep.equal({
      hooks: { Stop: [{ hooks: [{ type: 'command', command: 'say done' }] }] },
    });
  });

  it('have a version where the agent wants one, and a file of nothing but ours goes with them', () => {
    for (const name of ['copilot', 'cursor']) {
      const text = json(undefined, recipeOf(name));
      expect(parse(text)['version']).to.equal(1);
      expect(undoJson(text, recipeOf(name))).to.equal(undefined);
    }
    expect(json(undefined, recipeOf('cursor'))).to.contain('"command": "qmux report-status --hook stop"');
  });

  it('are refused where something else stands, and nothing is changed', () => {
    for (const text of ['{ // mine\n}', '{"a": 1,}', '{', '[]', '"x"', '{"hooks": []}', '{"hooks": {"Stop": {}}}'])
      expect(() => json(text), text).to.throw(UserError);
    expect(undoJson('{"hooks": {"Stop": {}}}')).to.equal('{"hooks": {"Stop": {}}}');
    expect(undoJson(undefined)).to.equal(undefined);
  });
});

describe('hooks in settings of TOML', () => {
  const codex = recipeOf('codex');
  const how = { program: 'qmux' };
  const toml = (text: string | undefined) => changeToml(text, codex, { ...how, undo: false });
  const undoToml = (text: string | undefined) => changeToml(text, codex, { ...how, undo: true });
  const own = 'model = "big"   # mine\n\n[tui]\nnotifications = true\n';

  it('are lines after those that are there', () => {
    const changed = toml(own) ?? '';
    expect(changed).to.match(/^model = "big" {3}# mine\n/);
    const { data, problems } = parseTomlFile(changed, '');
    expect(problems).to.deep.equal([]);
    expect(data['hooks'])
      .to.have.property('PermissionRequest')
      .that.deep.equals([
        { hooks: [{ type: 'command', command: '[ -z "$QMUX" ] || qmux report-status --hook PermissionRequest' }] },
      ]);
    expect(toml(changed)).to.equal(changed);
    expect(undoToml(changed)).to.equal(own);
  });

  it('take away the line that we wrote once', () => {
    const line = 'notify = ["qmux", "report-status", "--hook", "notify"] # qmux\n';
    const changed = toml(own) ?? '';
    expect(toml(`${line}${changed}`)).to.equal(changed);
    expect(undoToml(`${line}${changed}`)).to.equal(own);
  });

  it('leave alone what a person has, and what follows', () => {
    const mine = `notify = ["say", "done"]\n[[hooks.Stop]]\n[[hooks.Stop.hooks]]\ntype = "command"\ncommand = "x"\n`;
    const changed = `${toml(mine)}\n[later]\na = 1\n`;
    expect(changed.match(/^notify/gm)).to.have.length(1);
    expect(toml(changed)).to.equal(changed);
    expect(undoToml(changed)).to.equal(`${mine}\n[later]\na = 1\n`);
    expect(undoToml(own)).to.equal(own);
  });

  it('make a file, and take it away', () => {
    const made = toml(undefined);
    expect(made).to.contain('[[hooks.Stop]]');
    expect(undoToml(made)).to.equal(undefined);
    expect(undoToml(undefined)).to.equal(undefined);
    expect(undoToml('')).to.equal('');
  });

  it('are refused where the file is broken, or its hooks take no others', () => {
    for (const text of ['model = \n', '[hooks]\nStop = []\n', 'hooks = { a = 1 }\n'])
      expect(() => toml(text), text).to.throw(UserError);
  });
});

describe('readHookRecipe', () => {
  it('says what is wrong, and takes no place outside the home', () => {
    const good = { home: '~/.x', file: 'a.json', format: 'matchers', events: { Stop: 'idle' } };
    const problems: string[] = [];
    const read = (value: unknown) => readHookRecipe(value, (_, text) => void problems.push(text));
    expect(read(good)?.events.get('Stop')).to.equal('idle');
    expect(problems).to.deep.equal([]);
    const bad = [
      { ...good, home: '/etc' },
      { ...good, home: '~/../x' },
      { ...good, file: '../a' },
      { ...good, file: '/etc/passwd' },
      { ...good, format: 'x' },
      { ...good, home_variable: 'a b' },
      7,
    ];
    for (const value of bad) expect(read(value)).to.equal(undefined);
    expect(problems).to.have.length(bad.length);
    expect(read({ ...good, events: { 'Stop; rm': 'idle', Stop: 'x' }, extra: 1 })?.events.size).to.equal(0);
    expect(problems).to.have.length(bad.length + 3);
  });
});
