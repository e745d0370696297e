import { editTool } from './edit-tool.ts';
import { readTool } from './read-tool.ts';
import { shellTool } from './shell-tool.ts';
import type { Tool } from './tool.ts';
import { writeTool } from './write-tool.ts';

/** All tools, in the order in which people and models see them. */
export const TOOLS: readonly Tool[] = [readTool, writeTool, editTool, shellTool];
