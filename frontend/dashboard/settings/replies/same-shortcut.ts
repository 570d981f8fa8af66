/** As the store compares them: whatever the case, and however accents are typed. */
export function isSameShortcut(one: string, other: string): boolean {
  return one.normalize("NFC").toLowerCase() === other.normalize("NFC").toLowerCase();
}
