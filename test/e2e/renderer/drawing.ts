import type { ComponentChildren, VNode } from "preact";

/** A tree as plain data, so that a test can make it up and a browser can draw it. */
export type Tree =
  | string
  | number
  | boolean
  | null
  | readonly Tree[]
  | {
      readonly tag: string;
      readonly key?: string;
      readonly title?: string | null;
      readonly expanded?: boolean;
      readonly children: readonly Tree[];
    };

/** What is common to Preact and to the panel's renderer. */
export interface Renderer {
  readonly jsx: (
    type: string | ((props: { readonly children?: ComponentChildren }) => ComponentChildren),
    props: object,
    key?: string,
  ) => VNode;
  readonly render: (content: ComponentChildren, into: HTMLElement) => void;
  readonly useState: <T>(initial: T) => [T, (value: T) => void];
  readonly useEffect: (effect: () => unknown, dependencies: readonly unknown[]) => void;
}

export function drawing({ jsx, render, useState, useEffect }: Renderer) {
  const Passing = ({ children }: { readonly children?: ComponentChildren }) => children;
  const elementOf = (tree: Tree): ComponentChildren => {
    if (typeof tree !== "object" || tree === null) return tree;
    if (!("tag" in tree)) return tree.map(elementOf);
    const { tag, key, title, expanded, children } = tree;
    const props = { "data-title": title, "aria-expanded": expanded, children: children.map(elementOf) };
    return tag === "passing" ? jsx(Passing, { children: props.children }, key) : jsx(tag, props, key);
  };

  /** Draws one tree after the other in the same place; returns the place's content after each. */
  const history = (trees: readonly Tree[]): readonly string[] => {
    const place = document.createElement("div");
    return trees.map((tree) => {
      render(elementOf({ tag: "main", children: [tree] }), place);
      return place.innerHTML;
    });
  };

  /** Draws lists of components that each count how often they were pressed, and presses the one named `a` in between. */
  const counters = async (lists: readonly (readonly string[])[]): Promise<readonly string[]> => {
    const place = document.body.appendChild(document.createElement("div"));
    const ended: string[] = [];
    const Counter = ({ name }: { readonly name: string }) => {
      const [count, setCount] = useState(0);
      useEffect(() => () => ended.push(name), []);
      return jsx("button", { onClick: () => setCount(count + 1), children: `${name}${count}` });
    };
    const seen: string[] = [];
    for (const list of lists) {
      render(
        list.map((name) => jsx(Counter as never, { name }, name)),
        place,
      );
      const first = [...place.querySelectorAll("button")].find((button) => button.textContent?.startsWith("a"));
      first?.focus();
      first?.click();
      await new Promise((drawn) => setTimeout(drawn, 20));
      const focused = document.activeElement === document.body ? "" : document.activeElement?.textContent;
      seen.push(`${place.textContent} ${focused}`);
    }
    render(null, place);
    await new Promise((drawn) => setTimeout(drawn, 20));
    return [...seen, ended.sort().join("")];
  };

  return { history, counters };
}
