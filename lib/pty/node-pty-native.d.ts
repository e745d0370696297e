/**
 * The part of node-pty 1.1 that we use: the native module below its JavaScript. Above it, node-pty loses the tail of
 * a program's output, polls a full pty, and cannot both read bytes and tell the kernel that they are UTF-8.
 */
declare module 'node-pty/lib/utils.js' {
  interface NativePty {
    /** Starts `file` on a new pty; `exited` is called once, when the process has ended and is reaped. Throws. */
    fork(
      file: string,
      args: readonly string[],
      environment: readonly string[],
      workingDirectory: string,
      columns: number,
      rows: number,
      uid: number,
      gid: number,
      utf8: boolean,
      helperPath: string,
      exited: (exitCode: number, signal: number) => void,
    ): { readonly fd: number; readonly pid: number; readonly pty: string };
    resize(fd: number, columns: number, rows: number): void;
    /** The name of the foreground process. */
    process(fd: number, pty?: string): string | undefined;
  }

  /** `dir` is relative to the folder of this module. */
  export function loadNativeModule(name: 'pty'): { readonly dir: string; readonly module: NativePty };
}
