import type { GuideTopic } from '../conversation/guide-help.ts';

/** What lies over the panes to choose, to look around and to follow. */
export const OVERLAY_TOPICS: readonly GuideTopic[] = [
  {
    title: 'The picker',
    words: 'choose tree picker preview approve hidden behind without leaving order filter',
    text: `[[choose-tree]] lists all sessions, with a preview of the chosen one, and follows them.

| key there | what it does |
| --- | --- |
| [[picker/accept]] | shows it |
| [[picker/approve]] | shows what a tool asks there, and takes your answer, without leaving what you see |
| [[picker/waiting]] | goes to the next that waits; [[picker/order]] puts those that wait first |
| [[picker/kill]], [[picker/rename]] | closes it, after asking; renames it |
| [[picker/filter]] | filters by name, directory and what it shows |`,
  },
  {
    title: 'The file browser',
    words: 'browser tree folder directory look around',
    text: `[[browse-files]] shows the directory of the session as a tree, with a preview.

| key there | what it does |
| --- | --- |
| [[tree/accept]] | opens a folder; puts a file into the input: \`@path\` in a chat, a quoted path in a program |
| [[tree/insert]] | puts it there too, a folder as well, and stays |
| [[tree/enter]], [[tree/leave]] | into a folder, out of it; from the top to the folder above |
| [[tree/page]], [[tree/edit]] | pages the file; opens it in \`$EDITOR\` in a new session |
| [[tree/hidden]], [[tree/reread]] | files with a dot; reads everything anew |
| [[tree/filter]] | filters what is open |`,
  },
  {
    title: 'Following what happens',
    words: 'follow live events viewer level happened tail log watch',
    text: `[[show-log]] shows the server's log and what happens to sessions, as it comes. [[log/session]] shows one session after
the other, then all again; [[log/level]] goes through the levels; [[log/follow]] stops and follows again, as does going to the
end. \`show-log -t NAME -l warning\` begins with a session and a level.`,
  },
];
