/** Where the key of an endpoint comes from. */
export interface KeySource {
  /** What a person can do about the key: `set WORK_LLM_KEY`. */
  readonly advice: string;
  /** The key as it is now; undefined for none. Rejects with UserError when it cannot be had. */
  read(): Promise<string | undefined>;
  /** The endpoint did not take this key: true when asking again may give another. */
  reject(key: string): boolean;
}

/** Where an endpoint is. */
export interface EndpointPlace {
  /** Of its provider. */
  readonly name: string;
  readonly baseUrl: string;
}

/** An endpoint, as a model talks to it. */
export interface Endpoint {
  /** The name of its provider. */
  readonly provider: string;
  readonly baseUrl: string;
  readonly api: 'chat' | 'responses';
  readonly headers: ReadonlyMap<string, string>;
  readonly key: KeySource;
  /** What a person can do about the address: `check OPENAI_BASE_URL`. */
  readonly addressAdvice: string;
}
