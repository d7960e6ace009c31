// The field for the e-mail address of a holder, on the verify page and on the page of an award.

import { element } from "./words.js";

/** Say beside a field for an e-mail address that what was typed is none; whether it is so. */
export function refusesAddress(say, field) {
  const typed = field.value.trim();
  const isWrong = typed !== "" && !/^[^\s@]+@[^\s@]+$/.test(typed);
  document.getElementById("email-fault")?.remove();
  field.setAttribute("aria-invalid", String(isWrong));
  if (!isWrong) return false;
  field.after(element("p", { id: "email-fault", role: "alert" }, element("strong", {}, say("no-address"))));
  field.setAttribute("aria-errormessage", "email-fault");
  field.focus();
  return true;
}
