// Two records on the page: one answer for both, and what each of them says in a quieter place below.

import { answerNode, commandNode, filesNode, stepsNode, subjectNode } from "./show.js";
import { element } from "./words.js";

const SOUND = ["valid", "foreign"];
const STANDARDS = ["Open Badges 2.0", "Open Badges 3.0"];

/**
 * One answer for two records; `id` names its heading. Of what is not simply valid the worse record stands open, and
 * both where only their reader can tell.
 */
export function pairNode(say, pair, id) {
  const { records, worst, how } = pair;
  const alike = records.filter(({ headline }) => headline === worst.headline);
  const domain = [...new Set(alike.map(({ subject }) => subject.domain).filter(Boolean))].join(" · ");
  const answer = { ...worst, subject: { ...worst.subject, domain } };
  const first = element("p", { class: "pair" }, sentence(say, pair));
  const head = answerNode(say, answer, id, { first, isAlone: how === "apart" });
  const agree = how === "agree";
  const isCalm = agree && SOUND.includes(worst.headline);
  const isOpen = (report) => ["unsure", "until"].includes(how) || (report === worst && !isCalm);
  const own = records.map((report, at) =>
    recordNode(say, report, STANDARDS[at], { isOpen: isOpen(report), isWhole: !agree }),
  );
  const both = agree ? subjectNode(say, ...records) : "";
  const open = { headline: worst.headline, checks: records.flatMap(({ checks }) => checks) };
  return element("article", { class: "report", "aria-labelledby": id }, head, both, ...own, commandNode(say, open));
}

function sentence(say, { records, how, fault }) {
  const [one, other] = records.map(({ headline }) => say(`head-${headline}`));
  return say(`pair-${how}`, { one, other, why: fault && { say: fault.message, values: fault.values } });
}

function recordNode(say, report, standard, { isOpen, isWhole }) {
  const answer = element("strong", {}, say(`head-${report.headline}`));
  const summary = element("summary", {}, `${standard}: `, answer);
  const facts = { class: "record", "data-answer": report.answer, open: isOpen ? "" : undefined };
  const subject = isWhole ? subjectNode(say, report) : "";
  return element("details", facts, summary, subject, stepsNode(say, report), filesNode(say, report));
}
