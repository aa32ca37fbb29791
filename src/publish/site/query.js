// The editor of queries: words are completed, colours tell what is what, and a mistake is marked before the page is left.
// Without this the form is sent as it is.
(function () {
  "use strict";
  const area = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("sparql"));
  if (!area || !area.form) { return; }
  const form = area.form;

  /**
   * @template {keyof HTMLElementTagNameMap} N
   * @param {N} name
   * @param {Partial<HTMLElementTagNameMap[N]>} properties
   * @returns {HTMLElementTagNameMap[N]}
   */
  function make(name, properties) { return Object.assign(document.createElement(name), properties); }
  const list = make("ul", { className: "completions", id: "completions", hidden: true });
  const colours = make("pre", { dir: "ltr" });
  const message = make("p", { id: "mistake" });
  const status = make("p", { id: "status" });
  const frame = make("div", { className: "editor" });
  let chosen = -1;
  let waiting = 0;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", area.dataset.completions || "");
  colours.setAttribute("aria-hidden", "true");
  message.setAttribute("role", "alert");
  status.setAttribute("role", "status");
  area.replaceWith(frame);
  frame.append(colours, area, list);
  form.append(message, status);
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-controls", list.id);

  /** @type {[RegExp, string][]} */
  const KINDS = [
    [/^#[^\n]*/, "comment"],
    [/^(?:"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)/, "text"],
    [/^<[^<>"{}|^`\\\s]*>/, "iri"],
    [/^[?$][\p{L}\p{N}_]+/u, "variable"],
    [/^[\p{L}\p{N}_.-]*:[\p{L}\p{N}_.%-]*/u, "name"],
    [/^[A-Za-z_]+/, "word"],
    [/^[+-]?[0-9][0-9.eE]*/, "number"]
  ];
  /** @param {string} text */
  function piece(text) {
    for (const [pattern, kind] of KINDS) {
      const match = pattern.exec(text);
      if (match && match[0]) { return make("span", { className: kind, textContent: match[0] }); }
    }
    return text[0];
  }
  function paint() {
    if (!area) { return; }
    /** @type {(string | HTMLElement)[]} */
    const pieces = [];
    for (let rest = area.value; rest;) {
      const next = piece(rest);
      pieces.push(next);
      rest = rest.slice((typeof next === "string" ? next : next.textContent || " ").length);
    }
    colours.replaceChildren(...pieces, "\n");
    colours.scrollTop = area.scrollTop;
    colours.scrollLeft = area.scrollLeft;
  }

  /** The word before the cursor; nothing within a text or a comment. */
  function word() {
    if (!area) { return ""; }
    const before = area.value.slice(0, area.selectionStart);
    const line = before.slice(before.lastIndexOf("\n") + 1);
    if (/^[^"'<]*#/.test(line)) { return ""; }
    const match = /[\p{L}\p{N}_.:-]+$/u.exec(before);
    if (!match || match[0].length < 2 || /[?$"']$/.test(before.slice(0, before.length - match[0].length))) { return ""; }
    return match[0];
  }
  function close() {
    list.hidden = true;
    chosen = -1;
    if (area) { area.removeAttribute("aria-activedescendant"); }
  }
  /** @param {number} next */
  function choose(next) {
    const items = Array.from(list.children);
    if (!items.length || !area) { return; }
    chosen = (next + items.length) % items.length;
    items.forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
    area.setAttribute("aria-activedescendant", items[chosen].id);
    items[chosen].scrollIntoView({ block: "nearest" });
  }
  /** @param {string} text */
  function take(text) {
    if (!area) { return; }
    const at = area.selectionStart;
    area.setRangeText(text, at - word().length, at, "end");
    close();
    paint();
    area.focus();
  }
  /**
   * @param {{ text: string, label: string, kind: string }} one
   * @param {number} at
   */
  function item(one, at) {
    const made = make("li", { id: "completion-" + at });
    made.setAttribute("role", "option");
    made.dataset.text = one.text;
    const text = make("code", { textContent: one.text, dir: "ltr" });
    made.append(text, " ", make("bdi", { textContent: one.label }), " ", (area && area.dataset[one.kind]) || one.kind);
    made.addEventListener("pointerdown", (event) => { event.preventDefault(); take(one.text); });
    return made;
  }
  function offer() {
    const begun = word();
    if (!begun) { close(); return; }
    const address = new URL("/complete", location.href);
    address.search = new URLSearchParams({ q: begun, lang: document.documentElement.lang }).toString();
    fetch(address).then((answer) => answer.json()).then((/** @type {Completions} */ found) => {
      if (word() !== begun) { return; }
      list.replaceChildren(...found.completions.map(item));
      list.hidden = !found.completions.length;
      chosen = -1;
    }, close);
  }

  /**
   * Marks the place of a mistake, by line and column in letters.
   * @param {Mistake | null} mistake
   */
  function mark(mistake) {
    message.textContent = "";
    status.textContent = "";
    if (!area) { return; }
    area.removeAttribute("aria-invalid");
    area.removeAttribute("aria-describedby");
    if (!mistake) { return; }
    const help = mistake.help ? " " + mistake.help : "";
    const { line, column } = mistake;
    message.textContent = (line ? line + ":" + column + ": " : "") + mistake.detail + "." + help;
    if (!line || !column) { return; }
    area.setAttribute("aria-invalid", "true");
    area.setAttribute("aria-describedby", message.id);
    const lines = area.value.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    const skipped = Array.from(lines[line - 1] || "").slice(0, column - 1).join("").length;
    area.focus();
    area.setSelectionRange(start + skipped, start + skipped + 1);
  }

  area.addEventListener("input", () => {
    paint();
    clearTimeout(waiting);
    waiting = window.setTimeout(offer, 120);
  });
  area.addEventListener("scroll", paint);
  area.addEventListener("blur", close);
  area.addEventListener("keydown", (event) => {
    const { key, ctrlKey: control } = event;
    const taken = list.children[chosen];
    if (key === "Enter" && (control || event.metaKey)) { form.requestSubmit();
    } else if (key === " " && control) { offer();
    } else if (list.hidden) { return;
    } else if (key === "ArrowDown") { choose(chosen + 1);
    } else if (key === "ArrowUp") { choose(chosen - 1);
    } else if ((key === "Enter" || key === "Tab") && taken) { take(/** @type {HTMLElement} */ (taken).dataset.text || "");
    } else if (key === "Escape") { close();
    } else { return; }
    event.preventDefault();
  });

  // A query is looked at before the page is left for its answer.
  let isChecked = false;
  form.addEventListener("submit", (event) => {
    if (isChecked || !area) { return; }
    event.preventDefault();
    status.textContent = area.dataset.checking || "";
    const check = new URLSearchParams({ query: area.value });
    const pass = () => { mark(null); isChecked = true; form.requestSubmit(); };
    fetch("/check", { method: "POST", body: check, headers: { Accept: "application/problem+json" } })
      .then((answer) => answer.ok ? pass() : answer.json().then(mark), pass);
  });
  // Who comes back to the page asks anew.
  window.addEventListener("pageshow", () => { isChecked = false; });

  // How long the answer took, as who asked has seen it.
  const time = document.getElementById("time");
  const [loaded] = performance.getEntriesByType("navigation");
  if (time && loaded) {
    const { requestStart, responseEnd } = /** @type {PerformanceNavigationTiming} */ (loaded);
    const seconds = (Math.max(responseEnd - requestStart, 0) / 1000).toFixed(2);
    time.textContent = (time.dataset.time || "").replace("{}", seconds);
  }
  paint();
})();
