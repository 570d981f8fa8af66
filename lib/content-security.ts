/** The surfaces of the site, each with what its pages may load and who may frame them. */
export type Surface = "dashboard" | "portal" | "widget";

/**
 * The Content-Security-Policy of a surface. Scripts and styles come from files of ours alone: no inline code, no
 * foreign host. Owners' logos may come from any HTTPS address.
 *
 * @param connectTo Origins that its pages fetch from besides their own.
 */
export function contentSecurityPolicy(surface: Surface, connectTo: readonly string[] = []): string {
  const directives = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' https: data:",
    // 'self' does not cover WebSockets in Safari before 15.4.
    "connect-src": ["'self'", "wss:", ...connectTo].join(" "),
    "frame-ancestors": surface === "widget" ? "*" : "'none'",
    "form-action": "'none'",
    "base-uri": "'none'",
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}
