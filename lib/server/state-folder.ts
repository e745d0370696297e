import path from 'node:path';
import { databaseFile } from '../store/database-folder.ts';

/** Where conversations have their folders: beside the database. */
export const conversationsFolder = (environment: Readonly<Record<string, string | undefined>>): string =>
  path.join(path.dirname(databaseFile(environment)), 'conversations');
