// The check of an award on its own page: the same steps as on the verify page, told in the rows that stand there.

import { readBadges } from "./badge.js";
import { check, refusal } from "./checking.js";
import { Reader } from "./reading.js";
import { answerNode, commandNode, filesNode, outcomeNode } from "./show.js";

/** Check the award of this page, and say in each row what came of it. */
export async function checkAward(say, progress, result) {
  if (!globalThis.crypto?.subtle) {
    result.replaceChildren(say("no-crypto"));
    return;
  }
  progress.textContent = say("reading");
  const reader = new Reader(siteOf(document.querySelector("link[rel=canonical]").href));
  const report = await reportOf(reader, reader.addressOf(new URL(documentOf(), location.href).href));
  for (const old of document.querySelectorAll(".checks .outcome")) old.remove();
  for (const step of report.checks) {
    document.querySelector(`.checks [data-step="${step.step}"] dd`)?.append(outcomeNode(say, step));
  }
  result.replaceChildren(...[answerNode, commandNode, filesNode].map((draw) => draw(say, report, "answer")));
  progress.textContent = "";
  document.getElementById("answer").focus();
}

// Where the site is, by this script's own address; and where it should be: what follows the root is the same there.
function siteOf(canonical) {
  const root = new URL("../../", import.meta.url).href;
  const page = location.href.slice(root.length).replace(/([?#].*|index\.html)+$/, "");
  return { root, base: canonical.slice(0, canonical.length - page.length) };
}

// The document that the page's head names: the signed one, as one line of text, before the other.
function documentOf() {
  const found = document.querySelectorAll('link[type="application/ld+json"]');
  const links = [...found].map((link) => link.getAttribute("href"));
  const signed = links.find((link) => link.endsWith("/credential.json") || link === "credential.json");
  return signed?.replace(/json$/, "jwt") ?? links[0];
}

async function reportOf(reader, address) {
  try {
    const [badge] = await readBadges(await reader.read(address));
    return await check(badge, reader, new Date(), "", address.replace(/\.jwt$/, ".json"));
  } catch (error) {
    return refusal(error, reader);
  }
}
