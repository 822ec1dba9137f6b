import fc from "fast-check";

/** Draws the same cases for one commit, whoever runs them: `.ci/run` makes it of the commit. */
export const seed = Number(process.env.LAB_SEED ?? Date.now() % 100_000);

/** Whether every case is wanted: `npm run test:engine:all`. */
export const isAll = process.env.LAB_ENGINE === "all";

/** Some of many cases, in their order, or all of them. A case that is drawn stands for those of the next commits. */
export function drawn<T>(cases: readonly T[], count: number): readonly T[] {
  if (isAll) return cases;
  const places = fc.shuffledSubarray(
    cases.map((_, place) => place),
    { minLength: count, maxLength: count },
  );
  const [some = []] = fc.sample(places, { seed, numRuns: 1 });
  return cases.filter((_, place) => some.includes(place));
}
