import { type LookupAddress, lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/**
 * Addresses that are not the public internet ("IANA IPv4 / IPv6 Special-Purpose Address Registry"): loopback, private,
 * link-local with the metadata service, carrier NAT, documentation, multicast, and IPv6 forms that embed IPv4.
 */
const special = new BlockList();
for (const range of [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
]) {
  const [net = "", bits = ""] = range.split("/");
  special.addSubnet(net, Number(bits), "ipv4");
}
/** Of IPv6 only global unicast is public; these parts of it are not. */
const globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");
const special6 = new BlockList();
for (const range of ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]) {
  const [net = "", bits = ""] = range.split("/");
  special6.addSubnet(net, Number(bits), "ipv6");
}

/** Whether a request of an owner's making may go there. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, "ipv4");
  if (family === 6) return globalUnicast.check(address, "ipv6") && !special6.check(address, "ipv6");
  return false;
}

export class ForbiddenAddress extends Error {
  constructor() {
    super("This address is not on the public internet.");
    this.name = "ForbiddenAddress";
  }
}

/**
 * Resolves a name for a connection and refuses it when any of its addresses is not public. It is the connection's own
 * look-up: the address that was checked is the one that is connected to, whatever the name answers next.
 */
export function guardedLookup(
  resolve: typeof lookup = lookup,
  isAllowed: (address: string) => boolean = isPublicAddress,
): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => {
      if (error) return callback(error, "");
      const first = found[0];
      if (first === undefined || !found.every(({ address }) => isAllowed(address))) {
        return callback(new ForbiddenAddress(), "");
      }
      if (options.all) return callback(null, found);
      callback(null, first.address, first.family);
    });
  };
}
