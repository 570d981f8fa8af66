import { describe, expect, it } from "vitest";
import { safeLink } from "../../frontend/dashboard/inbox/context/safe-link.ts";
import { countryName, flagOf } from "../../frontend/shared/country.ts";
import { deviceOf } from "../../frontend/shared/user-agent.ts";

describe("the device of a visitor", () => {
  it.each([
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
      "Chrome 141",
      "Windows",
    ],
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
      "Edge 141",
      "Windows",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15",
      "Safari 18",
      "macOS",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1",
      "Safari 18",
      "iOS 18",
    ],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox 143", "Linux"],
    [
      "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
      "Chrome 141",
      "Android 15",
    ],
  ])("is read from %s", (userAgent, browser, system) => {
    expect(deviceOf(userAgent)).toEqual({ browser, system });
  });

  it("stays unknown rather than wrong", () => {
    expect(deviceOf("curl/8.5.0")).toEqual({});
  });
});

describe("the country of a visitor", () => {
  it("has a flag and a name in the viewer's language", () => {
    expect(flagOf("DE")).toBe("🇩🇪");
    expect(countryName("DE", "en")).toBe("Germany");
    expect(countryName("DE", "de")).toBe("Deutschland");
  });

  it("is shown as it came when it is no code", () => {
    expect(flagOf("T1")).toBeUndefined();
    expect(countryName("T1", "en")).toBe("T1");
  });
});

describe("a visitor's address", () => {
  it("is a link when it is one of the web", () => {
    expect(safeLink("https://shop.example/cart?utm=1")).toEqual({
      href: "https://shop.example/cart?utm=1",
      label: "shop.example/cart",
    });
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "not an address"])(
    "is no link when it is %s",
    (address) => {
      expect(safeLink(address)).toBeUndefined();
    },
  );
});
