// Search over the names of all entities, in all languages. Without this the A to Z is the way.
(function () {
  "use strict";
  var form = document.getElementById("search");
  var script = document.currentScript;
  if (!form || !script) { return; }
  var root = script.src.replace(/[^/]*$/, "");
  var query = document.getElementById("query");
  var found = document.getElementById("found");
  var hits = document.getElementById("hits");
  var index = null;
  var MOST = 20;

  // The same as the program folds names: see `model::fold`.
  function fold(text) {
    var folded = "";
    Array.from(text.normalize("NFKC")).forEach(function (letter) {
      folded += letter === "\u0131" ? letter : letter.toLowerCase().toUpperCase().toLowerCase();
    });
    return folded
      .replace(/[\u064B-\u065F\u0670\u0640\u200C\u200D\u00AD\u034F\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E0FFF}]/gu, "")
      .replace(/[\u0623\u0625\u0622\u0671]/g, "\u0627")
      .replace(/[\u0649\u06CC]/g, "\u064A")
      .replace(/\u0629/g, "\u0647")
      .replace(/\u06A9/g, "\u0643")
      .replace(/[\u2018\u2019\u02BC]/g, "'")
      .replace(/[\u2010-\u2015]/g, "-")
      .split(/[\s\u0085]+/u).filter(Boolean).join(" ");
  }

  // How well a name answers: 0 best, nothing where it does not. Begin with the name, with a word of it, within a word.
  function rank(name, wanted) {
    if (name === wanted) { return 0; }
    var at = name.indexOf(wanted);
    if (at < 0) { return null; }
    if (at === 0) { return 1; }
    return name.indexOf(" " + wanted) >= 0 ? 2 : 3;
  }

  function matches(wanted) {
    var best = new Map();
    index.names.forEach(function (entry) {
      var rating = rank(entry[0], wanted);
      if (rating === null) { return; }
      var before = best.get(entry[3]);
      if (!before || rating < before.rating) { best.set(entry[3], { rating: rating, entry: entry }); }
    });
    var all = Array.from(best.values());
    return all.sort(function (a, b) {
      return a.rating - b.rating || a.entry[0].length - b.entry[0].length;
    });
  }

  function show() {
    var wanted = fold(query.value);
    hits.textContent = "";
    found.textContent = "";
    if (!wanted || !index) { return; }
    var all = matches(wanted);
    found.textContent = all.length ? form.dataset.found.replace("{}", String(all.length)) : form.dataset.none;
    var language = index.languages.indexOf(document.documentElement.lang);
    all.slice(0, MOST).forEach(function (match) {
      var entity = index.entities[match.entry[3]];
      var label = entity[1][Math.max(language, 0)];
      var link = document.createElement("a");
      // In a file that stands alone, entities stand in it.
      link.href = index.here ? entity[0] : root + document.documentElement.lang + "/entity/" + encodeURIComponent(entity[0]) + ".html";
      var name = document.createElement("bdi");
      name.textContent = label;
      link.appendChild(name);
      if (match.entry[1] !== label) {
        var other = document.createElement("bdi");
        other.textContent = match.entry[1];
        if (match.entry[2]) { other.lang = match.entry[2]; }
        link.appendChild(document.createTextNode(" – "));
        link.appendChild(other);
      }
      var item = document.createElement("li");
      item.appendChild(link);
      hits.appendChild(item);
    });
  }

  // Called by names.js, which is fetched when somebody begins to search: it is larger than a page.
  window.rapporteurNames = function (names) {
    index = names;
    show();
  };
  function load() {
    if (load.begun || index) { return; }
    load.begun = true;
    var names = document.createElement("script");
    names.src = root + "names.js";
    document.head.appendChild(names);
  }

  query.addEventListener("focus", load);
  query.addEventListener("input", function () { load(); show(); });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var first = hits.querySelector("a");
    if (first) { first.click(); }
  });
  form.addEventListener("keydown", function (event) {
    var links = Array.from(hits.querySelectorAll("a"));
    var at = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && links.length) {
      links[Math.min(at + 1, links.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      (at === 0 ? query : links[at - 1]).focus();
    } else if (event.key === "Escape") {
      query.value = "";
      show();
      query.focus();
    } else {
      return;
    }
    event.preventDefault();
  });
  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      query.focus();
    }
  });
  form.hidden = false;
})();
