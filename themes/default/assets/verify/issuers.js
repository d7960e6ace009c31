// Who signs: the keys that an issuer publishes, found from its own name and from nowhere else.

import { textOf } from "./bytes.js";
import { Fault, hostOf, webHostOf } from "./fault.js";
import { keyFromJwk, keyOfDid, keyOfMethod, sameKey } from "./keys.js";
import { momentOf } from "./moments.js";
import { isObject, listed, readJson } from "./strict_json.js";

const HOST = /^(?=.{1,253}(:|$))([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?(:\d{1,5})?$/;
const SEGMENT = /^(?!\.{1,2}$)([A-Za-z0-9._-]|%[0-9A-Fa-f]{2})+$/;

const fault = (say, values = {}) => new Fault(say, values, { code: "key" });
const another = (say, values) => new Fault(say, values, { code: "issuer", step: "issuer" });

/** The address of a did:web's document (did:web, section 3.2); a Fault if the DID is none that could be asked. */
export function addressOfDid(did) {
  const [host, ...path] = did.slice("did:web:".length).split(":");
  const named = host.replace(/%3a/i, ":");
  if (!HOST.test(named) || !path.every((part) => SEGMENT.test(part))) throw fault("issuer-unknown", { name: did });
  return `https://${named}/${path.length ? path.join("/") : ".well-known"}/did.json`;
}

/** The id of the issuer that a document names, whole or by its id alone. */
export const issuerIdOf = ({ issuer }) => String((isObject(issuer) ? issuer.id : issuer) ?? "");

/** The host that an issuer's id names, as a web address or a did:web; nothing for any other. */
export function hostOfIssuer(id) {
  if (!id.startsWith("did:web:")) return webHostOf(id);
  try {
    return hostOf(addressOfDid(id.split("#")[0]));
  } catch {
    return "";
  }
}

/** A JSON object at an address; `code` is that of a Fault if something else lies there. */
export async function readDocument(reader, address, code = "key") {
  const data = await reader.read(address);
  try {
    const document = readJson(textOf(data));
    if (isObject(document)) return document;
  } catch {
    // said below
  }
  throw new Fault("document-damaged", { address }, { code });
}

/**
 * The key by which `issuer` signs, named `name` (a DID URL, a web address, or what the key is called in the issuer's
 * own document), and the domain that publishes it, which is empty where the issuer is nothing but its key. `embedded`
 * is a key that came along: it counts only if the issuer publishes it. `stray` is said of a key on the issuer's host
 * that the issuer's own document does not name.
 */
export async function findKey(bench, issuer, name, embedded) {
  const short = name !== undefined && !String(name).includes(":");
  const whole = short ? `${issuer}#${String(name).replace(/^#/, "")}` : name;
  const controller = String(whole ?? issuer).split("#")[0];
  if (whole === undefined && embedded === undefined) throw fault("key-unnamed");
  if (/^did:(key|jwk):/.test(issuer)) {
    if (controller !== issuer) throw another("key-elsewhere", { name: controller });
    return { key: keyOfDid(whole ?? `${issuer}#${issuer.startsWith("did:jwk:") ? "0" : issuer.slice(8)}`), domain: "" };
  }
  if (controller !== issuer && !isBeside(controller, issuer)) throw another("key-elsewhere", { name: controller });
  const found = await publishedBy(bench, controller, issuer, whole, embedded);
  return controller === issuer || (await isNamed(bench, issuer, whole)) ? found : { ...found, stray: true };
}

async function publishedBy(bench, controller, issuer, whole, embedded) {
  if (controller.startsWith("did:web:")) return published(bench, addressOfDid(controller), issuer, whole, embedded);
  if (controller.startsWith("https://")) return published(bench, controller, issuer, whole, embedded);
  if (/^did:/.test(issuer)) throw new Fault("did-unknown", { name: issuer }, { code: "key", outcome: "unchecked" });
  throw fault("issuer-unknown", { name: issuer });
}

// An issuer that is a web address may have its key beside it, in a document of its own on the same host. As anybody may
// be who stores a file there, the issuer's own document must name the key, as the key names the issuer.
function isBeside(controller, issuer) {
  return issuer.startsWith("https://") && controller.startsWith("https://") && hostOf(controller) === hostOf(issuer);
}

async function isNamed({ reader }, issuer, name) {
  try {
    const document = await readDocument(reader, issuer);
    const named = [...listed(document.assertionMethod), ...listed(document.publicKey)];
    return document.id === issuer && named.some((each) => (isObject(each) ? each.id : each) === name);
  } catch {
    return false;
  }
}

async function published({ reader, now }, address, issuer, name, embedded) {
  const document = await readDocument(reader, address);
  const domain = hostOf(address);
  const single = alone(document, name, issuer);
  const base = issuer.startsWith("did:") ? issuer : address;
  if (!single && document.id !== base) throw another("key-of-another", { domain });
  const method = single ?? listedMethod(document, base, name, embedded);
  if (!method) throw fault("key-not-published", { domain });
  if (method.controller !== issuer) throw another("key-of-another", { domain });
  for (const end of ["revoked", "expires"]) {
    if (method[end] && !isLater(method[end], now)) throw fault("key-ended", { domain });
  }
  return { key: keyOfMethod(method), domain, address };
}

function isLater(text, now) {
  try {
    return momentOf(text, "") > now;
  } catch {
    return false; // an end that nobody can read is none to pass over
  }
}

// A document that is one key: a bare JWK names nobody, and is of whoever serves it.
function alone(document, name, issuer) {
  if (document.kty) return { controller: issuer, publicKeyJwk: document };
  const single = document.publicKeyMultibase || document.publicKeyJwk || document.publicKeyPem;
  return single && document.id === name ? { ...document, controller: document.controller ?? document.owner } : null;
}

// The methods that may sign statements are those in assertionMethod, whole or by name.
function listedMethod(document, base, name, embedded) {
  const whole = (each) => (typeof each === "string" && each.startsWith("#") ? base + each : each);
  const described = [...listed(document.verificationMethod), ...listed(document.assertionMethod)].filter(isObject);
  const asserted = listed(document.assertionMethod).map((each) => whole(isObject(each) ? each.id : each));
  const known = name === undefined ? keyFromJwk(embedded) : null;
  const methods = described.filter((method) => asserted.includes(whole(method.id)));
  return methods.find((method) => (known ? isSame(method, known) : whole(method.id) === name));
}

function isSame(method, known) {
  try {
    return sameKey(keyOfMethod(method), known);
  } catch {
    return false; // a key of a kind that is not read here
  }
}

/**
 * Tell who publishes the key, by domain, before any name that the issuer gives itself; and how that host stands to the
 * issuer's own web site. There is no list of who may register a name below which, so nothing more is said of them.
 */
export function checkIssuer(findings, { domain, stray }, site) {
  if (stray) findings.add("issuer", "unchecked", "key-stray", { domain }, { code: "domain" });
  else if (!domain) findings.add("issuer", "unchecked", "issuer-is-key", {}, { code: "domain" });
  else {
    const host = webHostOf(site);
    const [own, other] = [bare(host), bare(domain)];
    const say = standing(domain, host, own, other);
    findings.passed("issuer", say, { domain, site: host, name: say === "issuer-name-below" ? own : other });
  }
}

const bare = (host) => host.replace(/^www\.(?=.*\.)/, ""); // by custom the same site

/** Whether two hosts are one site. */
export const isOneSite = (one, other) => bare(one) === bare(other);

/** Whether two hosts are the same site, or one is a name below the other. */
export function isBelow(one, other) {
  const [a, b] = [bare(one), bare(other)];
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
}

function standing(domain, site, own, other) {
  if (!site) return "issuer-domain";
  if (site === domain) return "issuer-same-host";
  if (own === other) return "issuer-same-name";
  if (domain.endsWith(`.${own}`)) return "issuer-name-below";
  if (site.endsWith(`.${other}`)) return "issuer-site-below";
  return "issuer-other-domain";
}
