/** What a component returns: what should be on the page. */
export type Child = Element | string | number | boolean | null | undefined | readonly Child[];

export type Props = { readonly children?: Child; readonly [name: string]: unknown };

export interface Element {
  /** A tag, a component, or `textType`. */
  readonly type: string | ((props: Props) => Child);
  readonly props: Props;
  readonly key?: string | number | undefined;
}

/** The type of plain text, which is its only child. No tag has this name. */
export const textType = "";

/** What compiled JSX calls. */
export function jsx(type: Element["type"], props: Props, key?: Element["key"]): Element {
  return { type, props, key };
}

export const jsxs: typeof jsx = jsx;

export function Fragment({ children }: Props): Child {
  return children;
}

const Nothing = (): Child => [];

/** A child as an element. One that draws nothing keeps its place, so that those behind it keep theirs. */
export function asElement(child: Child): Element {
  if (Array.isArray(child)) return jsx(Fragment, { children: child });
  if (child === null || child === undefined || typeof child === "boolean") return jsx(Nothing, {});
  return typeof child === "object" ? (child as Element) : jsx(textType, { children: `${child}` });
}
