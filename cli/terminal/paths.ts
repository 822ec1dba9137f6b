import { join, resolve } from "node:path";

/** The checkout that this command belongs to. */
export const root = join(__dirname, "..", "..");

/** A path as the user meant it: npm runs scripts in the checkout and says in INIT_CWD where the user was. */
export function userPath(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}

/** The twin of this checkout, unless LAB_TWIN names another folder. */
export const twinFolder = process.env.LAB_TWIN ? userPath(process.env.LAB_TWIN) : join(root, ".twin");
