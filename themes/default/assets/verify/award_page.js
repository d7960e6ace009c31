// The page of an award, for people: the documents of the award that its head names for software.
//
// A page proves nothing; it only says where the documents are. It is read as `badgesite verify` reads it.

import { isPage, readBadges } from "./badge.js";
import { Fault } from "./fault.js";
import { isCluttered } from "./unbake.js";

const MOST = 4; // documents that are read of one page
const HEAD = 64 * 1024; // bytes of a page in which its head is looked for
// What is no markup of the head, to its end or that of the text, so that nothing is gone through twice.
const ASIDE = /<!--[^]*?(?:-->|$)|<(script|style)(?=[\s/>])[^]*?(?:<\/\1(?=[\s/>])|$)/gi;
const END = /<\/head(?=[\s/>])|<body(?=[\s/>])/i;
const NO_HOST = /[\s%<>^|]/; // what stands in the name of none, although some browsers let it pass
const words = new TextDecoder();

/**
 * The badges in the file at an address, or in the documents that the page there names. Which host gives a file does not
 * matter, since each is only a copy of what is then verified.
 */
export async function badgesAt(reader, address) {
  const { data, place } = await reader.readAnywhere(address);
  const markup = words.decode(data.subarray(0, HEAD));
  if (!isPage(markup) || isCluttered(markup)) return readBadges(data);
  const documents = documentsOf(markup, reader.addressOf(place));
  if (!documents.length) throw new Fault("a-bare-page", {}, { code: "unreadable" });
  const badges = [];
  for (const each of documents) badges.push(...(await readBadges((await reader.readAnywhere(each)).data)));
  return badges.map((badge) => ({ ...badge, carrier: "page" }));
}

// The addresses that a page at `base` names, none twice. It is never shown: nothing in it runs or loads.
function documentsOf(markup, base) {
  const head = markup.replace(ASIDE, " ").split(END)[0];
  const links = [...new DOMParser().parseFromString(head, "text/html").querySelectorAll("link")].filter(isOfDocument);
  const named = links.map((link) => (link.getAttribute("href") ?? "").trim());
  const addresses = named.filter((href) => href && URL.canParse(href, base)).map((href) => new URL(href, base));
  const right = addresses.filter(({ hostname }) => !NO_HOST.test(hostname)).map(({ href }) => href);
  return [...new Set(right)].slice(0, MOST);
}

function isOfDocument(link) {
  const [type, rel] = ["type", "rel"].map((name) => (link.getAttribute(name) ?? "").toLowerCase());
  return type === "application/ld+json" && rel.split(/\s+/).includes("alternate");
}
