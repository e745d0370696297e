import { type OptionDefinition, option } from './option-definition.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** Ollama, LM Studio, llama.cpp and vLLM, as they listen unless told otherwise. */
const USUAL_PORTS = ['11434', '1234', '8080', '8000'];

/** Options of chats and their endpoints. */
export const API_OPTIONS: readonly OptionDefinition[] = [
  option.string(
    'default-model',
    'server',
    '',
    'Model of new chats, as provider/model; empty for the first that there is',
    'api.model',
  ),
  option.number(
    'max-concurrent',
    'server',
    5,
    1,
    100,
    'How many turns of chats may be in flight at once',
    'api.max_concurrent',
  ),
  option.number(
    'max-retries',
    'server',
    5,
    0,
    100,
    'How often a turn that failed is tried again by itself',
    'api.max_retries',
  ),
  option.number(
    'stall-timeout',
    'server',
    60,
    1,
    HOUR,
    'Seconds without a sign of the endpoint after which a turn is cut and tried again',
    'api.stall_timeout',
  ),
  option.ports(
    'discover-ports',
    'server',
    USUAL_PORTS,
    'Loopback ports where a local model server is looked for when nothing is configured; empty for none',
    'api.discover',
  ),
  option.number(
    'tool-rounds',
    'server',
    25,
    1,
    10_000,
    'Rounds of tool calls in one turn before it asks whether to go on',
    'api.tool_rounds',
  ),
  option.number(
    'command-timeout',
    'server',
    120,
    1,
    DAY,
    'Seconds that a command of a tool may run',
    'api.command_timeout',
  ),
  option.number(
    'compact-at',
    'server',
    80,
    10,
    100,
    'Percent of the window of a model at which older turns are summarised',
    'api.compact_at',
  ),
];
