export interface PasteBuffer {
  readonly name: string;
  readonly text: string;
  readonly createdAt: number;
}

/** The paste buffers, newest first; bounded by the option `buffer-limit`. */
export interface PasteBuffers {
  readonly all: readonly PasteBuffer[];
  get(name: string | undefined): PasteBuffer | undefined;
  /** Without a name a new automatic one (buffer0, buffer1, ...). */
  set(text: string, name?: string, append?: boolean): void;
  delete(name: string | undefined): boolean;
  rename(from: string | undefined, to: string): void;
}
