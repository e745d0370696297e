import { fixedCall } from './prepared.ts';
import { search } from './search.ts';
import type { SearchRequest } from './search-files.ts';
import { type PreparedCall, ToolError, type ToolPlace } from './tool.ts';
import { displayPath, resolveToolPath } from './tool-path.ts';

/** The call of a tool that looks through a directory. */
export async function searchCall(
  given: string,
  place: ToolPlace,
  title: (name: string) => string,
  request: (root: string) => SearchRequest,
): Promise<PreparedCall> {
  const root = await resolveToolPath(given, place);
  const name = displayPath(root, place);
  return fixedCall({
    title: title(name),
    access: { paths: [{ path: root, write: false }], command: undefined },
    run: async ({ signal }) => {
      if ((await resolveToolPath(given, place)) !== root)
        throw new ToolError(`${name} leads elsewhere than when it was allowed: call the tool again.`);
      return await search(request(root), name, signal);
    },
  });
}
