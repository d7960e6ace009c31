// The page of an award: brings its state to today, and offers the check. Until somebody asks for it, nothing is read.

const CLOCK = "M12 1a11 11 0 1 0 0 22 11 11 0 0 0 0-22zm1.2 11.5 4 2.4-1.1 1.8-5.1-3V6h2.2z";

// Days begin and end in UTC, as everywhere in badges. A clock that is behind the page does not take it back.
const state = document.querySelector(".state");
const days = [...document.querySelectorAll("time.today")];
const built = days[0]?.dateTime ?? "";
const now = new Date().toISOString().slice(0, 10);
const today = now > built ? now : built;

if (state && days.length && !state.classList.contains("revoked")) {
  const language = days[0].closest("[lang]").lang;
  const locale = language === "en" ? "en-GB" : language;
  const words = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(today));
  for (const day of days) {
    day.dateTime = today;
    day.textContent = words;
  }
  if (state.dataset.until && state.dataset.until < today) expire();
}

function expire() {
  state.classList.replace("valid", "expired");
  state.querySelector("path").setAttribute("d", CLOCK);
  for (const line of state.querySelectorAll("p")) line.hidden = !line.hidden;
}

const checking = document.querySelector(".checking");
if (checking) {
  checking.hidden = false;
  checking.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { checkAward } = await import("./award_check.js");
    await checkAward(checking);
  });
}
