/** A yes or no, as tmux's formats have it. */
export const flag = (value: boolean): string => (value ? '1' : '0');

/** tmux gives times in whole seconds since the epoch. */
export const seconds = (milliseconds: number): string => String(Math.floor(milliseconds / 1000));
