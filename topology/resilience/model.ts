import type { Act } from "./act";
import { actsOf } from "./acts";
import type { Model } from "./explore";
import type { Happening } from "./happening";
import { happeningsOf } from "./happenings";
import { keyOf, resting, type State, type Subject } from "./state";

/** Everything that can happen to a database of a site and be done about it, from where it rests. */
export function modelOf(subject: Subject): Model<State, Act | Happening> {
  return { start: resting(subject), moves: [...happeningsOf(subject), ...actsOf(subject)], keyOf };
}
