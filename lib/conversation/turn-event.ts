import type { FinishReason, Usage } from './message.ts';

export type FailureKind =
  | 'refused'
  | 'dns'
  | 'tls'
  | 'network'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'rate-limit'
  | 'quota'
  | 'context-length'
  | 'bad-request'
  | 'server'
  | 'cut'
  | 'stalled'
  | 'garbage'
  | 'content-filter'
  | 'bug';

/** Why a turn failed. */
export interface TurnFailure {
  readonly kind: FailureKind;
  /** One or two sentences for the person: what happened and what to do. No key, no control characters. */
  readonly text: string;
  /** Whether the same request may do better later. */
  readonly retryable: boolean;
  /** Milliseconds that the endpoint asks to wait; undefined when it does not say. */
  readonly retryAfter: number | undefined;
}

/** What happens in a turn. The last one is a `done`, `failed` or `aborted`, and there is exactly one of them. */
export type TurnEvent =
  /** It waits for its place among the turns in flight; `ahead` wait before it. */
  | { readonly type: 'queued'; readonly ahead: number }
  /** The request is out. */
  | { readonly type: 'started'; readonly model: string }
  | { readonly type: 'delta'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  /** A call is being written: `length` units of arguments so far. */
  | { readonly type: 'calling'; readonly index: number; readonly name: string; readonly length: number }
  /** A call, whole. */
  | { readonly type: 'call'; readonly id: string; readonly name: string; readonly arguments: string }
  | { readonly type: 'usage'; readonly usage: Usage }
  /** The attempt failed; another one comes at `at` (milliseconds since the epoch). `attempt` counts from 1. */
  | { readonly type: 'retrying'; readonly attempt: number; readonly at: number; readonly failure: TurnFailure }
  | { readonly type: 'done'; readonly finish: FinishReason }
  | { readonly type: 'failed'; readonly failure: TurnFailure }
  | { readonly type: 'aborted' };

/** Whether nothing comes after it. */
export const endsTurn = ({ type }: TurnEvent): boolean => type === 'done' || type === 'failed' || type === 'aborted';
