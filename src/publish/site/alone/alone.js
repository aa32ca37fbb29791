// The picture of a file that stands alone: looked into, with what is said in a panel, in the languages that the file has. All
// that it shows stands in the list below, which is there without this too.
(function () {
  "use strict";
  /**
   * @typedef {object} Edge a line with its label
   * @property {SVGGElement[]} groups
   * @property {string[]} ends the places in the list that its ends lead to
   * @property {string[]} statements
   * @property {string[]} relations
   */
  /** @typedef {{ group: SVGGElement, anchor: SVGAElement, place: Box, edges: Edge[] }} Drawn a node */

  /**
   * @param {string} selector
   * @param {ParentNode} [within]
   * @returns {HTMLElement[]}
   */
  function all(selector, within) { return Array.from((within || document).querySelectorAll(selector)); }
  /**
   * @template {keyof HTMLElementTagNameMap} N
   * @param {N} name
   * @param {string} [text]
   */
  function make(name, text) {
    const element = document.createElement(name);
    if (text !== undefined) { element.textContent = text; }
    return element;
  }
  /**
   * @param {string | undefined} pattern
   * @param {(string | number)[]} texts
   */
  function filled(pattern, texts) {
    return texts.reduce((/** @type {string} */ line, text) => line.replace("{}", () => String(text)), pattern || "");
  }
  /** @param {string} id */
  function byId(id) { return document.getElementById(id); }
  function svg() { return /** @type {SVGSVGElement} */ (document.querySelector("#picture svg")); }
  function panel() { return /** @type {HTMLElement} */ (byId("panel")); }
  function words() { return document.body.dataset; }
  /** @param {string} text */
  function say(text) { const said = byId("said"); if (said) { said.textContent = text; } }
  /** @param {Element} element */
  function isOff(element) { return element.classList.contains("off"); }

  /** Nodes by the places in the list that they lead to. @type {Map<string, Drawn>} */
  let nodes = new Map();
  /** Edges by their numbers. @type {Map<string, Edge>} */
  let edges = new Map();
  /** The node at which Tab enters the picture. @type {string | null} */
  let now = null;
  /** What opened the panel. @type {HTMLElement | SVGElement | null} */
  let opener = null;
  /** @type {Moved | null} */
  let moved = null;

  /** Reads from the picture what there is in it. */
  function read() {
    nodes = new Map();
    edges = new Map();
    all("g.node", svg()).forEach((element) => {
      const group = /** @type {SVGGElement} */ (/** @type {Element} */ (element));
      const anchor = /** @type {SVGAElement | null} */ (/** @type {Element | null} */ (group.querySelector("a")));
      if (!anchor) { return; }
      const box = group.getBBox();
      const place = { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width, height: box.height };
      nodes.set(anchor.getAttribute("href") || "", { group: group, anchor: anchor, place: place, edges: [] });
      anchor.setAttribute("tabindex", "-1");
    });
    all("[data-edge]", svg()).forEach((element) => {
      const group = /** @type {SVGGElement} */ (/** @type {Element} */ (element));
      const data = group.dataset, number = data.edge || "";
      const list = (/** @type {string | undefined} */ text) => (text || "").split(" ").filter(Boolean);
      let edge = edges.get(number);
      if (!edge) {
        const ends = [data.from, data.to].map((id) => "#e-" + (id || "").replace(/^node-/, ""));
        const made = { groups: [], ends: ends, statements: list(data.statements), relations: list(data.relations) };
        edges.set(number, edge = made);
        new Set(ends).forEach((end) => { const node = nodes.get(end); if (node) { node.edges.push(made); } });
      }
      edge.groups.push(group);
      group.setAttribute("tabindex", "-1");
    });
  }

  // ---- what is said

  /**
   * Rows of the list, with names of their own no more.
   * @template {Node} T
   * @param {T} node
   * @returns {T}
   */
  function copy(node) {
    const copied = /** @type {T} */ (node.cloneNode(true));
    if (copied instanceof Element) { [copied, ...all("[id]", copied)].forEach((one) => one.removeAttribute("id")); }
    return copied;
  }
  /**
   * @param {Element | null} element
   * @returns {Node[]}
   */
  function content(element) { return element ? Array.from(element.childNodes).map(copy) : []; }
  /**
   * The parts of a row of the list that are there.
   * @param {Element} row
   * @param {string[]} names
   * @returns {Node[]}
   */
  function parts(row, names) { return names.map((name) => row.querySelector(name)).filter((part) => part !== null).map(copy); }
  /** @param {string} href */
  function link(href) {
    const article = byId(href.slice(1));
    const anchor = make("a");
    anchor.href = href;
    anchor.append(...content(article && article.querySelector("h3, h4")));
    return anchor;
  }
  /** @param {Element} row */
  function subjectOf(row) { const article = row.closest("article"); return "#" + (article ? article.id : ""); }
  /**
   * A statement with both ends.
   * @param {Element} row
   */
  function sentence(row) {
    const item = make("dd");
    const relation = row.closest("dl")?.querySelector("dt")?.textContent;
    item.append(link(subjectOf(row)), " ", relation || "", " ", ...parts(row, [".object", ".rest"]));
    return item;
  }
  /** @param {Node[]} rows */
  function list(rows) {
    const made = make("dl");
    made.append(...rows);
    return made;
  }
  /**
   * What others say that leads to an entity, by what it says seen from there.
   * @param {string} id
   */
  function others(id) {
    /** @type {Map<string, HTMLElement[]>} */
    const groups = new Map();
    all("#list ~ article dd[data-object]").forEach((row) => {
      if (row.dataset.object !== id) { return; }
      const back = /** @type {HTMLElement} */ (row.closest("dl")).dataset.back || "";
      const item = make("dd");
      item.append(link(subjectOf(row)), ...parts(row, [".rest"]));
      groups.set(back, [...(groups.get(back) || []), item]);
    });
    return Array.from(groups).flatMap(([back, items]) => [make("dt", back), ...items]);
  }
  /**
   * @param {(Node | string)[]} title
   * @param {Node[]} rest
   */
  function fill(title, rest) {
    const close = make("button", "×");
    close.type = "button";
    close.className = "close";
    close.title = words().close || "";
    close.setAttribute("aria-label", close.title);
    close.addEventListener("click", shut);
    const heading = make("h2");
    heading.append(...title);
    panel().replaceChildren(close, heading, ...rest);
    panel().hidden = false;
    panel().scrollTop = 0;
    // Nothing above is named like what stands in the list.
    all("[id]", panel()).forEach((one) => one.removeAttribute("id"));
  }
  /**
   * Lets what is looked at stand out; nothing lets all be alike again.
   * @param {SVGGElement[] | null} groups
   * @param {Set<string>} [ends]
   * @param {Set<Edge>} [near]
   */
  function chosen(groups, ends, near) {
    svg().querySelectorAll(".chosen, .far").forEach((group) => group.classList.remove("chosen", "far"));
    svg().classList.toggle("looked", groups !== null);
    if (!groups || !ends || !near) { return; }
    nodes.forEach((node, href) => { if (!ends.has(href)) { node.group.classList.add("far"); } });
    edges.forEach((edge) => { if (!near.has(edge)) { edge.groups.forEach((group) => group.classList.add("far")); } });
    groups.forEach((group) => group.classList.add("chosen"));
  }
  /** @param {HTMLElement} article */
  function showEntity(article) {
    const href = "#" + article.id, rows = others(article.id), node = nodes.get(href);
    const rest = Array.from(article.children).slice(1).map(copy);
    fill(content(article.querySelector("h4")), rows.length ? [...rest, make("h3", words().others), list(rows)] : rest);
    if (!node) { chosen(null); return; }
    chosen([node.group], new Set([href, ...node.edges.flatMap((edge) => edge.ends)]), new Set(node.edges));
    current(href);
    if (moved) { moved.bring(node.place); }
  }
  /** @param {string} number */
  function showEdge(number) {
    const edge = edges.get(number);
    if (!edge) { return; }
    const rows = edge.statements.map((id) => byId("s" + id)).filter((row) => row !== null);
    fill([link(edge.ends[0]), " – ", link(edge.ends[1])], [list(rows.map(sentence))]);
    chosen(edge.groups, new Set(edge.ends), new Set([edge]));
  }
  /** @param {HTMLElement} place */
  function showSource(place) {
    const href = "#" + place.id, article = place.closest("article");
    const cites = (/** @type {Element} */ row) => all("a.source", row).some((source) => source.getAttribute("href") === href);
    const rows = all("#list ~ article dd").filter(cites);
    const rest = [];
    if (article && article !== place) { rest.push(make("p", article.querySelector("h3")?.textContent || "")); }
    if (rows.length) { rest.push(make("h3", words().states), list(rows.map(sentence))); }
    fill(content(place.querySelector("h3, h4")), rest);
    chosen(null);
  }
  /**
   * Shows what an address within the file means, and tells whether it means something.
   * @param {string} hash
   */
  function show(hash) {
    const id = decodeURIComponent(hash.slice(1));
    if (/^l\d+$/.test(id)) { showEdge(id.slice(1)); return true; }
    const place = byId(id);
    if (!place || !/^(e-|d-|p\d)/.test(id)) { return false; }
    if (id.startsWith("e-")) { showEntity(place); } else { showSource(place); }
    return true;
  }
  /** On a narrow screen the panel lies over the lower half, so that the picture has to be in the upper one. */
  function turnToPanel() {
    panel().focus({ preventScroll: true });
    const figure = byId("picture");
    if (figure && window.getComputedStyle(panel()).position === "fixed") { figure.scrollIntoView({ block: "start" }); }
  }
  /**
   * @param {string} hash
   * @param {HTMLElement | SVGElement} from
   */
  function follow(hash, from) {
    if (!show(hash)) { return false; }
    const query = /** @type {HTMLInputElement | null} */ (byId("query"));
    if (from.closest("#hits") && query) {
      // What was found is no longer asked for, and it would cover what is said.
      query.value = "";
      query.dispatchEvent(new Event("input"));
      from = query;
    }
    if (!panel().contains(from)) { opener = from; }
    if (window.location.hash !== hash) { window.history.pushState(null, "", hash); }
    turnToPanel();
    say(panel().querySelector("h2")?.textContent || "");
    return true;
  }
  function shut() {
    panel().hidden = true;
    panel().replaceChildren();
    chosen(null);
    say("");
    window.history.pushState(null, "", "#");
    const back = opener && opener.isConnected && opener !== document.body ? opener : now && nodes.get(now)?.anchor;
    if (back) { back.focus({ preventScroll: true }); }
  }
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    const target = /** @type {Element} */ (event.target);
    const language = target.closest("[data-language]");
    if (language) { event.preventDefault(); speak(/** @type {HTMLElement} */ (language).dataset.language || ""); return; }
    const isDragged = Boolean(moved && moved.wasDragged() && event.detail);
    const anchor = /** @type {HTMLElement | null} */ (target.closest("a"));
    const hash = anchor && anchor.getAttribute("href");
    if (anchor && hash && hash.startsWith("#")) {
      if (svg().contains(anchor) && isDragged) { event.preventDefault(); return; }
      if (follow(hash, anchor)) { event.preventDefault(); }
      return;
    }
    if (!svg().contains(target) || isDragged) { return; }
    const number = edgeAt(event);
    const node = now ? nodes.get(now) : null;
    if (number) { follow("#l" + number, node ? node.anchor : panel()); }
  });
  /**
   * Lines are thin: one beside the place is meant too.
   * @param {MouseEvent} event
   */
  function edgeAt(event) {
    for (const [x, y] of [[0, 0], [-3, 0], [3, 0], [0, -3], [0, 3], [-6, 0], [6, 0], [0, -6], [0, 6]]) {
      const element = document.elementFromPoint(event.clientX + x, event.clientY + y);
      const group = element && svg().contains(element) && element.closest("[data-edge]");
      if (group) { return group.getAttribute("data-edge"); }
    }
    return null;
  }
  window.addEventListener("popstate", () => {
    if (!show(window.location.hash || "#")) { panel().hidden = true; chosen(null); }
  });

  // ---- keys: one stop for the picture, arrows from node to node

  /** @param {string} href */
  function current(href) {
    if (now) { nodes.get(now)?.anchor.setAttribute("tabindex", "-1"); }
    now = href;
    nodes.get(href)?.anchor.setAttribute("tabindex", "0");
  }
  /** Where an arrow leads from the node with the focus. @param {string} key */
  function next(key) {
    const shown = Array.from(nodes).filter(([, node]) => !isOff(node.group)).map(([href, node]) => {
      const linked = node.edges.filter((edge) => !isOff(edge.groups[0])).flatMap((edge) => edge.ends);
      return /** @type {[string, { place: Place, linked: string[] }]} */ ([href, { place: node.place, linked: linked }]);
    });
    return now && window.rapporteurPicture.towards(new Map(shown), now, key);
  }
  document.addEventListener("focusin", (event) => {
    const anchor = /** @type {Element} */ (event.target).closest("#picture g.node a");
    const href = anchor && anchor.getAttribute("href");
    const node = href && nodes.get(href);
    if (!node) { return; }
    current(href);
    if (moved) { moved.bring(node.place); }
  });
  document.addEventListener("keydown", (event) => {
    const focused = document.activeElement;
    const typing = focused instanceof HTMLInputElement && focused.type !== "checkbox";
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing || !moved) { return; }
    if (/^Arrow/.test(event.key) && focused && svg().contains(focused)) {
      event.preventDefault();
      const target = next(event.key), node = target && nodes.get(target);
      if (!node) { return; }
      node.anchor.focus({ preventScroll: true });
      const name = byId(target.slice(1));
      say(filled(words().links, [name?.querySelector("h4")?.textContent || "", node.edges.length]));
      return;
    }
    if (event.key === "Escape" && !panel().hidden) { shut(); }
    else if (event.key === "+" || event.key === "=") { moved.zooms.in(); }
    else if (event.key === "-") { moved.zooms.out(); }
    else if (event.key === "0") { moved.zooms.whole(); }
    else { return; }
    event.preventDefault();
  });

  // ---- what is shown

  /** @returns {HTMLInputElement[]} */
  function boxes() { return Array.from(document.querySelectorAll("#filters input")); }
  /** @param {string} kind */
  function off(kind) {
    return new Set(boxes().filter((box) => box.dataset.kind === kind && !box.checked).map((box) => box.value));
  }
  function apply() {
    const classes = off("class"), relations = off("relation");
    const isLeft = (/** @type {Edge} */ edge) => edge.relations.length > 0 && edge.relations.every((one) => relations.has(one));
    let shown = 0;
    nodes.forEach((node) => {
      // What only relations that are not shown lead to is not shown.
      const isAlone = relations.size > 0 && node.edges.length > 0 && node.edges.every(isLeft);
      const hidden = classes.has(node.group.dataset.class || "") || isAlone;
      node.group.classList.toggle("off", hidden);
      shown += hidden ? 0 : 1;
    });
    edges.forEach((edge) => {
      const ends = edge.ends.map((end) => nodes.get(end));
      const hidden = isLeft(edge) || ends.some((node) => node && isOff(node.group));
      edge.groups.forEach((group) => group.classList.toggle("off", hidden));
    });
    all("article[data-class]").forEach((article) => {
      const node = nodes.get("#" + article.id);
      article.classList.toggle("off", Boolean(node && isOff(node.group)));
      all("dl[data-relation]", article).forEach((part) => part.classList.toggle("off", relations.has(part.dataset.relation || "")));
    });
    say(filled(words().shown, [shown, nodes.size]));
  }
  document.addEventListener("change", (event) => {
    if (/** @type {Element} */ (event.target).closest("#filters")) { apply(); }
  });

  // ---- the other languages of the file: what stands in it, compressed

  /** @type {Record<string, string>} */
  let bodies = {};
  /** What was shown already. @type {Map<string, HTMLElement>} */
  const kept = new Map();
  window.rapporteurLanguages = (given) => { bodies = given; };
  /** Markup that this file brought with it, and no other, may become elements. */
  const policy = window.trustedTypes ? window.trustedTypes.createPolicy("rapporteur", { createHTML: (text) => text }) : null;
  /** @param {string} packed */
  async function unpacked(packed) {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  }
  /**
   * Shows the file in another of its languages, and what is looked at there too.
   * @param {string} tag
   */
  async function speak(tag) {
    const before = document.documentElement.lang;
    if (tag === before || !(kept.has(tag) || bodies[tag])) { return; }
    kept.set(before, document.body);
    let body = kept.get(tag);
    if (!body) {
      const text = await unpacked(bodies[tag]);
      const markup = /** @type {string} */ (policy ? policy.createHTML(text) : text);
      body = document.adoptNode(new DOMParser().parseFromString(markup, "text/html").body);
    }
    document.documentElement.lang = tag;
    document.documentElement.dir = body.dataset.dir || "ltr";
    document.body.replaceWith(body);
    document.title = body.querySelector("h1")?.textContent || "";
    window.rapporteurSearch();
    start();
    apply();
    if (window.location.hash) { show(window.location.hash); }
    /** @type {HTMLElement | null} */ (document.querySelector("[data-language][aria-current]"))?.focus();
  }

  /** Begins with the picture that the page shows now. */
  function start() {
    const figure = byId("picture");
    if (!figure || !svg()) { return; }
    read();
    now = null;
    opener = null;
    moved = window.rapporteurPicture.moved(figure, svg());
    const [first] = nodes.keys();
    if (first) { current(first); }
    ["filters", "keys"].forEach((id) => { const element = byId(id); if (element) { element.hidden = false; } });
    const languages = byId("languages");
    if (languages) { languages.hidden = !("DecompressionStream" in window); }
    const filters = /** @type {HTMLDetailsElement | null} */ (byId("filters"));
    if (filters && window.matchMedia("(min-width: 68rem)").matches) { filters.open = true; }
  }
  start();
  // A browser goes to the place in the list that an address names, and the picture is above it.
  window.addEventListener("load", () => {
    window.setTimeout(() => {
      if (window.location.hash && show(window.location.hash)) {
        window.scrollTo(0, 0);
        turnToPanel();
      }
    }, 0);
  });
})();
