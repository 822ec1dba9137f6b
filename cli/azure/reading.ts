/* What is done with whatever Azure's SDKs read. */

/** All items of a list, page after page. */
export async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** The HTTP status of what an SDK throws; undefined for anything else. */
export const httpStatusOf = (error: unknown): number | undefined =>
  (error as { readonly statusCode?: number } | undefined)?.statusCode;

/** What is asked for; nothing where it is not there. */
export async function unlessGone<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (httpStatusOf(error) === 404) return undefined;
    throw error;
  }
}
