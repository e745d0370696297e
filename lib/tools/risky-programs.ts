/** Words that the shell itself reads as grammar at the place of a command. */
const GRAMMAR = '! { } [[ ]] case coproc do done elif else esac fi for function if in select then time until while';

/** Programs and builtins that run what their arguments or files say, so that the line does not tell what happens. */
const HIDING =
  '. alias awk bash-c bind builtin busybox chroot command dbus-run-session debuggerd declare doas emacs ed enable entr env ' +
  'eval ex exec expect export faketime fish-c flock gawk gdb hash ionice lldb local ltrace mapfile mawk nawk nice nohup ' +
  'nsenter nvi osascript parallel pkexec proot readonly run-parts runuser screen script set setarch setpriv setsid shopt ' +
  'source ssh-agent stdbuf strace su sudo sudoedit systemd-run taskset tclsh timeout tmux toolbox trap typeset unalias ' +
  'unbuffer unshare unset vi view vim vimdiff nvim watch xargs xterm zellij qmux npx pnpx bunx uvx pipx at batch crontab ' +
  'let read getopts readarray jobs compgen complete compopt fc printenv less most man sqlite3 psql mysql mariadb mongo mongosh ' +
  'redis-cli dc m4 gnuplot xdg-open open r octave ghci irb iex erl sbcl clisp docker podman nerdctl kubectl vagrant lxc incus ansible terraform';

/** Programs that reach other machines: what leaves the working directory asks. */
const NETWORK =
  'aria2c curl curlie fetch ftp http https lftp mail mosh nc ncat netcat nmap openssl ping rclone rsh rsync scp sendmail ' +
  'sftp socat ssh telnet wget xh aws az gcloud gsutil heroku flyctl';

/** Programs that change the machine, or what others run on it. */
const SYSTEM =
  'apt apt-get aptitude blkdiscard brew chattr chpasswd cryptsetup debugfs dnf dpkg fdisk fuser gdisk halt init insmod ip iptables ' +
  'kexec kill killall launchctl losetup lvremove mkfs mkswap modprobe mount nft pacman parted passwd pkill poweroff pvremove ' +
  'reboot rmmod rpm service sfdisk shred shutdown skill snap swapoff swapon sysctl systemctl telinit tune2fs umount useradd ' +
  'userdel usermod vgremove visudo wipefs yum zypper';

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const REASONS: readonly (readonly [ReadonlySet<string>, (name: string) => string])[] = [
  [words(GRAMMAR), (name) => `runs more than a simple command (${name})`],
  [words(HIDING), (name) => `may run another command (${name})`],
  [words(NETWORK), (name) => `may send and fetch data over the network (${name})`],
  [words(SYSTEM), (name) => `may change the machine or stop programs (${name})`],
];

/** Why a program asks by its name alone, whatever its arguments. */
export function programRisk(name: string): string | undefined {
  // mkfs.ext4 and its like.
  const stem = name.replace(/^mkfs\..*$/, 'mkfs');
  return REASONS.find(([names]) => names.has(stem))?.[1](name);
}

interface Interpreter {
  readonly name: RegExp;
  /** Options that neither take code nor keep the next word from being a file. */
  readonly harmless: RegExp;
}

/** Programs that run code: from a file it is like any program, from an argument or from input it is hidden. */
export const INTERPRETERS: readonly Interpreter[] = [
  { name: /^(?:ba|da|z|k|mk|tc|c|fi|a)?sh$/, harmless: /^--version$/ },
  { name: /^(?:python|pypy)[\d.]*$/, harmless: /^(?:-[BEIOSsuVv]+|--version)$/ },
  { name: /^(?:node|nodejs)$/, harmless: /^(?:-v|--version|--test|--check|--enable-source-maps|--watch)$/ },
  { name: /^(?:deno|bun)$/, harmless: /^(?:-v|--version)$/ },
  {
    name: /^(?:perl|ruby|php|lua|luajit|rscript|guile|racket|elixir|groovy|scala|swift|julia|pwsh)[\d.]*$/,
    harmless: /^(?:-[vwW]|--version)$/,
  },
];

