/** Prices in the person's currency for a million tokens; undefined where nobody said. */
export interface Prices {
  readonly input: number;
  /** Of input that the endpoint had already. */
  readonly cached: number | undefined;
  readonly output: number;
}

/** What a person says of a model. */
export interface ModelFacts {
  /** Tokens that a request and its reply may have together. */
  readonly window: number | undefined;
  readonly prices: Prices | undefined;
}

/** An endpoint as a person describes it. It holds no key, only where one is to be had. */
export interface Provider extends ModelFacts {
  /** Without `/`; unique. */
  readonly name: string;
  /** An http or https address without a slash at its end, such as `https://llm.example.com/v1`. */
  readonly baseUrl: string;
  /** The variable that holds the key. */
  readonly apiKeyEnv: string | undefined;
  /** A shell command whose first line of output is the key. */
  readonly apiKeyCommand: string | undefined;
  /** Those that may be chosen; when there are none, the endpoint is asked. */
  readonly models: readonly string[];
  readonly api: 'chat' | 'responses';
  /** Sent with each request. Their values may be secrets. */
  readonly headers: ReadonlyMap<string, string>;
  /** By model; over those of the provider. */
  readonly modelFacts: ReadonlyMap<string, ModelFacts>;
}
