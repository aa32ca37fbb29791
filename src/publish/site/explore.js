// The explorer without reloading: links inside the page are fetched and what changed is put in its place, nodes move from
// where they were. Without this every link is a page of its own.
(function () {
  "use strict";
  const SLOW = 250;
  const PATIENCE = 30000;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const status = document.createElement("p");
  status.id = "status";
  status.setAttribute("role", "status");
  /** @type {XMLHttpRequest | null} */
  let request = null;
  /** @type {Moved | null} */
  let moved = null;

  /**
   * @param {string} id
   * @returns {HTMLElement | null}
   */
  function byId(id) { return document.getElementById(id); }
  function main() { return /** @type {HTMLElement} */ (byId("main")); }
  function svg() { return /** @type {SVGSVGElement | null} */ (document.querySelector("#picture svg")); }
  /** @returns {SVGGElement[]} */
  function nodes() { return Array.from(document.querySelectorAll("#picture g.node")); }

  /**
   * Whether an address is another state of this page.
   * @param {URL} address
   */
  function isHere(address) { return address.origin === location.origin && address.pathname === location.pathname; }

  /** Where each node is on the screen, by its id. */
  function places() {
    /** @type {Map<string, Place>} */
    const found = new Map();
    nodes().forEach((node) => {
      const box = node.getBoundingClientRect();
      found.set(node.id, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
    });
    return found;
  }

  /**
   * Lets nodes move from where they were; what is new appears.
   * @param {Map<string, Place>} before
   */
  function move(before) {
    if (still.matches || !before.size) { return; }
    const drawn = svg();
    const matrix = drawn && drawn.getScreenCTM();
    if (!matrix) { return; }
    nodes().forEach((node) => {
      const box = node.getBoundingClientRect();
      const old = before.get(node.id);
      if (!old) { node.animate([{ opacity: 0 }, { opacity: 1 }], SLOW); return; }
      const x = (old.x - box.x - box.width / 2) / matrix.a;
      const y = (old.y - box.y - box.height / 2) / matrix.d;
      node.animate([{ transform: "translate(" + x + "px," + y + "px)" }, { transform: "none" }], { duration: SLOW, easing: "ease-out" });
    });
    document.querySelectorAll("#picture .lines, #picture .edges, #picture .groups").forEach((part) => {
      part.animate([{ opacity: 0 }, { opacity: 1 }], SLOW);
    });
  }

  /** @param {string} text */
  function say(text) { status.textContent = text; }

  /**
   * What has the focus after a link was followed: what replaces it, or what it is in.
   * @param {Element} link
   * @returns {string[]} the best first
   */
  function after(link) {
    const node = link.closest("g.node");
    const row = link.closest("li[id]");
    const details = link.closest("#details");
    const ids = [node && node.id, link.id, row && row.id, details && "details", "picture", "main"];
    return ids.filter((id) => id !== null).filter(Boolean);
  }

  /** @param {string[]} ids */
  function focus(ids) {
    for (const id of ids) {
      const found = id === "picture" ? document.querySelector("#picture a[tabindex='0']") : byId(id);
      if (!found) { continue; }
      const target = /** @type {HTMLElement} */ (found.matches("g, li") ? found.querySelector("a") : found);
      target.focus({ preventScroll: true });
      return;
    }
  }

  function fail() {
    main().removeAttribute("aria-busy");
    const failed = byId("failed");
    if (failed) { failed.hidden = false; failed.scrollIntoView({ block: "nearest" }); }
  }

  /**
   * Shows another state. A document that is fetched is parsed by the browser itself: no text becomes markup here.
   * @param {string} address
   * @param {string[]} focused
   * @param {boolean} push
   */
  function go(address, focused, push) {
    if (request) { request.abort(); }
    const asked = new XMLHttpRequest();
    request = asked;
    asked.open("GET", address);
    asked.responseType = "document";
    asked.timeout = PATIENCE;
    main().setAttribute("aria-busy", "true");
    const waiting = setTimeout(() => say((byId("failed") || main()).dataset.loading || ""), 2 * SLOW);
    asked.onload = () => {
      clearTimeout(waiting);
      const found = asked.response instanceof Document ? asked.response : null;
      const next = found && found.getElementById("main");
      if (!found || !next) { location.assign(address); return; }
      request = null;
      const before = places();
      main().replaceWith(document.adoptNode(next));
      document.title = found.title;
      // The other languages show the same.
      const languages = document.querySelector(".languages"), there = found.querySelector(".languages");
      if (languages && there) { languages.replaceWith(document.adoptNode(there)); }
      if (push) { history.pushState(null, "", asked.responseURL || address); }
      ready();
      move(before);
      focus(focused);
      const title = document.querySelector("#details h2"), summary = byId("summary");
      say([title, summary].map((one) => one ? (one.textContent || "").trim() : "").filter(Boolean).join(". "));
      meet();
    };
    asked.onerror = asked.ontimeout = () => { clearTimeout(waiting); fail(); };
    asked.send();
  }

  /** On a narrow screen the details are below the picture: their beginning is brought into sight. */
  function meet() {
    const details = byId("details");
    if (!details || !window.matchMedia("(max-width: 48rem)").matches) { return; }
    const top = details.getBoundingClientRect().top;
    const wanted = window.innerHeight * 0.62;
    if (top > wanted) { window.scrollBy({ top: top - wanted, behavior: still.matches ? "auto" : "smooth" }); }
  }

  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.id === "copy") { copy(); return; }
    const link = target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    if (link.closest("#picture") && moved && moved.wasDragged() && event.detail) { event.preventDefault(); return; }
    const address = new URL(link.getAttribute("href") || "", location.href);
    if (!isHere(address) || link.hasAttribute("data-file") || (link.getAttribute("href") || "").startsWith("#")) { return; }
    event.preventDefault();
    go(address.href, after(link), true);
  });
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.classList.contains("explore-form")) { return; }
    event.preventDefault();
    const address = new URL(form.getAttribute("action") || "", location.href);
    new FormData(form).forEach((value, name) => address.searchParams.append(name, String(value)));
    const field = form.querySelector("input[id]");
    go(address.href, form.closest("#details") ? ["details"] : [field ? field.id : "main"], true);
  });
  window.addEventListener("popstate", () => go(location.href, ["picture", "main"], false));

  function copy() {
    const field = /** @type {HTMLInputElement} */ (byId("address"));
    const button = /** @type {HTMLElement} */ (byId("copy"));
    const done = () => { button.textContent = button.dataset.copied || ""; say(button.textContent); };
    navigator.clipboard.writeText(field.value).then(done, () => { field.focus(); field.select(); });
  }

  // The picture is one stop of Tab; arrow keys go along links to other nodes.

  /**
   * The id of a node by what its address looks at.
   * @param {Element} link
   * @returns {string[]}
   */
  function looked(link) {
    const focused = new URL(link.getAttribute("href") || "", location.href).searchParams.get("focus");
    return focused ? focused.split(",").map((id) => "node-" + id) : [];
  }
  /** Where nodes are in the picture, and which others lines link them with. */
  function linked() {
    /** @type {Map<string, { place: Box, linked: string[] }>} */
    const found = new Map();
    nodes().forEach((node) => {
      const box = node.getBBox();
      const place = { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width, height: box.height };
      found.set(node.id, { place: place, linked: [] });
    });
    document.querySelectorAll("#picture a[href]").forEach((link) => {
      const [one, other] = looked(link).map((id) => found.get(id));
      if (one && other) { const ids = looked(link); one.linked.push(ids[1]); other.linked.push(ids[0]); }
    });
    return found;
  }
  /** @param {Element} node */
  function current(node) {
    document.querySelectorAll("#picture a[tabindex='0']").forEach((link) => link.setAttribute("tabindex", "-1"));
    const link = node.querySelector("a");
    if (link) { link.setAttribute("tabindex", "0"); }
    return link;
  }
  /** @returns {Element | null} */
  function here() { return document.activeElement && document.activeElement.closest("#picture g.node"); }
  /** @param {string} key */
  function step(key) {
    const node = here() || nodes()[0];
    const graph = linked();
    const next = node && window.rapporteurPicture.towards(graph, node.id, key);
    const target = next && byId(next);
    const link = target && current(target);
    if (!link || !next) { return; }
    link.focus({ preventScroll: true });
    const place = graph.get(next);
    if (place && moved) { moved.bring(place.place); }
  }
  /**
   * Follows a link of the row that stands for the node that has the focus.
   * @param {string} kind
   */
  function act(kind) {
    const node = here();
    const row = node && byId(node.id.replace(/^node-/, "row-"));
    const link = row && row.querySelector("a." + kind);
    if (link && node) { go(/** @type {HTMLAnchorElement} */ (link).href, [node.id, "picture", "main"], true); }
  }

  /** Dates to go through one by one, instead of a list of links. */
  function slide() {
    const list = /** @type {HTMLElement | null} */ (document.querySelector(".dates"));
    if (!list) { return; }
    const links = Array.from(list.querySelectorAll("a"));
    const slider = document.createElement("input");
    const label = document.createElement("label");
    const output = document.createElement("output");
    slider.type = "range";
    slider.id = "when";
    slider.max = String(links.length - 1);
    slider.value = String(Math.max(links.findIndex((link) => link.hasAttribute("aria-current")), 0));
    label.htmlFor = output.htmlFor.value = slider.id;
    label.textContent = list.dataset.label || "";
    const tell = () => {
      output.textContent = links[slider.valueAsNumber].textContent;
      slider.setAttribute("aria-valuetext", output.textContent || "");
    };
    let waiting = 0;
    slider.addEventListener("input", () => {
      tell();
      clearTimeout(waiting);
      waiting = window.setTimeout(() => go(links[slider.valueAsNumber].href, ["when"], true), SLOW);
    });
    tell();
    const line = document.createElement("p");
    line.className = "slider";
    line.append(label, " ", slider, " ", output);
    list.before(line);
    list.hidden = true;
  }

  function ready() {
    main().appendChild(status);
    const button = byId("copy");
    if (button) { button.hidden = !navigator.clipboard; }
    slide();
    const picture = svg(), figure = byId("picture");
    moved = picture && figure && window.rapporteurPicture.moved(figure, picture);
    if (!picture || !moved) { return; }
    document.querySelectorAll("#picture a").forEach((link) => link.setAttribute("tabindex", "-1"));
    const wanted = new URL(location.href).searchParams.get("focus");
    const first = (wanted && byId("node-" + wanted)) || nodes()[0];
    if (!first) { return; }
    current(first);
    // What cannot be read on a small screen is shown in part.
    const place = linked().get(first.id);
    const box = picture.getBoundingClientRect();
    if (place && box.width / picture.viewBox.baseVal.width < 0.5) { moved.bring(place.place, true); }
  }

  document.addEventListener("focusin", (event) => {
    const node = /** @type {Element} */ (event.target).closest("#picture g.node");
    if (node) { current(node); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.defaultPrevented) { return; }
    const focused = document.activeElement;
    const typing = focused instanceof HTMLTextAreaElement || focused instanceof HTMLSelectElement
      || (focused instanceof HTMLInputElement && focused.type !== "range");
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const control = event.ctrlKey || event.metaKey;
    const find = /** @type {HTMLInputElement} */ (byId("find"));
    if (key === "Escape" || (key === "/" && !typing && !control)) {
      event.preventDefault();
      if (focused === find) { find.value = ""; }
      find.focus();
      find.scrollIntoView({ block: "nearest" });
      return;
    }
    if (typing) { return; }
    const undo = byId("undo"), redo = byId("redo");
    if (control ? key === "z" && !event.shiftKey : key === "u") { if (undo) { undo.click(); }
    } else if (control ? key === "y" || (key === "z" && event.shiftKey) : key === "r") { if (redo) { redo.click(); }
    } else if (control || !moved) { return;
    } else if (/^Arrow/.test(key) && focused && focused.closest("#picture")) { step(event.key);
    } else if (key === "e" && here()) { act("open");
    } else if (key === "h" && here()) { act("hide");
    } else if (key === "+" || key === "=") { moved.zooms.in();
    } else if (key === "-") { moved.zooms.out();
    } else if (key === "0") { moved.zooms.whole();
    } else { return; }
    event.preventDefault();
  });

  // Names as they are typed.
  let waiting = 0;
  document.addEventListener("input", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.hasAttribute("data-names")) { return; }
    clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      const address = new URL("search", location.href);
      address.search = new URLSearchParams({ q: box.value }).toString();
      fetch(address).then((answer) => answer.json()).then((/** @type {Found} */ found) => {
        if (!box.isConnected || !box.value) { return; }
        const id = "names-" + box.id;
        const list = byId(id) || /** @type {Element} */ (box.insertAdjacentElement("afterend", document.createElement("datalist")));
        list.id = id;
        box.setAttribute("list", id);
        list.replaceChildren(...found.hits.map((hit) => {
          const option = document.createElement("option");
          option.value = hit.name;
          option.label = hit.label === hit.name ? hit.class : hit.label + " – " + hit.class;
          return option;
        }));
      }, () => { /* Without suggestions the form still works. */ });
    }, 80);
  });

  ready();
})();
