/** The value below which `share` (0–1) of the samples lie; NaN of none. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);

/** Half the distance between the quartiles, as a share of the median: how noisy the machine was; NaN of too few to tell. */
export function spread(samples: readonly number[]): number {
  if (samples.length < 3) return Number.NaN;
  return (percentile(samples, 0.75) - percentile(samples, 0.25)) / 2 / median(samples);
}
