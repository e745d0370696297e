import type { GuideTopic } from '../conversation/guide-help.ts';

/** On sessions, from the first to what is kept of them; keys stand as `[[command line]]` or `[[compose/action]]`. */
export const SESSION_TOPICS: readonly GuideTopic[] = [
  {
    title: 'First steps',
    words: 'start begin new user learn basic introduction work tutorial help',
    text: `1. You are in a chat. Type, and [[compose/send]] sends.
2. [[new-session]] makes another session; [[next-window]] and [[previous-window]] go from one to the next, [[choose-tree]]
   lists all with a preview.
3. [[detach-client]] leaves. Everything goes on, and \`qmux\` brings it back.
4. [[list-keys -N]] lists the keys, [[describe-key]] tells what one does, [[command-prompt]] asks for a command.

\`tour\` shows the rest in a minute.`,
  },
  {
    title: 'What a session is',
    words: 'session kind mean definition word concept difference chat program pane window',
    text: `A **session** is one running thing: a **chat** with a model, or a **program** such as a shell, an editor or a
coding agent. It goes on whether or not anybody looks. A tmux user would say *window*. A **pane** is the rectangle of your
screen that shows a session; the **server** is the one background process that owns all of them, a **client** shows one of
them in one terminal. A **turn** of a chat is one message of yours, with all that the model says and does about it.`,
  },
  {
    title: 'A new chat',
    words: 'new chat session second another debug planning development code-review type open create',
    text: `[[new-session]] makes a new session, which is a chat unless the option \`default-kind\` says otherwise. In the
composer of a chat:

\`\`\`
/new                  another chat
/new debug            one for finding a fault
/new planning roof    one for planning, named roof
\`\`\`

From a shell: \`qmux new --chat -s roof\`.`,
  },
  {
    title: 'A shell or another program',
    words: 'new shell program session run command vim editor bash open start terminal process',
    text: `[[new-session-with-a-command]] asks for a command and runs it in a session of its own. From a shell:

\`\`\`sh
qmux new -d -s build make     # without showing it
qmux new --program            # your shell
qmux new vim notes.md
\`\`\`

\`default_kind = "program"\` under \`[sessions]\` makes every new session a shell. A program that fails leaves its screen;
there \`r\` starts it again and \`x\` closes it.`,
  },
  {
    title: 'Going from session to session',
    words:
      'switch session next previous last list overview sidebar go index number picker tab choose change jump between',
    text: `| key | shows |
| --- | --- |
| [[next-window]], [[previous-window]] | the next, the previous one |
| [[last-window]] | the one shown before |
| [[select-window -t :=0]] and so on | the one of that number |
| [[choose-tree]] | a list of all, with a preview |
| [[next-waiting]] | the next one that waits for you |

[[sidebar]] opens a sidebar with all of them, how they stand, and their last lines: \`j\` and \`k\` move, \`Enter\` shows one,
\`y\` answers what it asks, \`q\` gives the keys back; [[sidebar]] closes it.

In a chat: \`/sessions\` lists them (\`--all\` with those that were closed), \`/switch NAME\` shows one. With the mouse, click on its name in the status line.`,
  },
  {
    title: 'Which sessions wait for you',
    words:
      'wait waiting name status line flag star exclamation mark yellow unread unseen dot symbol notification attention bell busy mean icon done finished indicator corner',
    text: `The status line has a flag for each session: \`*\` shown, \`-\` shown before, \`!\` waits for you, \`⟳\` works,
\`•3\` three replies or bursts of output unseen, \`z\` paused, \`✕\` failed. Those that wait are yellow, and stand in the corner
of the screen as well while they are on none: under \`[ui]\`, \`indicator_position\` says in which,
\`show_session_indicator = false\` hides them.

[[next-waiting]] shows the next that waits; [[approve]] answers the most urgent approval from where you are.`,
  },
  {
    title: 'Names',
    words: 'name rename renaming title call session label change character automatic itself',
    text: `[[rename-session]] renames the session, as does \`/rename NAME\` in a chat. Names have 1 to 20 characters: letters,
digits, \`-\` and \`_\`, each once. A chat is named by its type (\`development-1\`) until its first messages give a better
name; one that you gave stays. \`auto_generate_names = false\` under \`[sessions]\` leaves all as they are. A program is called
after its command and directory.`,
  },
  {
    title: 'Ending a session',
    words: 'end close quit exit kill stop leave delete remove session program chat server terminate',
    text: `[[kill-window]] ends the session shown, after asking; so does \`/close\` in a chat. \`exit\` ends a shell. When the
last session has ended, the server leaves as well. \`qmux kill-server\` ends all at once: it comes back with the next
\`qmux\`, where \`qmux kill-server -f\` closes all of it.

To leave *without* ending anything, detach: [[detach-client]].`,
  },
  {
    title: 'Detaching and coming back',
    words:
      'detach attach leave quit come back background reattach resume connection lost close laptop terminal disconnect return later overnight without stopping running job',
    text: `[[detach-client]] leaves; chats and programs go on. \`qmux\` shows the session you saw last, \`qmux attach -t NAME\`
another one. The same happens when the terminal is closed or the line is cut. \`qmux ls\` lists what runs.`,
  },
  {
    title: 'Over SSH',
    words: 'ssh remote server connection line network box agent laptop tunnel train host machine',
    text: `\`ssh -t box qmux\` opens it there. When the line is cut the client ends, and everything goes on: connect again and
type \`qmux\`. Programs that were started long ago still reach your SSH agent, since \`SSH_AUTH_SOCK\` in sessions is a link
that follows the client attached last. Copied text reaches the clipboard of your own terminal where it knows OSC 52.`,
  },
  {
    title: 'Closed chats, export, fork',
    words:
      'closed close reopen open again old chat archive export import file markdown json save keep backup share fork branch copy conversation forget delete rewind undo back',
    text: `\`/sessions --all\` lists the chats that were closed: Enter opens one again, \`x\` forgets it for good; \`/reopen NAME\` does
without the list. \`/export\` writes a chat as Markdown, \`/export chat.json\` as JSON, and \`/import FILE\` makes a chat of
either. \`/fork\` goes on in a new chat and leaves this one as it is; \`qmux fork -t NAME --at 12\` begins after message 12.
\`/rewind\` goes back to before what you said last, and gives it to you to say otherwise.
Closed ones are deleted after 30 days of rest (\`cleanup_after_days\` under \`[sessions]\`).`,
  },
  {
    title: 'After a reboot or a crash',
    words:
      'session survive reboot restore persist crash server ended missing save keep file conversation chat restart power database stored disk resume old come back',
    text: `Sessions that nobody closed come back with the next \`qmux\`: names, splits, chats as they were, and what programs
showed. Programs are not started by themselves: \`Enter\` starts one again where it was, an agent with its last
conversation; \`p\` starts it anew, \`x\` closes it. \`qmux search WORDS\` finds words of closed ones, too. What you
send is on disk before the model gets it, a reply a quarter of a second after it came; no tool runs twice. \`persist_sessions
= false\` under \`[sessions]\` keeps nothing.`,
  },
  {
    title: 'Limits',
    words:
      'limit maximum many session chat program history memory bytes most concurrent count number hibernate hibernation hibernated asleep awake stats use',
    text: `Up to 10 chats awake (\`max-active\`) and 100 programs (\`max-programs\`); 5 turns at a time over all chats, the others
wait in order (\`max_concurrent\`); 10 MB of scrollback for each program (\`history-limit\`). Each is an option:
[[command-prompt]] and \`set -g max-programs 200\`, or in the configuration. A hidden chat that nobody used for half an
hour (\`hibernate-after-minutes\`), or that is idle longest when one more is made, hibernates: it gives its memory back,
and is there again as it was when you show it. [[stats]] shows memory, turns and the database.`,
  },
];
