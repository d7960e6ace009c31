// Whose badge it is: the visitor types an address, which is hashed here and sent nowhere.

import { bytesOf, sha256 } from "./bytes.js";
import { Fault } from "./fault.js";
import { isObject, listed } from "./strict_json.js";

/**
 * The identities by e-mail address that a badge names: OB 2.0 `recipient`, OB 3.0 `credentialSubject.identifier`.
 */
function identitiesOf({ form, document }) {
  const entries = form.startsWith("ob2")
    ? listed(document.recipient).filter((each) => isObject(each) && listed(each.type).includes("email"))
    : listed(document.credentialSubject?.identifier).filter((each) => each?.identityType === "emailAddress");
  return entries.map((each) => {
    const text = each.identity ?? each.identityHash;
    return { text: String(text ?? ""), hashed: each.hashed === true, salt: String(each.salt ?? "") };
  });
}

/** Compare the address with what the badge says of its holder. Most makers write addresses in lower case, some do not. */
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

async function isSame({ text, hashed, salt }, address) {
  if (!hashed) return text.trim().toLowerCase() === address.toLowerCase();
  return text.toLowerCase() === `sha256$${await sha256(bytesOf(address + salt))}`;
}
