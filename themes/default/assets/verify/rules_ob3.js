// What each class of Open Badges 3.0 must and may say, and every word that its contexts define there.

import { isStrictMoment } from "./moments.js";
import { among, flag, hash, matching, number, text, uri } from "./rules.js";
import { isObject, listed } from "./strict_json.js";

const own = (rule) => (value) => rule(value) || (text(value) && /^ext:[A-Za-z0-9._]/.test(value));
// A text, or texts by language: those are lost in an embedded proof, and in a token they are signed.
const byLanguage = (value) => isObject(value) && Object.values(value).every((each) => typeof each === "string");
const words = (value) => text(value) || byLanguage(value);
const language = matching(/^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/);
const ACHIEVEMENTS = among(
  ...["Achievement", "ApprenticeshipCertificate", "Assessment", "Assignment", "AssociateDegree", "Award", "Badge"],
  ...["BachelorDegree", "Certificate", "CertificateOfCompletion", "Certification", "CommunityService", "Competency"],
  ...["Course", "CoCurricular", "Degree", "Diploma", "DoctoralDegree", "Fieldwork", "GeneralEducationDevelopment"],
  ...["JourneymanCertificate", "LearningProgram", "License", "Membership", "ProfessionalDoctorate"],
  ...["QualityAssuranceCredential", "MasterCertificate", "MasterDegree", "MicroCredential"],
  ...["ResearchDoctorate", "SecondarySchoolDiploma"],
);
const IDENTITIES = among(
  ...["name", "sourcedId", "systemId", "productId", "userName", "accountId", "emailAddress"],
  ...["nationalIdentityNumber", "isbn", "issn", "lisSourcedId", "oneRosterSourcedId", "sisSourcedId"],
  ...["ltiContextId", "ltiDeploymentId", "ltiToolId", "ltiPlatformId", "ltiUserId", "identifier"],
);
const TARGETS = among(
  ...["ceasn:Competency", "ceterms:Credential", "CFItem", "CFRubric", "CFRubricCriterion"],
  ...["CFRubricCriterionLevel", "CTDL"],
);
const RESULTS = among(
  ...["GradePointAverage", "LetterGrade", "Percent", "PerformanceLevel", "PredictedScore", "RawScore", "Result"],
  ...["RubricCriterion", "RubricCriterionLevel", "RubricScore", "ScaledScore", "Status"],
);

const textsOf = (...names) => Object.fromEntries(names.map((name) => [name, words]));

// A place in a status list; other ways to say that something is revoked are for the step that asks for it.
function isPlace({ id, type, statusPurpose, statusListIndex: index, statusListCredential: list }) {
  if (!listed(type).includes("BitstringStatusListEntry")) return true;
  const purposes = ["revocation", "suspension", "refresh", "message"];
  const isIndex = /^(0|[1-9]\d*)$/.test(typeof index === "number" || text(index) ? String(index) : "");
  return purposes.includes(statusPurpose) && isIndex && uri(list) && id !== list;
}

const CREDENTIAL = {
  "@context!": null,
  "id!": uri,
  ...textsOf("name", "description"),
  image: "Image",
  "issuer!": "Profile",
  awardedDate: isStrictMoment,
  "evidence*": "Evidence",
  "credentialStatus*": "Status",
  "proof*": null,
  ...Object.fromEntries(
    ["credentialSchema", "refreshService", "termsOfUse", "confidenceMethod", "relatedResource", "renderMethod"].map(
      (name) => [`${name}*`, null],
    ),
  ),
};
const NEWER = { "validFrom!": isStrictMoment, validUntil: isStrictMoment };
const OLDER = { "issuanceDate!": isStrictMoment, expirationDate: isStrictMoment };
const AWARD = { ...CREDENTIAL, "credentialSubject!": "AchievementSubject" };
const ENDORSEMENT = { ...CREDENTIAL, "name!": words, "credentialSubject!": "EndorsementSubject" };

