import type { Access } from './tool.ts';

/** Tools that a person trusts in one conversation. */
export interface Trust {
  readonly tools: ReadonlySet<string>;
}

export interface PermissionPlace {
  readonly workingDirectory: string;
  readonly sessionFolder: string;
}

export interface PermissionCall {
  readonly tool: string;
  readonly risk: 'read' | 'write' | 'run';
  readonly access: Access;
}

export type Permission =
  | { readonly kind: 'run' }
  /** `why` ends the sentence `it asks because it ...`. */
  | { readonly kind: 'ask'; readonly why: string }
  /** Never: `reason` goes to the model. */
  | { readonly kind: 'refuse'; readonly reason: string };
