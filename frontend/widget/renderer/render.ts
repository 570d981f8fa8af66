import { asElement, type Child, type Element, type Props, textType } from "./elements.ts";
import { beginHooks, endEffect, type Hook, type Hooked, runEffects } from "./hooks.ts";

/** An element on the page. A component has no node of its own, only those of its children. */
interface Drawn extends Hooked {
  element: Element;
  readonly parent: Drawn | undefined;
  readonly node: Node | undefined;
  /** By key, or by index where there is none. */
  children: ReadonlyMap<string | number, Drawn>;
  removed?: true;
}

const roots = new Map<Node, Drawn>();
/** Components whose state has changed. */
const changed = new Set<Drawn>();
/** Hooks of what was drawn just now, children before parents. */
let justDrawn: (readonly Hook[])[] = [];

/** Draws what should be in a node that was empty, or changes what was drawn there before. */
export function render(content: Child, into: Node): void {
  const root = roots.get(into) ?? drawn({ type: "", props: {} }, undefined, into);
  roots.set(into, root);
  drawChildren(root, content);
  arrange(root);
  finish();
}

function drawn(element: Element, parent: Drawn | undefined, node: Node | undefined): Drawn {
  const self: Drawn = {
    element,
    parent,
    node,
    children: new Map(),
    hooks: [],
    redraw() {
      if (changed.size === 0) queueMicrotask(redrawChanged);
      changed.add(self);
    },
  };
  return self;
}

function redrawChanged(): void {
  for (const component of changed) {
    changed.delete(component);
    if (component.removed) continue;
    draw(component);
    arrange(hostOf(component));
  }
  finish();
}

function finish(): void {
  const due = justDrawn;
  justDrawn = [];
  due.forEach(runEffects);
}

function draw(self: Drawn, before: Props = {}): void {
  const { type, props } = self.element;
  const { node } = self;
  if (typeof type === "function") {
    beginHooks(self);
    drawChildren(self, type(props));
    justDrawn.push(self.hooks);
  } else if (type === textType) node!.textContent = props.children as string;
  else {
    drawChildren(self, props.children);
    for (const name in { ...before, ...props }) {
      // A field's value changes without us.
      if (props[name] !== before[name] || name === "value") setProperty(node as Settable, name, props[name]);
    }
    arrange(self);
  }
}

function drawChildren(parent: Drawn, content: Child): void {
  const before = new Map(parent.children);
  const after = new Map<string | number, Drawn>();
  (Array.isArray(content) ? content : [content]).forEach((child: Child, index) => {
    const element = asElement(child);
    const key = element.key === undefined ? index : `${element.key}`;
    const known = before.get(key);
    if (known?.element.type === element.type) {
      before.delete(key);
      after.set(key, known);
      const { props } = known.element;
      if (known.element === element) return;
      known.element = element;
      draw(known, props);
    } else {
      const made = drawn(element, parent, nodeFor(element, hostOf(parent)));
      after.set(key, made);
      draw(made);
    }
  });
  parent.children = after;
  for (const gone of before.values()) remove(gone);
}

function nodeFor({ type }: Element, host: Drawn): Node | undefined {
  if (typeof type === "function") return undefined;
  if (type === textType) return document.createTextNode("");
  const { namespaceURI } = host.node as HTMLElement;
  return document.createElementNS(type === "svg" ? "http://www.w3.org/2000/svg" : namespaceURI, type);
}

type Settable = HTMLElement & { [property: string]: unknown };

function setProperty(node: Settable, name: string, value: unknown): void {
  if (name === "children") return;
  if (name === "ref") (value as { current: unknown }).current = node;
  else if (name === "value") {
    if (node[name] !== value) node[name] = value;
  } else if (name.startsWith("on")) node[name.toLowerCase()] = value ?? null;
  // `aria-expanded="false"` says something, `disabled="false"` would say the contrary.
  else if (value === null || value === undefined || (value === false && name[4] !== "-")) node.removeAttribute(name);
  else node.setAttribute(name, `${value}`);
}

/** Puts the nodes of an element's children in order, and touches none that is in its place. */
function arrange({ node, children }: Drawn): void {
  let next = node!.firstChild;
  for (const each of nodesOf(children)) {
    if (each === next) next = next.nextSibling;
    else node!.insertBefore(each, next);
  }
}

function nodesOf(children: Drawn["children"]): readonly Node[] {
  return [...children.values()].flatMap((child) => child.node ?? nodesOf(child.children));
}

/** The element or root whose node contains this component's nodes. */
function hostOf(self: Drawn): Drawn {
  return self.node === undefined ? hostOf(self.parent!) : self;
}

/** @param detach false inside of something that is taken off the page as a whole */
function remove(self: Drawn, detach = true): void {
  self.removed = true;
  self.hooks.forEach(endEffect);
  for (const child of self.children.values()) remove(child, detach && self.node === undefined);
  if (detach) self.node?.parentNode?.removeChild(self.node);
}
