// Who signs: the keys that an issuer publishes, found from its own name and from nowhere else.

import { textOf } from "./bytes.js";
import { Fault, hostOf } from "./fault.js";
import { keyFromJwk, keyOfDid, keyOfMethod, sameKey } from "./keys.js";
import { isObject, listed, readJson } from "./strict_json.js";

const fault = (say, values = {}) => new Fault(say, values, { code: "key" });

/** The address of a did:web's document (did:web, section 3.2); a Fault if the DID is none that could be asked. */
export function addressOfDid(did) {
  try {
    const [host, ...path] = did.slice("did:web:".length).split(":").map(decodeURIComponent);
    const sound = host && path.every((part) => part && !/^\.|[/\\?#]/.test(part));
    const { protocol, host: named } = new URL(`https://${host}`);
    if (!sound || protocol !== "https:" || named !== host) throw new TypeError("not a did:web");
    return `https://${host}/${path.length ? path.join("/") : ".well-known"}/did.json`;
  } catch {
    throw fault("issuer-unknown", { name: did });
  }
}

/** The id of the issuer that a document names, whole or by its id alone. */
export const issuerIdOf = ({ issuer }) => String((isObject(issuer) ? issuer.id : issuer) ?? "");

/** A JSON object at an address. */
export async function readDocument(reader, address) {
  const data = await reader.read(address);
  try {
    const document = readJson(textOf(data));
    if (isObject(document)) return document;
  } catch {
    // said below
  }
  throw fault("document-damaged", { address });
}

/**
 * The key by which `issuer` signs, named `name` (a DID URL or web address), and the domain that publishes it, which is
 * empty where the issuer is nothing but its key. `embedded` is a key that came along: it counts only if published.
 */
export async function findKey(reader, issuer, name, embedded) {
  const [controller] = String(name ?? "").split("#");
  if (/^did:(key|jwk):/.test(issuer)) {
    if (controller !== issuer) throw fault("key-elsewhere", { name: String(name), issuer });
    return { key: keyOfDid(name), domain: "" };
  }
  if (issuer.startsWith("did:web:")) {
    if (name !== undefined && controller !== issuer) throw fault("key-elsewhere", { name: String(name), issuer });
    return ofDid(reader, issuer, name, embedded);
  }
  if (issuer.startsWith("https://")) return ofAddress(reader, issuer, String(name ?? ""));
  throw fault("issuer-unknown", { name: issuer });
}

async function ofDid(reader, did, name, embedded) {
  const address = addressOfDid(did);
  const document = await readDocument(reader, address);
  const domain = hostOf(address);
  if (document.id !== did) throw fault("key-not-published", { domain });
  const methods = methodsFor(document, did);
  const known = name === undefined && embedded ? keyFromJwk(embedded) : null;
  const method = methods.find((each) => (known ? sameKey(keyOfMethod(each), known) : each.id === name));
  if (!method) throw fault("key-not-published", { domain });
  return { key: keyOfMethod(method), domain, address };
}

// The methods that may sign statements: those in assertionMethod, whole or by name, which the issuer controls.
function methodsFor(document, did) {
  const whole = (name) => (typeof name === "string" && name.startsWith("#") ? did + name : name);
  const named = listed(document.verificationMethod).filter(isObject);
  return listed(document.assertionMethod)
    .map((each) => (isObject(each) ? each : named.find((method) => whole(method.id) === whole(each))))
    .filter((method) => method && method.controller === did)
    .map((method) => ({ ...method, id: whole(method.id) }));
}

// An issuer that is a web address: its key is a document of its own, on the same host, or in the issuer's document.
async function ofAddress(reader, issuer, name) {
  if (!name.startsWith("https://") || new URL(name).origin !== new URL(issuer).origin) {
    throw fault("key-elsewhere", { name, issuer });
  }
  const document = await readDocument(reader, name);
  const domain = hostOf(name);
  if (document.kty) return { key: keyFromJwk(document), domain, address: name };
  const inner = listed(document.verificationMethod).find((each) => isObject(each) && each.id === name);
  if (inner && !listed(document.assertionMethod).includes(name)) throw fault("key-not-published", { domain });
  const method = inner ?? document;
  if (method.controller !== issuer) throw fault("key-not-published", { domain });
  return { key: keyOfMethod(method), domain, address: name };
}

/**
 * Tell who publishes the key, by domain, before any name that the issuer gives itself; and whether that is the domain
 * of the issuer's own web site.
 */
export function checkIssuer(findings, domain, site) {
  if (!domain) {
    findings.add("issuer", "passed", "issuer-is-key");
    return;
  }
  const own = hostOf(site || "");
  if (!own) findings.passed("issuer", "issuer-domain", { domain });
  else if (related(domain, own)) findings.passed("issuer", "issuer-own-domain", { domain, site: own });
  else findings.passed("issuer", "issuer-other-domain", { domain, site: own });
}

function related(one, other) {
  const [a, b] = [one, other].map((host) => host.replace(/^www\./, ""));
  return a === b || (a.endsWith(`.${b}`) && b.includes(".")) || (b.endsWith(`.${a}`) && a.includes("."));
}
