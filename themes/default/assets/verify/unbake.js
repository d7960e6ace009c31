// Badges out of pictures: PNG text chunks and SVG elements of both standards (OB 2.0 Baking; OB 3.0, section 5.3).

import { expanded, textOf } from "./bytes.js";
import { Fault } from "./fault.js";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const KEYWORDS = { openbadges: "ob2", openbadgecredential: "ob3" };
const ELEMENTS = [
  ["ob2", "http://openbadges.org", "assertion"],
  ["ob3", "https://purl.imsglobal.org/ob/v3p0", "credential"],
];
const MOST_ASIDES = 10_000;
const TEXT_LIMIT = 4 * 1024 * 1024;
const PICTURE_FACTS = 13; // bytes of IHDR
const latin = new TextDecoder("latin1");

const several = () => new Fault("several", {}, { code: "several" });
const damaged = () => new Fault("picture-damaged", {}, { code: "unreadable" });

export const isPng = (bytes) => SIGNATURE.every((byte, at) => bytes[at] === byte);

/** Whether markup has so many comments and the like that a browser, which is slow at them, would stand still. */
export function isCluttered(text) {
  let count = 0;
  for (const _ of text.matchAll(/<[!?]|<\/[^a-z]/gi)) if (++count > MOST_ASIDES) return true;
  return false;
}

export const isMarkup = (text) => text.trimStart().startsWith("<");

/** The badges in a PNG, as standard and text, in file order; a Fault if it is damaged. */
export async function fromPng(bytes) {
  const found = [];
  for (const { kind, data, whole } of chunks(bytes)) {
    const end = data.indexOf(0);
    const keyword = end < 0 ? "" : latin.decode(data.subarray(0, end));
    if (!["iTXt", "tEXt", "zTXt"].includes(kind) || !Object.hasOwn(KEYWORDS, keyword)) continue;
    if (checksum(whole.subarray(4, -4)) !== numberAt(whole, whole.length - 4)) throw damaged();
    const standard = KEYWORDS[keyword];
    if (found.some((each) => each.standard === standard)) throw several(); // before any more of them is expanded
    found.push({ standard, text: await chunkText(kind, data.subarray(end + 1)) });
  }
  return found;
}

function* chunks(bytes) {
  let at = SIGNATURE.length;
  for (let kind = ""; kind !== "IEND"; ) {
    if (at + 12 > bytes.length) throw damaged();
    const end = at + 12 + numberAt(bytes, at);
    kind = latin.decode(bytes.subarray(at + 4, at + 8));
    if (end > bytes.length) throw damaged();
    if (at === SIGNATURE.length && (kind !== "IHDR" || end - at !== 12 + PICTURE_FACTS)) throw damaged();
    yield { kind, data: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) };
    at = end;
  }
}

async function chunkText(kind, rest) {
  try {
    if (kind === "tEXt") return textOf(rest);
    if (kind === "zTXt") return textOf(await inflated(rest[0], rest.subarray(1)));
    const language = rest.indexOf(0, 2);
    const translated = rest.indexOf(0, language + 1);
    if (language < 0 || translated < 0 || rest[0] > 1) throw damaged();
    const text = rest.subarray(translated + 1);
    return textOf(rest[0] === 0 ? text : await inflated(rest[1], text));
  } catch (error) {
    throw error instanceof RangeError ? new Fault("too-large", {}, { code: "unreadable" }) : damaged();
  }
}

async function inflated(method, data) {
  if (method !== 0) throw damaged();
  return expanded(data, "deflate", TEXT_LIMIT);
}

const numberAt = (bytes, at) => new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0);

// CRC-32 of a chunk (PNG specification, section 5.5).
function checksum(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

/**
 * The badges in an SVG, as standard and text. It is parsed into a document that is never shown: nothing in it runs or
 * loads. Entities are refused, for a few of them can expand to a flood. `beside` is what the element names besides.
 */
export function fromSvg(text) {
  if (/<!ENTITY/i.test(text) || isCluttered(text)) throw damaged();
  const picture = new DOMParser().parseFromString(text, "image/svg+xml");
  if (picture.querySelector("parsererror") || picture.documentElement.localName !== "svg") throw damaged();
  const found = ELEMENTS.flatMap(([standard, space, name]) =>
    Array.from(picture.getElementsByTagNameNS(space, name), (element) => ({ standard, element })),
  );
  if (found.length > ELEMENTS.length) throw several(); // before each is held against all others
  const elements = found.map(({ element }) => element);
  if (elements.some((outer) => elements.some((inner) => inner !== outer && outer.contains(inner)))) throw several();
  return found.map(({ standard, element }) => {
    const [body, named] = [bodyOf(element), (element.getAttribute("verify") ?? "").trim()];
    return { standard, text: body || named, beside: body && named };
  });
}

// What stands in CDATA sections counts, as blank text may stand around them.
function bodyOf(element) {
  const sections = [...element.childNodes].filter((node) => node.nodeType === Node.CDATA_SECTION_NODE);
  return sections.map((node) => node.data).join("") || element.textContent.trim();
}
