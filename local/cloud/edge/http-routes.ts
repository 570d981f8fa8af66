import type { ExecuteRoute } from "./execute-api.ts";

export interface MatchedRoute {
  readonly route: ExecuteRoute;
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
}

/**
 * The most specific route for a request: a full match before a greedy one before `$default`, and a named method before
 * `ANY` ("Routes for HTTP APIs in API Gateway").
 */
export function matchRoute(routes: readonly ExecuteRoute[], method: string, path: string): MatchedRoute | undefined {
  let best: { match: MatchedRoute; rank: string } | undefined;
  for (const route of routes) {
    const [routeMethod = "", routePath] = route.key.split(" ");
    if (!routePath || (routeMethod !== "ANY" && routeMethod !== method)) continue;
    const found = matchPath(routePath, path);
    if (!found) continue;
    const rank = `${found.rank}${routeMethod === "ANY" ? "1" : "0"}`;
    if (best && best.rank <= rank) continue;
    const named = Object.keys(found.parameters).length > 0;
    best = { match: { route, pathParameters: named ? found.parameters : undefined }, rank };
  }
  if (best) return best.match;
  const fallback = routes.find((route) => route.key === "$default");
  return fallback && { route: fallback, pathParameters: undefined };
}

/** One digit per segment: 0 literal, 1 variable, 2 greedy; the lexically smallest rank is the most specific. */
function matchPath(pattern: string, path: string): { rank: string; parameters: Record<string, string> } | undefined {
  const wanted = segments(pattern);
  const given = segments(path);
  const parameters: Record<string, string> = {};
  let rank = "";
  for (const [index, segment] of wanted.entries()) {
    const [, name, greedy] = /^\{([^}+]+)(\+?)\}$/.exec(segment) ?? [];
    const value = given[index];
    if (value === undefined) return undefined;
    if (name && greedy) {
      parameters[name] = decode(given.slice(index).join("/"));
      return { rank: `${rank}2`, parameters };
    }
    if (name) {
      if (value === "") return undefined;
      parameters[name] = decode(value);
    } else if (segment !== value) return undefined;
    rank += name ? "1" : "0";
  }
  return given.length === wanted.length ? { rank, parameters } : undefined;
}

function segments(path: string): string[] {
  return path.replace(/^\//, "").split("/");
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
