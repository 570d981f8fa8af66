import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attachmentTypes } from "../../lambdas/contracts/limits.ts";
import { safeFileName } from "../../lambdas/domain/file-name.ts";

describe("the name of a file", () => {
  it.each([
    ["parcel.png", "image/png", "parcel.png"],
    ["Foto vom Päckchen 📦.JPG", "image/jpeg", "Foto vom Päckchen 📦.JPG"],
    ["invoice.exe", "application/pdf", "invoice.exe.pdf"],
    ["photo", "image/jpeg", "photo.jpg"],
    ["../../etc/passwd", "text/plain", "_.._etc_passwd.txt"],
    ["C:\\temp\\a.txt", "text/plain", "C__temp_a.txt"],
    ["cod\u202egnp.exe", "image/png", "codgnp.exe.png"],
    ['a"; filename="evil.html', "text/csv", "a_; filename=_evil.html.csv"],
    ["a\r\nSet-Cookie: x=1.png", "image/png", "aSet-Cookie_ x=1.png"],
    [".htaccess", "text/plain", "htaccess.txt"],
    ["\u200b\u202e", "application/zip", "file.zip"],
    ["archive.tar.zip", "application/zip", "archive.tar.zip"],
  ])("%j of type %s is kept as %j", (name, type, kept) => {
    expect(safeFileName(name, type)).toBe(kept);
  });

  it("has at most 120 characters, and its ending among them", () => {
    const kept = safeFileName(`${"ä".repeat(300)}.pdf`, "application/pdf");
    expect(Array.from(kept)).toHaveLength(120);
    expect(kept).toMatch(/\.pdf$/);
  });

  it("never has what breaks a header, a path or the eye, whatever was sent", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), fc.constantFrom(...attachmentTypes), (name, type) => {
        const kept = safeFileName(name, type);
        expect(kept).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\\/"<>|:*?]/u);
        expect(kept).toMatch(/^[^.].*\.[a-z0-9]+$/iu);
        expect(Array.from(kept).length).toBeLessThanOrEqual(120);
        expect(safeFileName(kept, type)).toBe(kept);
      }),
    );
  });
});
