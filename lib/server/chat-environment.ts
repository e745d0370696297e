type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that only mean something together: a key of one place must not go to the address of another. */
const TOGETHER = /^OPENAI_/;

const isSet = (value: string | undefined): value is string => value !== undefined && value !== '';

/**
 * The variables that endpoints are found by: of the newest client that has them, else the server's own. They are given to
 * whoever asks an endpoint, and stand in no log.
 */
export class ChatEnvironment {
  readonly #own: Environment;
  readonly #names: () => readonly string[];
  readonly #kept = new Map<string, string>();
  #newest: Environment = {};
  #together: Environment;
  #variables: Environment;

  /** @param names the variables of keys that the configuration names, as it is read now */
  constructor(own: Environment, names: () => readonly string[]) {
    this.#own = own;
    this.#names = names;
    this.#together = together(own);
    this.#variables = own;
  }

  /** All of them as they are now. */
  get variables(): Environment {
    return this.#variables;
  }

  /** A client came with these. One that has no key takes none away. */
  note(environment: Environment): void {
    this.#newest = environment;
    const own = together(environment);
    if (Object.values(own).some(isSet)) this.#together = own;
    for (const name of this.#names()) {
      const value = environment[name];
      if (isSet(value)) this.#kept.set(name, value);
    }
    const alone = Object.entries({ ...this.#own, ...this.#newest, ...Object.fromEntries(this.#kept) });
    this.#variables = { ...Object.fromEntries(alone.filter(([name]) => !TOGETHER.test(name))), ...this.#together };
  }
}

const together = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => TOGETHER.test(name)));
