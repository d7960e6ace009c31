// What can go wrong, as a value: the words that say it, what fills their gaps, and what it means for the answer.

/**
 * A step that did not pass. `say` names a message of the page's words; `code` is as in `badgesite verify --json`;
 * `step` is given where a fault that stops one step is that of another.
 */
export class Fault extends Error {
  constructor(say, values = {}, { code = "", outcome = "failed", outOfReach = false, step } = {}) {
    super(say);
    Object.assign(this, { say, values, code, outcome, outOfReach, step });
  }
}

/**
 * A file that could not be read; `reason` is offline, gone, missing, refused, unreachable, large, or moved: to the host
 * `there`, which is another.
 */
export class Unread extends Error {
  constructor(address, reason, there = "") {
    super(reason);
    Object.assign(this, { address, reason, there });
  }
}

/**
 * What an error means for a step: a Fault is itself; what is not there fails the step with `code`; what cannot be
 * asked leaves it unchecked. Other errors are a fault of the badge that no step foresaw.
 */
export function faultOf(error, code) {
  if (error instanceof Fault) return error;
  if (error instanceof Unread) {
    const { address, reason, there } = error;
    const values = { address, host: hostOf(address), there };
    const decided = ["gone", "missing", "refused", "moved"].includes(reason);
    if (decided) return new Fault(`unread-${reason}`, values, { code });
    return new Fault(`unread-${reason}`, values, { code, outcome: "unchecked", outOfReach: reason !== "offline" });
  }
  return new Fault("not-readable-here", {}, { code });
}

/** The host of a web address, as a reader sees it in the address bar; the whole text if it is no address. */
export function hostOf(address) {
  try {
    return new URL(address).host || address;
  } catch {
    return String(address);
  }
}

/** The host of an address of the web, and nothing for any other text. */
export function webHostOf(address) {
  return /^https?:\/\//i.test(address) && URL.canParse(address) ? new URL(address).host : "";
}
