/** Tokens of a model of which nobody says how many it takes. */
const USUAL_WINDOW = 128_000;

/** Windows of well-known families, as their makers give them; the first that fits holds. */
const FAMILIES: readonly (readonly [RegExp, number])[] = [
  [/gpt-5/, 400_000],
  [/gpt-4\.1/, 1_047_576],
  [/gpt-4o|gpt-4-turbo/, 128_000],
  [/gpt-4/, 8_192],
  [/gpt-3\.5/, 16_385],
  [/\bo[1-9](?:-|$)/, 200_000],
  [/claude/, 200_000],
  [/gemini/, 1_048_576],
  [/mixtral|mistral-7b|gemma-?2/, 32_768],
];

/** A window by the name of the model, where nothing better is known. */
export const usualWindow = (model: string): number =>
  FAMILIES.find(([pattern]) => pattern.test(model.toLowerCase()))?.[1] ?? USUAL_WINDOW;