export const OB3 = {
  everywhere: [
    ...["name", "description", "alignment", "endorsement", "endorsementJwt", "image", "inLanguage", "narrative"],
    ...["url", "digestMultibase", "digestSRI", "mediaType", "awardedDate"],
  ],
  Award: { members: { ...AWARD, ...NEWER } },
  OlderAward: { members: { ...AWARD, ...OLDER } },
  Endorsement: { members: { ...ENDORSEMENT, ...NEWER } },
  OlderEndorsement: { members: { ...ENDORSEMENT, ...OLDER } },
  EndorsementSubject: { type: "EndorsementSubject", members: { "id!": uri, endorsementComment: words } },
  AchievementSubject: {
    type: "AchievementSubject",
    members: {
      id: uri,
      "identifier*": "IdentityObject",
      activityStartDate: isStrictMoment,
      activityEndDate: isStrictMoment,
      creditsEarned: number,
      ...textsOf("licenseNumber", "narrative", "role", "term"),
      image: "Image",
      source: "Profile",
      "result*": "Result",
      "achievement!": "Achievement",
    },
    also: (node) => "id" in node || "identifier" in node,
  },
  Achievement: {
    type: "Achievement",
    members: {
      "id!": uri,
      "name!": words,
      "description!": words,
      "criteria!": "Criteria",
      achievementType: own(ACHIEVEMENTS),
      "alignment*": "Alignment",
      creator: "Profile",
      creditsAvailable: number,
      ...textsOf("fieldOfStudy", "humanCode", "specialization", "version"),
      image: "Image",
      inLanguage: language,
      "otherIdentifier*": "IdentifierEntry",
      "related*": "Related",
      "resultDescription*": "ResultDescription",
      "tag*": words,
    },
  },
  Criteria: { members: { id: uri, narrative: words }, also: (node) => "id" in node || "narrative" in node },
  Profile: {
    type: "Profile",
    alone: uri,
    members: {
      "id!": uri,
      ...textsOf("name", "description", "official", "familyName", "givenName", "additionalName", "patronymicName"),
      ...textsOf("honorificPrefix", "honorificSuffix", "familyNamePrefix", "dateOfBirth", "phone", "email"),
      url: uri,
      image: "Image",
      address: "Address",
      "otherIdentifier*": "IdentifierEntry",
      parentOrg: "Profile",
    },
  },
  Address: {
    type: "Address",
    members: {
      ...textsOf("addressCountry", "addressCountryCode", "addressRegion", "addressLocality"),
      ...textsOf("streetAddress", "postOfficeBoxNumber", "postalCode"),
      geo: null,
    },
  },
  IdentityObject: {
    type: "IdentityObject",
    closed: true,
    members: { "hashed!": flag, "identityHash!": text, "identityType!": own(IDENTITIES), salt: words },
    also: ({ hashed, identityHash }) => hashed === hash(identityHash),
  },
  IdentifierEntry: {
    type: "IdentifierEntry",
    closed: true,
    members: { "identifier!": text, "identifierType!": own(IDENTITIES) },
  },
  Image: { type: "Image", closed: true, members: { "id!": uri, caption: words } },
  Alignment: {
    type: "Alignment",
    members: {
      "targetName!": words,
      "targetUrl!": uri,
      ...textsOf("targetCode", "targetDescription", "targetFramework"),
      targetType: own(TARGETS),
    },
  },
  Evidence: {
    type: "Evidence",
    members: { id: uri, ...textsOf("narrative", "name", "description", "genre", "audience") },
  },
  ResultDescription: {
    type: "ResultDescription",
    members: {
      "id!": uri,
      "name!": words,
      "resultType!": own(RESULTS),
      "allowedValue*": words,
      "alignment*": "Alignment",
      requiredLevel: uri,
      "rubricCriterionLevel*": "RubricCriterionLevel",
      ...textsOf("requiredValue", "valueMin", "valueMax"),
    },
  },
  RubricCriterionLevel: {
    type: "RubricCriterionLevel",
    members: { "id!": uri, "name!": words, ...textsOf("level", "points", "description"), "alignment*": "Alignment" },
  },
  Result: {
    type: "Result",
    members: {
      resultDescription: uri,
      value: words,
      status: among("Completed", "Enrolled", "Failed", "InProgress", "OnHold", "Provisional", "Withdrew"),
      achievedLevel: uri,
      "alignment*": "Alignment",
    },
  },
  Related: { type: "Related", members: { "id!": uri, inLanguage: language, version: words } },
  Status: {
    members: {
      "type*!": null,
      ...{ statusPurpose: null, statusListIndex: null, statusListCredential: null },
      ...{ statusSize: null, statusReference: null, "statusMessage*": null },
    },
    also: isPlace,
  },
};

const [NEW, OLD] = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1"];
const KNOWN = [
  ...[NEW, OLD, "https://www.w3.org/ns/did/v1", "https://w3id.org/security/v1", "https://w3id.org/security/v2"],
  ...["https://w3id.org/security/data-integrity/v2", "https://w3id.org/security/multikey/v1"],
  ...["https://w3id.org/security/suites/ed25519-2020/v1", "https://w3id.org/security/suites/jws-2020/v1"],
  "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
];
const OPEN_BADGES = /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(-3\.\d\.\d)*\.json$/;

/** A context of a credential that nobody knows, as text; "" if there is none. One written out in it is none to know. */
export function strangeContext(document) {
  const strange = (each) => !text(each) || !(KNOWN.includes(each) || OPEN_BADGES.test(each));
  const found = listed(document["@context"]).find(strange);
  return found === undefined ? "" : text(found) ? found : JSON.stringify(found);
}

/** Whether the contexts begin as they must: with that of credentials, and that of Open Badges. */
export function doContextsBegin(document) {
  const contexts = listed(document["@context"]);
  return [NEW, OLD].includes(contexts[0]) && OPEN_BADGES.test(contexts[1]);
}

/** The class of a credential: an award or an endorsement, as version 1.1 of the data model has it or 2.0. */
export function kindOf(document) {
  const kind = listed(document.type).includes("EndorsementCredential") ? "Endorsement" : "Award";
  return listed(document["@context"])[0] === OLD ? `Older${kind}` : kind;
}
