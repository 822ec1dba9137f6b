/** What a graph of named nodes needs to be sorted. */
export interface Node {
  readonly id: string;
  readonly after: readonly string[];
}

/** The nodes in an order in which each comes after what it names, otherwise in the order given. Throws where there is a cycle. */
export function inOrder<N extends Node>(nodes: readonly N[]): readonly N[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const done = new Set<string>();
  const sorted: N[] = [];
  const visit = (node: N, path: readonly string[]): void => {
    if (done.has(node.id)) return;
    if (path.includes(node.id)) {
      const cycle = [...path.slice(path.indexOf(node.id)), node.id];
      throw new Error(`Cannot order steps, each waits for the next: ${cycle.join(" -> ")}`);
    }
    for (const id of node.after) {
      const before = byId.get(id);
      if (before === undefined)
        throw new Error(`Cannot order steps: "${node.id}" waits for unknown step "${id}"`);
      visit(before, [...path, node.id]);
    }
    done.add(node.id);
    sorted.push(node);
  };
  for (const node of nodes) visit(node, []);
  return sorted;
}
