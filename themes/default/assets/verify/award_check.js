// The check of an award on its own page: the same steps as on the verify page, told in the rows that stand there.

import { refusesAddress } from "./address_field.js";
import { readBadges } from "./badge.js";
import { check, refusal } from "./checking.js";
import { Reader } from "./reading.js";
import { answerNode, commandNode, filesNode, outcomeNode, wordsAt } from "./show.js";

/** Check the award whose document the form names, and say in each row what came of it. */
export async function checkAward(form) {
  const { base, root, words, document: link } = form.dataset;
  const say = await wordsAt(words);
  const result = form.querySelector(".result");
  if (!globalThis.crypto?.subtle) {
    result.replaceChildren(say("no-crypto"));
    return;
  }
  if (refusesAddress(say, form.elements.email)) return;
  form.querySelector(".progress").textContent = say("reading");
  const reader = new Reader({ base, root: new URL(root, location.href).href });
  const address = reader.addressOf(new URL(link, location.href).href);
  const report = await reportOf(reader, address, form.elements.email.value);
  for (const old of document.querySelectorAll(".checks .outcome")) old.remove();
  for (const step of report.checks) {
    document.querySelector(`.checks [data-step="${step.step}"] dd`)?.append(outcomeNode(say, step));
  }
  result.replaceChildren(...[answerNode, commandNode, filesNode].map((draw) => draw(say, report, "answer")));
  form.querySelector(".progress").textContent = "";
  document.getElementById("answer").focus();
}

async function reportOf(reader, address, email) {
  try {
    const [badge] = await readBadges(await reader.read(address));
    return await check(badge, reader, new Date(), email, address.replace(/\.jwt$/, ".json"));
  } catch (error) {
    return refusal(error, reader);
  }
}
