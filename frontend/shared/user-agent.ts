/** What a user agent says of itself, as far as an agent can use it to help somebody. */
export interface Device {
  readonly browser?: string;
  readonly system?: string;
}

/** First match wins: browsers name those they descend from, so the particular ones stand first. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\/(\d+)|\bEdgiOS\/(\d+)/, "Edge"],
  [/\bOPR\/(\d+)/, "Opera"],
  [/\bSamsungBrowser\/(\d+)/, "Samsung Internet"],
  [/\bFirefox\/(\d+)|\bFxiOS\/(\d+)/, "Firefox"],
  [/\bChrome\/(\d+)|\bCriOS\/(\d+)/, "Chrome"],
  [/\bVersion\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari\//, "Safari"],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone OS (\d+)/, "iOS"],
  [/\biPad\b.*?\bOS (\d+)/, "iPadOS"],
  [/\bAndroid (\d+)/, "Android"],
  [/\bWindows NT/, "Windows"],
  [/\bMac OS X/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];

/** Reads browser and operating system; an unknown one stays out. Versions of Windows and macOS are frozen by browsers. */
export function deviceOf(userAgent: string): Device {
  const browser = nameIn(userAgent, browsers);
  const system = nameIn(userAgent, systems);
  return { ...(browser === undefined ? {} : { browser }), ...(system === undefined ? {} : { system }) };
}

function nameIn(userAgent: string, known: readonly (readonly [RegExp, string])[]): string | undefined {
  for (const [pattern, name] of known) {
    const match = pattern.exec(userAgent);
    if (match === null) continue;
    const version = match.slice(1).find((group) => group !== undefined);
    return version === undefined ? name : `${name} ${version}`;
  }
  return undefined;
}
