// The editor of queries: words are completed, colours tell what is what, and a mistake is marked before the page is left.
// Without this the form is sent as it is.
(function () {
  "use strict";
  var area = document.getElementById("sparql");
  if (!area) { return; }
  var form = area.form;
  var list = document.createElement("ul");
  var colours = document.createElement("pre");
  var message = document.createElement("p");
  var frame = document.createElement("div");
  var chosen = -1;
  var waiting = null;
  frame.className = "editor";
  list.className = "completions";
  list.id = "completions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", area.dataset.completions || "Completions");
  list.hidden = true;
  colours.setAttribute("aria-hidden", "true");
  message.setAttribute("role", "alert");
  area.replaceWith(frame);
  frame.append(colours, area, list);
  form.append(message);
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-controls", list.id);

  var KINDS = [
    [/^#[^\n]*/, "comment"],
    [/^(?:"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)/, "text"],
    [/^<[^<>"{}|^`\\\s]*>/, "iri"],
    [/^[?$][\p{L}\p{N}_]+/u, "variable"],
    [/^[\p{L}\p{N}_.-]*:[\p{L}\p{N}_.%-]*/u, "name"],
    [/^[A-Za-z_]+/, "word"],
    [/^[+-]?[0-9][0-9.eE]*/, "number"],
  ];
  function paint() {
    var rest = area.value;
    colours.textContent = "";
    while (rest) {
      var kind = null;
      var text = rest[0];
      for (var at = 0; at < KINDS.length; at += 1) {
        var match = KINDS[at][0].exec(rest);
        if (match && match[0]) { text = match[0]; kind = KINDS[at][1]; break; }
      }
      if (kind) {
        var piece = document.createElement("span");
        piece.className = kind;
        piece.textContent = text;
        colours.append(piece);
      } else {
        colours.append(text);
      }
      rest = rest.slice(text.length);
    }
    colours.append("\n");
    colours.scrollTop = area.scrollTop;
    colours.scrollLeft = area.scrollLeft;
  }

  // The word before the cursor; nothing within a text or a comment.
  function word() {
    var before = area.value.slice(0, area.selectionStart);
    var line = before.slice(before.lastIndexOf("\n") + 1);
    if (/^[^"'<]*#/.test(line)) { return ""; }
    var match = /[\p{L}\p{N}_.:-]+$/u.exec(before);
    if (!match || match[0].length < 2 || /[?$"']$/.test(before.slice(0, before.length - match[0].length))) { return ""; }
    return match[0];
  }
  function close() {
    list.hidden = true;
    chosen = -1;
    area.removeAttribute("aria-activedescendant");
  }
  function choose(next) {
    var items = Array.from(list.children);
    if (!items.length) { return; }
    chosen = (next + items.length) % items.length;
    items.forEach(function (item, at) { item.setAttribute("aria-selected", String(at === chosen)); });
    area.setAttribute("aria-activedescendant", items[chosen].id);
    items[chosen].scrollIntoView({ block: "nearest" });
  }
  function take(item) {
    var begun = word();
    var at = area.selectionStart;
    area.setRangeText(item.dataset.text, at - begun.length, at, "end");
    close();
    paint();
    area.focus();
  }
  function offer() {
    var begun = word();
    if (!begun) { close(); return; }
    var address = new URL("/complete", location.href);
    address.search = new URLSearchParams({ q: begun, lang: document.documentElement.lang }).toString();
    fetch(address).then(function (answer) { return answer.json(); }).then(function (found) {
      if (word() !== begun) { return; }
      list.textContent = "";
      found.completions.forEach(function (one, at) {
        var item = document.createElement("li");
        var text = document.createElement("code");
        var label = document.createElement("bdi");
        item.id = "completion-" + at;
        item.setAttribute("role", "option");
        item.dataset.text = one.text;
        text.textContent = one.text;
        label.textContent = one.label;
        item.append(text, " ", label, " ", one.kind);
        item.addEventListener("mousedown", function (event) { event.preventDefault(); take(item); });
        list.append(item);
      });
      list.hidden = !found.completions.length;
      chosen = -1;
    }, close);
  }

  // Marks the place of a mistake, by line and column in letters.
  function mark(problem) {
    message.textContent = "";
    area.removeAttribute("aria-invalid");
    if (!problem) { return; }
    var help = problem.help ? " " + problem.help : "";
    message.textContent = (problem.line ? problem.line + ":" + problem.column + ": " : "") + problem.detail + "." + help;
    if (problem.line) {
      area.setAttribute("aria-invalid", "true");
      var lines = area.value.split("\n");
      var start = lines.slice(0, problem.line - 1).join("\n").length + (problem.line > 1 ? 1 : 0);
      var skipped = Array.from(lines[problem.line - 1] || "").slice(0, problem.column - 1).join("").length;
      area.focus();
      area.setSelectionRange(start + skipped, start + skipped + 1);
    }
  }

  area.addEventListener("input", function () {
    paint();
    clearTimeout(waiting);
    waiting = setTimeout(offer, 120);
  });
  area.addEventListener("scroll", paint);
  area.addEventListener("blur", close);
  area.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && event.ctrlKey) { event.preventDefault(); form.requestSubmit(); return; }
    if (event.key === " " && event.ctrlKey) { event.preventDefault(); offer(); return; }
    if (list.hidden) { return; }
    if (event.key === "ArrowDown") { choose(chosen + 1);
    } else if (event.key === "ArrowUp") { choose(chosen - 1);
    } else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0) { take(list.children[chosen]);
    } else if (event.key === "Escape") { close();
    } else { return; }
    event.preventDefault();
  });

  // A query is looked at before the page is left for its answer.
  var isChecked = false;
  form.addEventListener("submit", function (event) {
    if (isChecked) { return; }
    event.preventDefault();
    var check = new URLSearchParams({ query: area.value });
    fetch("/check", { method: "POST", body: check, headers: { Accept: "application/problem+json" } }).then(function (answer) {
      if (answer.ok) { mark(null); isChecked = true; form.requestSubmit(); return null; }
      return answer.json().then(mark);
    }).catch(function () { isChecked = true; form.requestSubmit(); });
  });
  paint();
})();
