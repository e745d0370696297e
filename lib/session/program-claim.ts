import type { WaitingReason } from './status.ts';

/**
 * What is known of a program, whoever found it out: it works, it is at rest at its prompt, or it waits for a person.
 * `failed` is at rest too, after a turn that went wrong.
 */
export type ProgramClaim =
  | { readonly kind: 'busy' }
  | { readonly kind: 'idle' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'waiting'; readonly reason: Extract<WaitingReason, 'approval' | 'question'> };
