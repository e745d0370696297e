/** Folders whose content is secret wherever they are, by name. */
const SECRET_FOLDERS = new Set(['.ssh', '.gnupg', '.aws', '.azure', '.kube', '.docker', '.password-store', '.mozilla']);
/** Files that are secret wherever they are, by name. */
const SECRET_FILES = new Set([
  '.netrc',
  '_netrc',
  '.npmrc',
  '.pypirc',
  '.pgpass',
  '.my.cnf',
  '.git-credentials',
  '.htpasswd',
  '.vault-token',
  '.bash_history',
  '.zsh_history',
  'credentials',
  'credentials.json',
  'credentials.toml',
]);
const SECRET_NAME =
  /^(?:id_(?:rsa|dsa|ecdsa|ed25519)[^.]*|.*\.(?:pem|key|p12|pfx|jks|keystore|kdbx|ppk)|\.env(?:rc|\..*)?|.*\.env)$/;
/** Models of `.env` that are meant to be read. */
const SAMPLE = /\.(?:example|sample|template|dist|defaults?)$/;
const SECRET_PLACES: readonly RegExp[] = [
  /^(?:\/private)?\/etc\/(?:ssl\/private|g?shadow-?|sudoers|sudoers\.d|master\.passwd)(?:\/|$)/,
  /^\/sys(?:\/|$)/,
  /^\/dev\/(?!(?:null|zero|u?random|full)$)/,
  // What tells of a process more than its name and numbers.
  /^\/proc\/(?:\d+|self|thread-self)\/.*(?:environ|mem|maps|auxv|fd|root|cwd|cmdline|map_files)/,
  /^\/proc\/k/,
  /\/\.local\/share\/keyrings(?:\/|$)/,
  /\/\.config\/(?:gcloud|gh)(?:\/|$)/,
  // qmux's own: what is kept of all conversations, its configuration, and the socket that commands it.
  /\/(?:\.local\/state|\.config|run\/user\/\d+)\/qmux(?:\/|$)/,
  /\/qmux-\d+(?:\/|$)/,
];
/** What runs by itself once it is changed, or loosens qmux. */
const GUARDED_PLACES: readonly RegExp[] = [
  /\/\.git(?:\/|$)/,
  /\/\.git(?:modules|config)$/,
  /\/\.config\/(?:qmux|git|fish|autostart|systemd)(?:\/|$)/,
  /\/\.(?:bash|zsh|k?sh)(?:rc|env|_profile|_login|_logout)$/,
  /\/\.(?:profile|zprofile|zlogin|zlogout|xprofile|xinitrc|xsession|pam_environment|vimrc|emacs|tmux\.conf)$/,
  /\/\.local\/bin(?:\/|$)/,
  /\/\.(?:husky|githooks|vscode|idea)(?:\/|$)/,
];

/**
 * Whether a file (absolute, resolved) holds what only its owner should see: keys, passwords, other processes. Telling
 * names count in `part` of the path only, so that a working directory is no secret in itself.
 */
export function isSecretPath(path: string, part = path): boolean {
  // macOS does not tell cases apart.
  const lower = path.toLowerCase();
  const names = part.toLowerCase().split('/');
  const last = names.at(-1) ?? '';
  return (
    names.some((name) => SECRET_FOLDERS.has(name)) ||
    SECRET_FILES.has(last) ||
    (SECRET_NAME.test(last) && !SAMPLE.test(last)) ||
    SECRET_PLACES.some((place) => place.test(lower))
  );
}

/** Whether a change of this file (absolute) makes other programs run something, or loosens qmux itself. */
export function isGuardedPath(path: string): boolean {
  const lower = path.toLowerCase();
  return GUARDED_PLACES.some((place) => place.test(lower));
}
