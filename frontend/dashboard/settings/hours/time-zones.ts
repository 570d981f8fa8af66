/** Choices that are shown at once: more would only have to be scrolled. */
const mostShown = 60;

const zones: readonly string[] = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

/** Names that the runtime lists under older ones, as people look for them. */
const alsoCalled: Readonly<Record<string, string>> = {
  "Asia/Calcutta": "Kolkata India",
  "Asia/Saigon": "Ho Chi Minh Vietnam",
  "Asia/Katmandu": "Kathmandu Nepal",
  "Asia/Rangoon": "Yangon Myanmar",
  "Europe/Kiev": "Kyiv Ukraine",
  "America/Buenos_Aires": "Argentina",
  "Europe/Berlin": "Germany Deutschland Frankfurt Munich",
  "Europe/London": "England UK Britain",
  "America/New_York": "Eastern Washington Boston Miami",
  "America/Chicago": "Central Dallas",
  "America/Denver": "Mountain",
  "America/Los_Angeles": "Pacific California Seattle San Francisco",
  "Asia/Tokyo": "Japan",
  "Asia/Shanghai": "China Beijing",
  "Asia/Dubai": "Emirates",
};

/** `Europe/Berlin` reads `Berlin, Europe` nowhere: people know the names as they are, with spaces. */
export function zoneName(zone: string): string {
  return zone.replaceAll("_", " ");
}

/** Zones whose name has every word of the text: those that begin with it first. Without a text the chosen and the viewer's own. */
export function findZones(text: string, chosen: string, all: readonly string[] = zones): readonly string[] {
  const words = text
    .toLowerCase()
    .split(/[\s/_]+/u)
    .filter((word) => word !== "");
  if (words.length === 0) {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return [...new Set([chosen, own, ...all])].slice(0, mostShown);
  }
  const rank = (zone: string): number => {
    const city = zone.slice(zone.lastIndexOf("/") + 1).toLowerCase();
    return city.startsWith(words[0] ?? "") ? 0 : 1;
  };
  return all
    .filter((zone) => {
      const searched = `${zoneName(zone)} ${alsoCalled[zone] ?? ""}`.toLowerCase();
      return words.every((word) => searched.includes(word));
    })
    .sort((one, other) => rank(one) - rank(other))
    .slice(0, mostShown);
}

/** `14:05 (GMT+2)`. */
export function timeIn(zone: string, locale: string, now: number): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "shortOffset",
  }).format(now);
}
