import type { Move } from "./explore";
import type { State } from "./state";

/** What breaks, and what goes on without anybody. */
export type Happening = Move<State> & { readonly kind: "failure" | "itself" };
