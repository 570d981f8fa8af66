const types = {
  csv: "text/csv;charset=utf-8",
  html: "text/html;charset=utf-8",
  json: "application/json",
} as const;

/** Offers a text as a download. */
export function saveFile(name: string, text: string, format: keyof typeof types): void {
  const address = URL.createObjectURL(new Blob([text], { type: types[format] }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${name}.${format}`;
  link.click();
  // The browser has taken hold of it by the next task.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
