// The issuer's list of revoked badges of Open Badges 2.0, on which hosted ones may stand as well.

import { Fault, hostOf } from "./fault.js";
import { readDocument } from "./issuers.js";
import { isObject, listed } from "./strict_json.js";

/** Look an assertion up, by its id or, as older badges have it, its uid. */
export async function checkRevocations({ findings, reader, issuer }, document) {
  if (!issuer) {
    findings.add("revocation", "unchecked", "list-unknown");
    return;
  }
  const host = hostOf(issuer.id);
  const address = idOf(issuer.revocationList);
  if (!address) {
    findings.passed("revocation", "no-list");
    return;
  }
  await findings.try("revocation", "status", async () => {
    const list = await readDocument(reader, String(address), "status");
    const own = new Set(namesOf(document));
    const found = listed(list.revokedAssertions).find((each) => namesOf(each).some((name) => own.has(name)));
    if (found) {
      const reason = String(found.revocationReason ?? "");
      throw new Fault(reason ? "revoked-because" : "revoked", { host, reason }, { code: "revoked" });
    }
    // A list that says it is another issuer's speaks for nobody here.
    const owner = idOf(list.issuer) ?? issuer.id;
    if (owner !== issuer.id) throw new Fault("list-of-another", { host }, { code: "status" });
    findings.passed("revocation", "not-revoked-names", { host });
  });
}

const idOf = (value) => (isObject(value) ? value.id : value);

function namesOf(node) {
  const names = isObject(node) ? [...listed(node.id), ...listed(node.uid)] : [node];
  return names.filter((name) => typeof name === "string" && name);
}
