/** One call of a hook in a component; they are known by their order. */
export interface Hook {
  value?: unknown;
  change?: (value: never) => void;
  dependencies?: readonly unknown[] | undefined;
  /** To be run once the page is changed. */
  effect?: (() => unknown) | undefined;
  /** What the effect returned. */
  end?: unknown;
}

/** The component that is being drawn. */
export interface Hooked {
  readonly hooks: Hook[];
  redraw(): void;
}

let component: Hooked;
let calls: number;

/** Hooks that are called from now on are those of this component. */
export function beginHooks(of: Hooked): void {
  component = of;
  calls = 0;
}

function nextHook(): Hook {
  const hook = component.hooks[calls] ?? {};
  component.hooks[calls++] = hook;
  return hook;
}

/** Runs the effects that are due, each after the end of the one before it. */
export function runEffects(hooks: readonly Hook[]): void {
  for (const hook of hooks) {
    const { effect } = hook;
    if (effect === undefined) continue;
    hook.effect = undefined;
    endEffect(hook);
    hook.end = effect();
  }
}

export function endEffect({ end }: Hook): void {
  if (typeof end === "function") end();
}

type Change<T> = (value: T | ((before: T) => T)) => void;

export function useState<T>(initial: T | (() => T)): [T, Change<T>] {
  const { redraw } = component;
  const hook = nextHook();
  const settled = (value: unknown) => (typeof value === "function" ? value(hook.value) : value);
  if (hook.change === undefined) {
    hook.value = settled(initial);
    hook.change = (value) => {
      const before = hook.value;
      hook.value = settled(value);
      if (hook.value !== before) redraw();
    };
  }
  return [hook.value as T, hook.change as Change<T>];
}

export function useRef<T>(current: T): { current: T } {
  return useState(() => ({ current }))[0];
}

let ids = 0;

export function useId(): string {
  return useState(() => `id${++ids}`)[0];
}

/** Runs `effect` after the page was changed and before it is painted, if one of `dependencies` is another than before. */
export function useLayoutEffect(effect: () => unknown, dependencies?: readonly unknown[]): void {
  const hook = nextHook();
  const before = hook.dependencies;
  hook.dependencies = dependencies;
  if (before === undefined || dependencies?.some((each, at) => each !== before[at]) !== false) hook.effect = effect;
}

/** Nothing in the panel is slow enough to wait for the paint. */
export const useEffect: typeof useLayoutEffect = useLayoutEffect;