/** Words by which a program's own arguments run, destroy or send something; a table of data, tried in order. */
export const RISKY_ARGUMENTS: readonly {
  readonly name: RegExp;
  readonly words: RegExp;
  readonly why: string;
}[] = [
  { name: /^find$/, words: /^-(?:exec|execdir|ok|okdir)$/, why: 'runs another command (find -exec)' },
  { name: /^find$/, words: /^-(?:delete|fprint.*|fls)$/, why: 'may remove or write many files (find)' },
  { name: /^fd(?:find)?$/, words: /^(?:-[a-zA-Z]*[xX].*|--exec.*)$/, why: 'runs another command (fd --exec)' },
  { name: /^rg$/, words: /^--(?:pre|hostname-bin)/, why: 'runs another command (rg --pre)' },
  {
    name: /^(?:g|bsd)?tar$/,
    words: /^(?:--(?:to-c|ch|us|I|rsh|rmt|info-s|new-v|a).*|-[a-zA-Z]*[IFP].*)$/,
    why: 'may run another command or write elsewhere (tar)',
  },
  { name: /^sort$/, words: /^--comp/, why: 'may run another command (sort)' },
  { name: /^split$/, words: /^--filter/, why: 'runs another command (split --filter)' },
  { name: /^(?:zip|unzip)$/, words: /^(?:-TT|--unzip-command).*$/, why: 'may run another command (zip)' },
  {
    name: /^g?make$/,
    words: /^(?:-[a-zA-Z]*[fC].*|--(?:file|makefile|directory|eval).*|(?:\w+)[:?+!]*=.*)$/,
    why: 'may run another command (make)',
  },
  {
    name: /^(?:npm|pnpm|yarn|bun)$/,
    words: /^(?:exec|x|dlx|explore|publish|create|init|config|link|login|unpublish|-g|--global|--script-shell.*)$/,
    why: 'may run another command or change what is outside',
  },
  {
    name: /^(?:pip|pip3|uv|gem|cargo|go|poetry)$/,
    words: /^(?:publish|push|login|run|x|tool|--config.*|-exec.*|-toolexec.*)$/,
    why: 'may run another command or publish',
  },
  {
    name: /^(?:chmod|chown|chgrp)$/,
    words: /^(?:-[a-zA-Z]*R.*|--recursive|[ugoa]*\+[rwxX]*s[rwxXst]*|0*[2-7]\d{3})$/,
    why: 'changes the rights of many files, or lets others act as you',
  },
  { name: /^(?:test|\[|printf)$/, words: /^-v|\[.*[$`]/, why: 'may run another command in the name of a variable' },
  { name: /^dd$/, words: /^of=\/dev\//, why: 'writes to a device' },
  { name: /^truncate$|^mv$|^cp$|^ln$/, words: /^(?:-t.*|--target-directory.*)$/, why: 'names its target in an option' },
  {
    name: /^git$/,
    words:
      /^(?:-c.*|--config-env.*|--exec-path.*|--git-dir.*|--work-tree.*|--namespace.*|--upload-pack.*|--receive-pack.*|-u.*upload.*|--ext-diff|--textconv|--open-files-in-pager.*|-O.*|--exec.*|-x.*|--extcmd.*|--hard|--mirror|--orphan)$/,
    why: 'may run another command or lose work (git)',
  },
  {
    name: /^git$/,
    words:
      /^(?:config|filter-branch|filter-repo|bisect|submodule|difftool|mergetool|send-email|daemon|credential.*|remote-.*|hook|maintenance|fast-import|update-ref|reflog|gc|prune|worktree|clean|instaweb|gui|citool|p4|svn|.*::.*)$/,
    why: 'may run another command or lose work (git)',
  },
];
