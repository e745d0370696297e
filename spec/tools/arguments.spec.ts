import { expect } from 'chai';
import fc from 'fast-check';
import { checkArguments, parseArguments } from '../../lib/tools/arguments.ts';
import { ToolError } from '../../lib/tools/tool.ts';
import { TOOLS } from '../../lib/tools/tool-table.ts';

const schema = {
  type: 'object',
  properties: {
    path: { type: 'string' },
    mode: { type: 'string', enum: ['fast', 'slow'] },
    limit: { type: 'integer', minimum: 1, maximum: 10 },
    all: { type: 'boolean' },
    edits: {
      type: 'array',
      items: {
        type: 'object',
        properties: { from: { type: 'string' } },
        required: ['from'],
        additionalProperties: false,
      },
      minItems: 1,
      maxItems: 2,
    },
  },
  required: ['path'],
  additionalProperties: false,
} as const;

const problem = (args: Record<string, unknown>): string => {
  try {
    checkArguments(schema, args);
    return 'none';
  } catch (error) {
    if (error instanceof ToolError) return error.message;
    throw error;
  }
};

describe('arguments of tools', () => {
  it('come through as they are when they fit', () => {
    const args = { path: 'a', mode: 'fast', limit: 10, all: false, edits: [{ from: 'x' }] };
    expect(checkArguments(schema, args)).to.deep.equal(args);
  });

  it('may be null where they are optional', () => {
    expect(checkArguments(schema, { path: 'a', limit: null })).to.deep.equal({ path: 'a' });
  });

  for (const [args, text] of [
    [{}, '"path" is missing'],
    [{ path: null }, '"path" must be a string, not null'],
    [{ path: 3 }, '"path" must be a string, not the number 3'],
    [{ path: 'a', limits: 3 }, 'no argument "limits": did you mean limit?'],
    [{ path: 'a', other: 3 }, 'no argument "other": it has path, mode, limit'],
    [{ path: 'a', mode: 'fats' }, 'must be one of "fast", "slow"; the nearest is "fast"'],
    [{ path: 'a', limit: 0 }, '"limit" must be from 1 to 10, and is 0'],
    [{ path: 'a', limit: 1.5 }, '"limit" must be a whole number'],
    [{ path: 'a', limit: '5' }, 'a whole number from 1 to 10, not a string'],
    [{ path: 'a', all: 'yes' }, '"all" must be true or false'],
    [{ path: 'a', edits: [] }, 'must have 1 to 2 items, and has 0'],
    [{ path: 'a', edits: {} }, '"edits" must be an array, not an object'],
    [{ path: 'a', edits: [{ from: 'x', to: 'y' }] }, 'no argument "edits[0].to"'],
    [{ path: 'a', edits: ['x'] }, '"edits[0]" must be an object'],
    [JSON.parse('{"path":"a","__proto__":{"all":true}}'), 'no argument "__proto__"'],
    [{ path: 'a', constructor: 1 }, 'no argument "constructor"'],
  ] as const) {
    it(`are refused: ${JSON.stringify(args)}`, () => {
      expect(problem(args)).to.contain(text);
    });
  }

  it('never throw anything but a ToolError, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const args = parseArguments(JSON.stringify(value));
        if (!(args instanceof ToolError)) problem(args);
      }),
    );
  });

  it('are read from JSON, and none from nothing', () => {
    expect(parseArguments('{"a":1}')).to.deep.equal({ a: 1 });
    expect(parseArguments('')).to.deep.equal({});
  });

  for (const text of ['{"a":', '[1]', 'null', '"x"', '{"a":1} and so on', `${'['.repeat(100_000)}`])
    it(`give an error for ${text.slice(0, 20)}`, () => {
      expect(parseArguments(text)).to.be.instanceOf(ToolError);
    });

  it('have a schema in every tool that names what is required and nothing else', () => {
    for (const { name, parameters } of TOOLS) {
      const { type, properties, required, additionalProperties } = parameters;
      expect([name, type, additionalProperties]).to.deep.equal([name, 'object', false]);
      expect(Object.keys(properties ?? {})).to.include.members(Array.isArray(required) ? required : ['?']);
    }
    expect(new Set(TOOLS.map(({ name }) => name)).size).to.equal(TOOLS.length);
  });
});
