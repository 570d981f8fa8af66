import { useEffect, useReducer } from "preact/hooks";

/** Something that tells of its changes. */
export interface Changing {
  subscribe(listener: () => void): () => void;
}

/** Draws the component again whenever the thing changes. */
export function useChanges(thing: Changing | undefined): void {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => thing?.subscribe(() => draw(undefined)), [thing]);
}
