// What html-validate finds of every page of a folder, and csstree-validator of its style sheets: "path:line: rule: why".

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { validate } from "csstree-validator";
import { HtmlValidate } from "html-validate";

const CONFIG = {
  extends: ["html-validate:standard", "html-validate:a11y"],
  rules: {
    "prefer-native-element": "off", // a taste: role="region" on a box that scrolls is as valid
    "wcag/h32": "off", // the search answers while one types, and is there only with a script
  },
};

const UNKNOWN = "Unknown at-rule descriptor `margin`"; // of @page: it knows the properties of page boxes not at all

const [folder] = process.argv.slice(2);
const judge = new HtmlValidate(CONFIG);
const found = [];
let pages = 0;
let sheets = 0;

for (const path of readdirSync(folder, { recursive: true }).sort()) {
  if (path.endsWith(".html")) {
    pages += 1;
    const report = judge.validateStringSync(readFileSync(join(folder, path), "utf8"), path);
    for (const { messages } of report.results) {
      for (const { line, ruleId, message } of messages) found.push(`${path}:${line}: ${ruleId}: ${message}`);
    }
  }
  if (path.endsWith(".css")) {
    sheets += 1;
    for (const { line, message, property = "" } of validate(readFileSync(join(folder, path), "utf8"), path)) {
      if (message !== UNKNOWN) found.push(`${path}:${line}: ${property}: ${message}`);
    }
  }
}
console.log(JSON.stringify({ pages, sheets, found }));
