import { editTool } from './edit-tool.ts';
import { globTool } from './glob-tool.ts';
import { grepTool } from './grep-tool.ts';
import { listTool } from './list-tool.ts';
import { readTool } from './read-tool.ts';
import { sessionTool } from './session-tool.ts';
import { shellTool } from './shell-tool.ts';
import type { Tool } from './tool.ts';
import { writeTool } from './write-tool.ts';

/** All tools, in the order in which people and models see them. */
export const TOOLS: readonly Tool[] = [
  readTool,
  writeTool,
  editTool,
  listTool,
  globTool,
  grepTool,
  shellTool,
  sessionTool,
];
