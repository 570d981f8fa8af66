import type { AnchorHTMLAttributes, ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type Route, routeOf } from "./routes.ts";

/** Answers whether the page may be left for another; the settings ask about unsaved changes. */
type LeaveGuard = (to: Route) => boolean;

const listeners = new Set<() => void>();
const guards = new Set<LeaveGuard>();
let shown = location.href;

/** Goes to a path of the dashboard without loading a page. */
export function navigate(href: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  const to = new URL(href, location.href);
  if (to.pathname !== location.pathname && !mayLeaveFor(to)) return;
  if (replace) history.replaceState(null, "", href);
  else history.pushState(null, "", href);
  announce();
}

function mayLeaveFor(to: URL): boolean {
  return [...guards].every((mayLeave) => mayLeave(routeOf(to)));
}

/** Asks before the page is left, by a link, the back button or the browser itself. Returns how to stop asking. */
export function guardLeaving(mayLeave: LeaveGuard, isDirty: () => boolean): () => void {
  const beforeUnload = (event: BeforeUnloadEvent): void => {
    if (isDirty()) event.preventDefault();
  };
  guards.add(mayLeave);
  addEventListener("beforeunload", beforeUnload);
  return () => {
    guards.delete(mayLeave);
    removeEventListener("beforeunload", beforeUnload);
  };
}

/** The current route; the component is drawn again when it changes. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(new URL(location.href)));
  useEffect(() => {
    const update = (): void => setRoute(routeOf(new URL(location.href)));
    listeners.add(update);
    return () => {
      listeners.delete(update);
    };
  }, []);
  return route;
}

interface LinkProps
  extends Pick<
    AnchorHTMLAttributes<HTMLAnchorElement>,
    "aria-label" | "aria-current" | "tabIndex" | "draggable" | "onFocus"
  > {
  readonly href: string;
  readonly class?: string;
  readonly replace?: boolean;
  /** Called after the link was followed within the page. */
  readonly onFollow?: () => void;
  readonly children: ComponentChildren;
}

/** An ordinary link that stays within the page; a new tab and the middle button work as everywhere. */
export function Link({ href, replace = false, class: className = "", onFollow, children, ...rest }: LinkProps) {
  const follow = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(href, { replace });
    onFollow?.();
  };
  return (
    <a {...rest} class={className} href={href} onClick={follow}>
      {children}
    </a>
  );
}

function announce(): void {
  shown = location.href;
  for (const listener of [...listeners]) listener();
}

addEventListener("popstate", () => {
  if (!mayLeaveFor(new URL(location.href))) {
    history.pushState(null, "", shown);
    return;
  }
  announce();
});
