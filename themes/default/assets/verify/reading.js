// Reading files of the web, and remembering which. Nothing is read but what a badge, or the visitor, has named.

import { gathered, LIMIT, sha256 } from "./bytes.js";
import { Unread } from "./fault.js";

const PATIENCE = 20_000; // milliseconds for a file
const MOST = 50; // files for a badge
const PRIVATE = /^(localhost|.*\.(localhost|local|internal|lan|home)|\[.*\]|[\d.]+|[^.]+)\.?$/;

/**
 * Reads each address once. `site` says where this site is: `base`, the address it was made for, and `root`, where
 * this page was read. Files of the site are read below `root`, so that a copy elsewhere can be tried out; `borrowed`
 * then tells that they came from another place than their own.
 */
export class Reader {
  constructor(site, clock = () => new Date()) {
    Object.assign(this, { site, clock, files: [], asked: new Map() });
  }

  get borrowed() {
    return this.files.some((file) => file.borrowed);
  }

  /**
   * The bytes at an address, without its fragment; an Unread error says why there are none. Another host, to which the
   * first one sends us, does not speak for it.
   */
  async read(address) {
    const { data, there } = await this.readAnywhere(address);
    if (there) throw new Unread(address, "moved", there);
    return data;
  }

  /** The same from whatever host it came, `there` if from another, and the `place` at which it was found. */
  readAnywhere(address) {
    const whole = String(address).split("#")[0];
    if (!this.asked.has(whole)) this.asked.set(whole, this.ask(whole));
    return this.asked.get(whole);
  }

  async ask(address) {
    const place = this.placeOf(address);
    if (this.asked.size > MOST || hasDots(address)) throw new Unread(address, "refused");
    const own = place.startsWith(this.site.root);
    if (!own && !isPublic(place)) throw new Unread(address, "refused");
    const response = await this.response(address, place, own);
    if (response.status === 404 || response.status === 410) {
      throw new Unread(address, response.status === 410 ? "gone" : "missing");
    }
    if (!response.ok || !response.body) throw new Unread(address, "unreachable");
    const data = await this.body(address, response);
    const found = response.url.split("#")[0];
    const facts = { size: data.length, moment: this.clock(), digest: await sha256(data) };
    this.files.push({ address, place: found, borrowed: place !== address, ...facts });
    if (!found.startsWith(this.site.root) && !isPublic(found)) throw new Unread(address, "refused");
    const [asked, host] = [place, found].map((each) => new URL(each).host);
    return { data, place: found, there: host === asked ? "" : host };
  }

  async response(address, place, own) {
    if (!own && !navigator.onLine) throw new Unread(address, "offline");
    try {
      return await fetch(place, {
        cache: "no-store",
        credentials: own ? "same-origin" : "omit",
        referrerPolicy: "no-referrer",
        signal: AbortSignal.timeout(PATIENCE),
      });
    } catch {
      throw new Unread(address, navigator.onLine ? "unreachable" : "offline");
    }
  }

  async body(address, response) {
    try {
      return await gathered(response.body, LIMIT);
    } catch (error) {
      throw new Unread(address, error instanceof RangeError ? "large" : "unreachable");
    }
  }

  /** Where a file is read: below this copy of the site if it is one of the site's, and never beside it. */
  placeOf(address) {
    const { base, root } = this.site;
    if (!address.startsWith(base)) return address;
    const place = new URL(root + address.slice(base.length)).href;
    if (!place.startsWith(root)) throw new Unread(address, "refused");
    return place;
  }

  /** The address that a file has in the site this page is of, if it was read below this copy of it. */
  addressOf(place) {
    const { base, root } = this.site;
    return place.startsWith(root) ? base + place.slice(root.length) : place;
  }
}

// A path that goes back by dots, also in percent-encoding, shows another place than it means: a browser resolves it,
// and servers differ in when they decode.
function hasDots(address) {
  let [path] = address.split(/[?#]/);
  for (let depth = 0; depth < 3; depth++) {
    if (path.split(/[/\\]/).some((part) => [".", ".."].includes(part.split(";")[0].trim()))) return true;
    path = path.replace(/%([0-7][0-9a-f])/gi, (_, code) => String.fromCharCode(parseInt(code, 16)));
  }
  return false;
}

// A badge must not make the visitor's browser knock at machines of the visitor's own network.
function isPublic(place) {
  try {
    const { protocol, hostname, username, password } = new URL(place);
    return protocol === "https:" && !username && !password && !PRIVATE.test(hostname);
  } catch {
    return false;
  }
}
