// What each class of Open Badges 2.0 must and may say.

import { isMoment } from "./moments.js";
import { among, flag, hash, matching, text } from "./rules.js";
import { isObject, listed } from "./strict_json.js";

const EMAIL = /^[^@\s]+@(?=[^@\s]+$)[^@\s][^@\s.]*\.[^@\s]/; // a dot in the domain, but not at its ends
const HOST = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i;
const UUID = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

export const isAddress = matching(/^https?:\/\/[^\s/]\S*$/);
const id = (value) => isAddress(value) || (text(value) && (value.startsWith("_:") || UUID.test(value)));
const words = (value) => typeof value === "string";
const link = (value) => id(isObject(value) ? value.id : value);
const whole = (value) => isObject(value) && link(value);
const picture = (value) => isAddress(isObject(value) ? value.id : value);
const inline = (value) => text(value) && /^data:image\/(png|svg\+xml)[;,]/.test(value);
const version = (value) => typeof value === "string" || typeof value === "number";

const COMMON = {
  "@language": matching(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/),
  version,
  "related*": whole,
  "endorsement*": link,
};

// Whether the recipient is hashed must be the truth about what stands there.
const isTrueOfHash = ({ type, identity, hashed }) =>
  hashed === hash(identity) && (hashed !== false || type !== "email" || EMAIL.test(identity));

export const OB2 = {
  Assertion: {
    members: {
      ...COMMON,
      "recipient!": "Recipient",
      "badge!": link,
      "verification!": "Verification",
      "issuedOn!": isMoment,
      expires: isMoment,
      image: picture,
      narrative: words,
      "evidence*": "Evidence",
      revoked: flag,
      revocationReason: words,
    },
  },
  Recipient: {
    members: {
      "type!": among("email", "url", "telephone", "id"),
      "identity!": text,
      "hashed!": flag,
      salt: words,
    },
    also: isTrueOfHash,
  },
  Verification: {
    members: { "type!": among("HostedBadge", "hosted", "SignedBadge", "signed"), creator: link },
  },
  Evidence: {
    alone: id,
    members: { id, narrative: words, name: words, description: words, genre: words, audience: words },
  },
  BadgeClass: {
    members: {
      ...COMMON,
      "name!": words,
      "description!": words,
      "image!": (value) => picture(value) || inline(isObject(value) ? value.id : value),
      "criteria!": "Criteria",
      "issuer!": link,
      "alignment*": "Alignment",
      "tags*": words,
    },
  },
  Criteria: {
    alone: isAddress,
    members: { id: isAddress, narrative: words },
    also: (node) => "id" in node || "narrative" in node,
  },
  Alignment: {
    members: {
      "targetName!": words,
      "targetUrl!": isAddress,
      targetDescription: words,
      targetFramework: words,
      targetCode: words,
    },
  },
  Issuer: {
    members: {
      ...COMMON,
      "name!": words,
      "url!": isAddress,
      "email!": matching(EMAIL),
      description: words,
      telephone: matching(/^\+?[1-9]\d{1,14}(;ext=\d+)?$/),
      image: (value) => picture(value) || inline(isObject(value) ? value.id : value),
      publicKey: link,
      revocationList: link,
      verification: "Scope",
    },
  },
  Scope: {
    members: {
      type: among("VerificationObject"),
      verificationProperty: among("id", "@id"),
      "startsWith*": isAddress,
      "allowedOrigins*": matching(HOST),
    },
  },
};

const CONTEXT = "https://w3id.org/openbadges/v2";
const TYPES = [
  ...["Assertion", "BadgeClass", "Issuer", "Profile", "RevocationList", "Endorsement", "CryptographicKey"],
  ...["AlignmentObject", "Criteria", "Evidence", "IdentityObject", "Image", "VerificationObject"],
  ...["HostedBadge", "hosted", "SignedBadge", "signed", "Extension", "FrameValidation", "TypeValidation"],
];

/** What holds for every document by itself: its type, and extensions with a context and a type of their own. */
export function* ofDocument(document, ...kinds) {
  const types = listed(document.type);
  const known = (type) => TYPES.includes(type) || (text(type) && type.includes(":"));
  if (!types.some((type) => kinds.includes(type)) || !types.every(known)) yield { path: "type" };
  for (const [name, value] of Object.entries(document)) {
    const extends_ = isObject(value) && listed(value.type).includes("Extension");
    if (extends_ && (!("@context" in value) || listed(value.type).length < 2)) yield { path: name };
  }
}

/** Whether the contexts of an award are such that every text stays one. */
export function areContextsSound(document) {
  const contexts = listed(document["@context"]);
  return contexts[0] === CONTEXT && !contexts.some((each) => isObject(each) && "@language" in each);
}
