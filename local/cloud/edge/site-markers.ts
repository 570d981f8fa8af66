/** How the CDK wants the deploy-time values of one source substituted (`SourceMarkersConfig`). */
export interface MarkerConfig {
  /** Values stand inside JSON strings and are escaped for them. */
  readonly jsonEscape?: boolean;
}

/**
 * Puts deploy-time values into a file. A marker is a text like `<<marker:0xbaba:1>>` that the CDK wrote at synthesis
 * where a token stood.
 */
export function replaceMarkers(
  content: Buffer,
  markers: Readonly<Record<string, unknown>>,
  config: MarkerConfig,
): Buffer {
  const entries = Object.entries(markers);
  // Binary files never carry markers; decoding them as text would damage them.
  if (!entries.some(([marker]) => content.includes(marker))) return content;
  let text = content.toString("utf8");
  for (const [marker, value] of entries) text = text.split(marker).join(spell(value, config));
  return Buffer.from(text);
}

function spell(value: unknown, { jsonEscape }: MarkerConfig): string {
  if (typeof value !== "string") return typeof value === "object" ? JSON.stringify(value) : String(value);
  return jsonEscape ? JSON.stringify(value).slice(1, -1) : value;
}
