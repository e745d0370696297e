import { TEXT_ACTIONS } from './text-editor.ts';
import { VI_ACTIONS } from './vi-editor.ts';

/** What the table `compose-search` asks; any other action ends the search first. */
const SEARCH_ACTIONS = [
  'search-history',
  'search-again',
  'search-forward',
  'search-accept',
  'search-cancel',
  'search-delete-char',
] as const;
const OWN_ACTIONS = [
  'up',
  'down',
  'history-previous',
  'history-next',
  'undo',
  'redo',
  'complete',
  'complete-previous',
  ...SEARCH_ACTIONS,
] as const;

/** What the composer does itself; all else is an action of its editor. */
export type OwnAction = (typeof OWN_ACTIONS)[number];

/** Whether a name is one of the composer's own actions. */
export const isOwnAction = (name: string): name is OwnAction => OWN_ACTIONS.some((own) => own === name);

/** Every name that a composer's `action` knows. */
export const COMPOSER_ACTIONS: readonly string[] = [...OWN_ACTIONS, ...TEXT_ACTIONS, ...VI_ACTIONS];

/** Whether an action belongs to a search and leaves it open. */
export const isSearchAction = (name: string): boolean => SEARCH_ACTIONS.some((own) => own === name);
