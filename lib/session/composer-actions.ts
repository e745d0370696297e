import { TEXT_ACTIONS } from './text-editor.ts';
import { VI_ACTIONS } from './vi-editor.ts';

/** What begins a search and goes on with it; any other action ends it first. */
const SEARCH_ACTIONS = ['search-history', 'search-again', 'search-forward', 'search-delete-char'] as const;
const OWN_ACTIONS = [
  'up',
  'down',
  'history-previous',
  'history-next',
  'undo',
  'redo',
  'complete',
  'complete-previous',
  'search-accept',
  'search-cancel',
] as const;

export type SearchAction = (typeof SEARCH_ACTIONS)[number];

/** What the composer does itself; all else is an action of its editor. */
export type OwnAction = (typeof OWN_ACTIONS)[number];

/** Whether a name is one of the composer's own actions. */
export const isOwnAction = (name: string): name is OwnAction => OWN_ACTIONS.some((own) => own === name);

/** Every name that a composer's `action` knows. */
export const COMPOSER_ACTIONS: readonly string[] = [...OWN_ACTIONS, ...SEARCH_ACTIONS, ...TEXT_ACTIONS, ...VI_ACTIONS];

/** Whether an action begins a search or goes on with it. */
export const isSearchAction = (name: string): name is SearchAction => SEARCH_ACTIONS.some((own) => own === name);
