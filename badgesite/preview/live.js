// Waits for news from `badgesite serve`: a new build reloads the page, problems are shown above it.
(() => {
  "use strict";
  const { news } = document.currentScript.dataset;
  const serial = Number(document.currentScript.dataset.serial);
  const version = Number(document.currentScript.dataset.version);
  const style = `
    section { position: fixed; inset: 0 0 auto 0; z-index: 2147483647; max-height: 60vh; overflow: auto;
      padding: 0.75rem 1.25rem; background: #7a1212; color: #fff; font: 1rem/1.45 system-ui, sans-serif;
      box-shadow: 0 2px 12px #0006; }
    h2 { margin: 0; font-size: 1.05rem; }
    ol { margin: 0.5rem 0 0; padding-left: 1.5rem; }
    li { margin: 0.35rem 0; font-family: ui-monospace, monospace; font-size: 0.9rem; overflow-wrap: anywhere; }
  `;
  let panel = null;
  let source = null;

  function show(problems) {
    if (panel) panel.remove();
    panel = null;
    if (!problems.length || !version) return;
    panel = document.createElement("badgesite-problems");
    const root = panel.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    const section = document.createElement("section");
    section.setAttribute("role", "alert");
    const heading = document.createElement("h2");
    heading.textContent = "The site could not be built; below is the last good one";
    const list = document.createElement("ol");
    for (const problem of problems) {
      const item = document.createElement("li");
      item.textContent = problem;
      list.append(item);
    }
    section.append(heading, list);
    root.append(section);
    document.body.append(panel);
  }

  function listen() {
    if (source || document.hidden) return;
    source = new EventSource(news);
    source.onmessage = (event) => {
      const told = JSON.parse(event.data);
      const anew = told.version !== version || told.serial < serial || (!version && told.serial !== serial);
      if (anew) location.reload();
      else show(told.problems);
    };
  }

  // A browser keeps six connections to one place: pages in the background let go of theirs.
  function rest() {
    if (source) source.close();
    source = null;
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", listen);
  listen();
})();
