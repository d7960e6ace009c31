// The pictures that an Open Badge 2.0 names: they must be there, and be pictures.

import { Fault, Unread } from "./fault.js";
import { isAddress } from "./rules_ob2.js";
import { isObject, listed } from "./strict_json.js";
import { isPng } from "./unbake.js";

/** Look at the pictures of an award, its badge and its issuer. A host that lets no page read it says nothing. */
export async function checkPictures({ findings, reader }, nodes) {
  for (const { image } of nodes) {
    for (const each of listed(image)) {
      const address = isObject(each) ? each.id : each;
      if (isAddress(address)) await findings.try("schema", "schema", () => checkPicture(reader, address));
    }
  }
}

async function checkPicture(reader, address) {
  const broken = new Fault("shape", { path: `image (${address})` }, { code: "schema" });
  let data;
  try {
    data = await reader.read(address);
  } catch (error) {
    if (error instanceof Unread && ["missing", "gone"].includes(error.reason)) throw broken;
    return;
  }
  if (!isPng(data) && !/<([\w-]+:)?svg\b/.test(new TextDecoder().decode(data))) throw broken;
}
