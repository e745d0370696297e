import type { Prices } from '../base/provider.ts';
import type { TurnEvent } from './turn-event.ts';

export type { Prices };

/** What a model is told, whatever the endpoint's own form. Every call is followed by its answer. */
export type ModelMessage =
  | { readonly role: 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string; readonly calls: readonly ModelCall[] }
  | { readonly role: 'tool'; readonly callId: string; readonly text: string };

export interface ModelCall {
  readonly id: string;
  readonly name: string;
  /** Valid JSON of an object: what the model wrote otherwise is sent back as `{}`. */
  readonly arguments: string;
}

/** What a model may know of a tool. */
export interface ToolDescription {
  readonly name: string;
  readonly description: string;
  /** JSON schema of an object. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface TurnRequest {
  readonly system: string;
  readonly messages: readonly ModelMessage[];
  readonly tools: readonly ToolDescription[];
}

/** Something that answers: an endpoint's model, or the built-in guide. */
export interface Model {
  /** `provider/model`, as people choose it; the guide is `guide`. */
  readonly name: string;
  /** Tokens that a request and its reply may have together. */
  readonly window: number;
  readonly prices: Prices | undefined;
  /**
   * One attempt. Never throws and never rejects: failure and abort are events. Ends with exactly one `done`, `failed` or
   * `aborted`, within a second of the signal's abort. Emits none of `queued` and `retrying`. May be called many times at once.
   */
  stream(request: TurnRequest, signal: AbortSignal): AsyncIterable<TurnEvent>;
}

/** A model as a list shows it. */
export interface ModelEntry {
  /** `provider/model`. */
  readonly name: string;
  /** Where the provider comes from, as a sentence's end: `set in config.toml`, `OPENAI_API_KEY is set`. */
  readonly origin: string;
}

/** The models that can be had here: from the configuration, the environment, a local server, else the built-in guide. */
export interface Models {
  /** What may be chosen now; asks endpoints that list their models. Never rejects. */
  list(signal: AbortSignal): Promise<readonly ModelEntry[]>;
  /**
   * The model of that name (`provider/model`, a provider, or a model that only one provider has), or without a name the
   * one that is used by default. Rejects with UserError for an unknown name; the default is always there.
   */
  find(name: string | undefined): Promise<Model>;
}
