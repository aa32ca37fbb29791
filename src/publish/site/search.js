// Search over the names of all entities, in all languages. Without this the A to Z is the way.
(function () {
  "use strict";
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const root = script ? script.src.replace(/[^/]*$/, "") : "";
  const MOST = 20;
  /** @type {Names | null} */
  let index = null;
  let isLoading = false;
  /** Shows what is found; nothing where there is nothing to search with. */
  let show = () => {};

  /**
   * The same as the program folds names: see `model::fold`.
   * @param {string} text
   */
  function fold(text) {
    let folded = "";
    Array.from(text.normalize("NFKC")).forEach((letter) => {
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

  /**
   * How well a name answers: 0 best, nothing where it does not. Begin with the name, with a word of it, within a word.
   * @param {string} name
   * @param {string} wanted
   */
  function rank(name, wanted) {
    if (name === wanted) { return 0; }
    const at = name.indexOf(wanted);
    if (at < 0) { return wanted.split(" ").every((word) => name.indexOf(word) >= 0) ? 4 : null; }
    if (at === 0) { return 1; }
    return name.indexOf(" " + wanted) >= 0 ? 2 : 3;
  }

  /**
   * How many letters must change for one word to become another; more than the most where it is more.
   * @param {string} one
   * @param {string} other
   * @param {number} most
   */
  function distance(one, other, most) {
    if (Math.abs(one.length - other.length) > most) { return most + 1; }
    let row = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const same = one[i - 1] === other[j - 1] ? 0 : 1;
        next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + same));
      }
      if (Math.min(...next) > most) { return most + 1; }
      row = next;
    }
    return row[other.length];
  }

  /**
   * How far a name is from one that is spelled otherwise: nothing where a word of that is in none of its words.
   * @param {string} name
   * @param {string} wanted
   */
  function likeness(name, wanted) {
    const parts = /[^\p{L}\p{M}\p{N}]+/u, words = name.split(parts);
    let sum = 0;
    for (const word of wanted.split(parts).filter(Boolean)) {
      const most = word.length < 4 ? 1 : word.length < 8 ? 2 : 3;
      const least = Math.min(...words.map((other) => other.startsWith(word) ? 0 : distance(word, other, most)));
      if (least > most || word.length < 3 && least > 0) { return null; }
      sum += least;
    }
    return sum;
  }

  /**
   * The entities of which a name answers, those with the best before the others.
   * @param {Names} names
   * @param {string} wanted
   * @param {(name: string, wanted: string) => number | null} rate
   */
  function matches(names, wanted, rate) {
    /** @type {Map<number, { rating: number, entry: Names["names"][number] }>} */
    const best = new Map();
    names.names.forEach((entry) => {
      const rating = rate(entry[0], wanted);
      if (rating === null) { return; }
      const before = best.get(entry[3]);
      if (!before || rating < before.rating) { best.set(entry[3], { rating: rating, entry: entry }); }
    });
    return Array.from(best.values()).sort((a, b) => a.rating - b.rating || a.entry[0].length - b.entry[0].length);
  }

  /**
   * A hit as a link: what it is called here, and the name that matched where that is another.
   * @param {Names} names
   * @param {Names["names"][number]} entry
   */
  function hit(names, entry) {
    const [file, labels] = names.entities[entry[3]];
    const here = document.documentElement.lang;
    const label = labels[Math.max(names.languages.indexOf(here), 0)];
    const link = document.createElement("a");
    // In a file that stands alone, entities stand in it.
    link.href = names.here ? file : root + here + "/entity/" + encodeURIComponent(file) + ".html";
    const name = document.createElement("bdi");
    name.textContent = label;
    link.append(name);
    if (entry[1] !== label) {
      const other = document.createElement("bdi");
      other.textContent = entry[1];
      if (entry[2]) { other.lang = entry[2]; }
      link.append(" – ", other);
    }
    const item = document.createElement("li");
    item.append(link);
    return item;
  }

  // Called by names.js, which is fetched when somebody begins to search: it is larger than a page.
  window.rapporteurNames = (names) => {
    index = names;
    show();
  };
  function load() {
    if (isLoading || index) { return; }
    isLoading = true;
    const names = document.createElement("script");
    names.src = root + "names.js";
    document.head.append(names);
  }

  /** Makes the form of the page search, which does nothing by itself. */
  function start() {
    const form = document.getElementById("search"), found = document.getElementById("found"), hits = document.getElementById("hits");
    const query = /** @type {HTMLInputElement | null} */ (document.getElementById("query"));
    if (!form || !query || !found || !hits) { return; }
    show = () => {
      const wanted = fold(query.value);
      hits.textContent = "";
      found.textContent = "";
      if (!wanted || !index) { return; }
      const names = index, all = matches(index, wanted, rank);
      const near = all.length ? [] : matches(index, wanted, likeness);
      const [pattern, none, perhaps] = names.said[Math.max(names.languages.indexOf(document.documentElement.lang), 0)];
      found.textContent = all.length ? pattern.replace("{}", String(all.length)) : near.length ? perhaps : none;
      hits.append(...all.concat(near).slice(0, MOST).map((match) => hit(names, match.entry)));
    };
    query.addEventListener("focus", load);
    query.addEventListener("input", () => { load(); show(); });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const first = hits.querySelector("a");
      if (first) { first.click(); }
    });
    form.addEventListener("keydown", (event) => {
      const links = Array.from(hits.querySelectorAll("a"));
      const at = links.findIndex((link) => link === document.activeElement);
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
    form.hidden = false;
  }
  document.addEventListener("keydown", (event) => {
    const typing = document.activeElement && /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    const query = document.getElementById("query");
    if (query && event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      query.focus();
    }
  });
  window.rapporteurSearch = start;
  start();
})();
