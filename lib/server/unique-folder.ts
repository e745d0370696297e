import { randomBytes } from '../base/random-bytes.ts';

/** A folder's name that is never given twice, and sorts by time: `20260102-030405-9f86d081`. */
export function uniqueFolder(): string {
  const [date = '', time = ''] = new Date().toISOString().split('T');
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${randomBytes(4).toString('hex')}`;
}
