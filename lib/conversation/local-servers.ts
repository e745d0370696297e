import type { Clock } from '../base/clock.ts';
import type { Provider } from '../base/provider.ts';
import { noKey } from './api-key.ts';
import { askForModels, type ListedModel } from './model-list.ts';
import { plainProvider } from './plain-provider.ts';

/** A model server on this machine. */
export interface LocalServer {
  readonly provider: Provider;
  readonly port: number;
  /** What it is, for people: `Ollama`. */
  readonly title: string;
  readonly models: readonly ListedModel[];
}

interface Kind {
  readonly name: string;
  readonly title: string;
  readonly port: number;
  /** What it writes into `owned_by` of its models. */
  readonly owner: string;
}

const KINDS: readonly Kind[] = [
  { name: 'ollama', title: 'Ollama', port: 11434, owner: 'library' },
  { name: 'lm-studio', title: 'LM Studio', port: 1234, owner: 'organization_owner' },
  { name: 'llama.cpp', title: 'llama.cpp', port: 8080, owner: 'llamacpp' },
  { name: 'vllm', title: 'vLLM', port: 8000, owner: 'vllm' },
];
/** Milliseconds that a server on this machine may take to list its models. */
const TIMEOUT = 300;
/** Milliseconds for which what was found, and that nothing was found, is remembered. */
const REMEMBERED = 60_000;
const NOTHING_REMEMBERED = 3000;
const MAXIMUM_PORTS = 50;

/** Model servers at their usual ports of the loopback. */
export class LocalServers {
  readonly #ports: () => readonly number[];
  readonly #clock: Clock;
  /** One object for a server as long as it stays the same, so that what is known of it is kept. */
  readonly #providers = new Map<string, Provider>();
  #found: { readonly servers: readonly LocalServer[]; readonly ports: string; readonly time: number } | undefined;
  #looking: { readonly servers: Promise<readonly LocalServer[]>; readonly ports: string } | undefined;

  constructor(ports: () => readonly number[], clock: Clock) {
    this.#ports = ports;
    this.#clock = clock;
  }

  /** Those that answer and have models, in the order of the ports. Never rejects. */
  find(): Promise<readonly LocalServer[]> {
    const ports = [...new Set(this.#ports())].slice(0, MAXIMUM_PORTS);
    const asked = ports.join();
    const { servers = [], time = 0 } = this.#found?.ports === asked ? this.#found : {};
    const age = this.#clock.now() - time;
    if (age < (servers.length > 0 ? REMEMBERED : NOTHING_REMEMBERED)) return Promise.resolve(servers);
    if (this.#looking?.ports === asked) return this.#looking.servers;
    const looking = this.#look(ports).then((found) => {
      this.#found = { servers: found, ports: asked, time: this.#clock.now() };
      if (this.#looking?.servers === looking) this.#looking = undefined;
      return found;
    });
    this.#looking = { servers: looking, ports: asked };
    return looking;
  }

  async #look(ports: readonly number[]): Promise<readonly LocalServer[]> {
    const found = await Promise.all(ports.map((port) => this.#ask(port)));
    return found.filter((server) => server !== undefined);
  }

  async #ask(port: number): Promise<LocalServer | undefined> {
    const baseUrl = `http://127.0.0.1:${port}/v1`;
    const endpoint = {
      provider: 'local',
      baseUrl,
      api: 'chat',
      headers: new Map(),
      key: noKey(''),
      addressAdvice: '',
    } as const;
    const list = await askForModels(endpoint, TIMEOUT);
    if (list.kind !== 'models' || list.models.length === 0) return undefined;
    const kind = kindOf(port, list.models);
    return { provider: this.#provider(kind.name, baseUrl), port, title: kind.title, models: list.models };
  }

  #provider(name: string, baseUrl: string): Provider {
    const known = this.#providers.get(`${name} ${baseUrl}`);
    const provider = known ?? plainProvider(name, baseUrl);
    this.#providers.set(`${name} ${baseUrl}`, provider);
    return provider;
  }
}

/** By what it says of itself, else by its port. At another port than its usual one the name tells it. */
function kindOf(port: number, models: readonly ListedModel[]): { readonly name: string; readonly title: string } {
  const owners = new Set(models.map(({ owner }) => owner));
  const kind = KINDS.find(({ owner }) => owners.has(owner)) ?? KINDS.find((each) => each.port === port);
  if (kind === undefined) return { name: `local-${port}`, title: 'a model server' };
  return { name: kind.port === port ? kind.name : `${kind.name}-${port}`, title: kind.title };
}
