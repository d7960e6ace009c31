// Whether an award is that of an e-mail address: it is hashed here with the salt of the page, and sent to nobody.

import { refusesAddress } from "./address_field.js";
import { bytesOf, sha256 } from "./bytes.js";
import { element } from "./words.js";

/** Say in `answer` whether the address in `field` is the holder's. */
export async function compare(say, field, answer) {
  answer.replaceChildren();
  const email = field.value.trim();
  if (!email) return tell(answer, "unchecked", say("match-empty"));
  if (refusesAddress(say, field)) return undefined;
  if (!globalThis.crypto?.subtle) return tell(answer, "unchecked", say("match-no-crypto"));
  const [identity, salt] = [...document.querySelectorAll("#holder code")].map((code) => code.textContent);
  const spelt = [email.toLowerCase(), email]; // not every maker lowers an address before hashing
  const hashes = await Promise.all(spelt.map((address) => sha256(bytesOf(address + salt))));
  const isTheirs = hashes.some((hash) => `sha256$${hash}` === identity);
  return tell(answer, isTheirs ? "passed" : "failed", say(isTheirs ? "match" : "no-match", { email }));
}

function tell(answer, outcome, words) {
  const sign = { passed: "✓ ", failed: "✕ ", unchecked: "" }[outcome];
  answer.className = `outcome ${outcome}`;
  answer.append(element("strong", { "aria-hidden": "true" }, sign), words);
}
