/** As the API's schema of a lead takes them (`Lead` of the contracts), which no page of a visitor carries. */

export function isEmail(text: string): boolean {
  return text.length <= 254 && /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)*\.[^\s@.]{2,}$/.test(text);
}

export function isPhone(text: string): boolean {
  return /^[+()\d][\d ()./-]{4,29}$/.test(text);
}
