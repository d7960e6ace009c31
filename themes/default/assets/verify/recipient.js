// Whose badge it is: the visitor types an address, which is hashed here and sent nowhere.

import { bytesOf, sha256 } from "./bytes.js";
import { Fault } from "./fault.js";
import { isObject, listed } from "./strict_json.js";

const MOST_COMPARED = 400; // pairs of identities; nobody has twenty

/**
 * The identities by e-mail address that a badge names: OB 2.0 `recipient`, OB 3.0 `credentialSubject.identifier`.
 */
function identitiesOf({ form, document }) {
  const subject = document.credentialSubject;
  const entries = form.startsWith("ob2")
    ? listed(document.recipient).filter((each) => isObject(each) && listed(each.type).includes("email"))
    : [...listed(subject?.identifier).filter(isEmail), ...ownAddress(subject?.id)];
  return entries.map((each) => {
    const text = each.identity ?? each.identityHash;
    return { text: String(text ?? ""), hashed: each.hashed === true, salt: String(each.salt ?? "") };
  });
}

const isEmail = (each) => ["emailAddress", "email"].includes(each?.identityType);

const ownAddress = (id) => (/^mailto:/i.test(id) ? [{ identity: id.slice("mailto:".length), hashed: false }] : []);

/** Compare the address with what the badge says of its holder; not every maker lowers it before hashing. */
export async function checkRecipient(findings, badge, email) {
  const typed = email.trim();
  if (!typed) return;
  await findings.try("recipient", "recipient", async () => {
    const identities = identitiesOf(badge);
    if (!identities.length) throw new Fault("nobody-named", {}, { outcome: "unchecked" });
    const tries = new Set([typed.toLowerCase(), typed]);
    for (const identity of identities) {
      for (const address of tries) {
        if (await isSame(identity, address)) {
          findings.passed("recipient", "recipient-right", { email: typed });
          return;
        }
      }
    }
    if (identities.every(({ hashed, text }) => hashed && !text.startsWith("sha256$"))) {
      throw new Fault("hash-unknown", {}, { outcome: "unchecked" });
    }
    throw new Fault("recipient-wrong", { email: typed }, { code: "recipient" });
  });
}

/**
 * Whether two badges are of one person, by their e-mail addresses; nothing if these cannot be compared: plain ones with
 * every other, hashes only with those of the same salt.
 */
export async function areOfOne(one, other) {
  const found = [];
  const [these, those] = [one, other].map(identitiesOf);
  if (these.length * those.length > MOST_COMPARED) return undefined;
  for (const left of these) {
    for (const right of those) found.push(await areAlike(left, right));
  }
  const told = found.filter((each) => each !== undefined);
  return told.length ? told.includes(true) : undefined;
}

async function areAlike(left, right) {
  const [open, whole] = left.hashed ? [right, left] : [left, right];
  if (!open.hashed) return (await isSame(whole, open.text.trim())) || isSame(whole, open.text.trim().toLowerCase());
  const [one, other] = [left, right].map(({ text }) => text.toLowerCase());
  const isOneHash = left.salt === right.salt && one.split("$")[0] === other.split("$")[0];
  return isOneHash ? one === other : undefined;
}

async function isSame({ text, hashed, salt }, address) {
  if (!hashed) return text.trim().toLowerCase() === address.toLowerCase();
  return text.toLowerCase() === `sha256$${await sha256(bytesOf(address + salt))}`;
}
