// The explorer without reloading: links inside the page are fetched and what changed is put in its place, nodes move from
// where they were. Without this every link is a page of its own.
(function () {
  "use strict";
  var SLOW = 250;
  var still = window.matchMedia("(prefers-reduced-motion: reduce)");
  var status = document.createElement("p");
  status.id = "status";
  status.setAttribute("role", "status");
  var request = null;

  function main() { return document.getElementById("main"); }
  function svg() { return document.querySelector("#picture svg"); }

  // Whether an address is another state of this page.
  function isHere(address) {
    return address.origin === location.origin && address.pathname === location.pathname;
  }

  // Where each node is, by its id, in the units of its picture.
  function places() {
    var found = new Map();
    document.querySelectorAll("#picture g.node").forEach(function (node) {
      var box = node.getBoundingClientRect();
      found.set(node.id, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
    });
    return found;
  }

  // Lets nodes move from where they were; what is new appears.
  function move(before) {
    if (still.matches || !before.size || !Element.prototype.animate) { return; }
    var matrix = svg() && svg().getScreenCTM();
    if (!matrix) { return; }
    document.querySelectorAll("#picture g.node").forEach(function (node) {
      var box = node.getBoundingClientRect();
      var old = before.get(node.id);
      if (!old) { node.animate([{ opacity: 0 }, { opacity: 1 }], SLOW); return; }
      var x = (old.x - box.x - box.width / 2) / matrix.a;
      var y = (old.y - box.y - box.height / 2) / matrix.d;
      node.animate([{ transform: "translate(" + x + "px," + y + "px)" }, { transform: "none" }], { duration: SLOW, easing: "ease-out" });
    });
    document.querySelectorAll("#picture .lines, #picture .edges, #picture .groups").forEach(function (part) {
      part.animate([{ opacity: 0 }, { opacity: 1 }], SLOW);
    });
  }

  // Shows another state. A document that is fetched is parsed by the browser itself: no text becomes markup here.
  function go(address, focused, push) {
    if (request) { request.abort(); }
    request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    main().setAttribute("aria-busy", "true");
    request.onload = function () {
      var next = request.response && request.response.getElementById("main");
      var reached = request.responseURL || address;
      request = null;
      if (!next) { location.assign(address); return; }
      var before = places();
      main().replaceWith(document.adoptNode(next));
      if (push) { history.pushState(null, "", reached); }
      ready();
      move(before);
      var again = focused && document.getElementById(focused);
      if (again) { (again.querySelector("a") || again).focus({ preventScroll: true }); }
      var title = document.querySelector("#details h2");
      status.textContent = title ? title.textContent : "";
    };
    request.onerror = function () { location.assign(address); };
    request.send();
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    var address = new URL(link.getAttribute("href"), location.href);
    if (!isHere(address) || link.hasAttribute("data-file")) { return; }
    event.preventDefault();
    var node = link.closest("g.node");
    go(address.href, node ? node.id : null, true);
  });
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.classList.contains("explore-form")) { return; }
    event.preventDefault();
    var address = new URL(form.getAttribute("action"), location.href);
    address.search = new URLSearchParams(new FormData(form)).toString();
    go(address.href, "find", true);
  });
  window.addEventListener("popstate", function () { go(location.href, null, false); });

  // The picture is one stop of Tab; arrow keys go to the nearest node that way.
  function nodes() { return Array.from(document.querySelectorAll("#picture g.node a")); }
  function middle(node) {
    var box = node.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }
  function towards(key) {
    var all = nodes();
    var here = all.indexOf(document.activeElement);
    if (here < 0) { return all[0]; }
    var from = middle(all[here]);
    var best = null;
    var least = Infinity;
    all.forEach(function (node, at) {
      if (at === here) { return; }
      var to = middle(node);
      var along = { ArrowRight: to.x - from.x, ArrowLeft: from.x - to.x, ArrowDown: to.y - from.y, ArrowUp: from.y - to.y }[key];
      var across = key === "ArrowRight" || key === "ArrowLeft" ? Math.abs(to.y - from.y) : Math.abs(to.x - from.x);
      if (along > 0 && along + 2 * across < least) { least = along + 2 * across; best = node; }
    });
    return best;
  }

  // Larger, smaller, moved: by the part of the picture that is shown.
  var whole = null;
  function view() { var box = svg().viewBox.baseVal; return { x: box.x, y: box.y, width: box.width, height: box.height }; }
  function show(box) { svg().setAttribute("viewBox", [box.x, box.y, box.width, box.height].join(" ")); }
  function zoom(factor, at) {
    var box = view();
    var width = Math.min(Math.max(box.width * factor, whole.width / 20), whole.width * 2);
    var scale = width / box.width;
    var x = at ? at.x : 0.5;
    var y = at ? at.y : 0.5;
    show({ x: box.x + box.width * x * (1 - scale), y: box.y + box.height * y * (1 - scale), width: width, height: box.height * scale });
  }

  function ready() {
    main().appendChild(status);
    var picture = svg();
    if (!picture) { return; }
    whole = view();
    nodes().forEach(function (node, at) { node.setAttribute("tabindex", at ? "-1" : "0"); });
    picture.addEventListener("wheel", function (event) {
      if (!event.ctrlKey) { return; }
      event.preventDefault();
      var box = picture.getBoundingClientRect();
      zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, { x: (event.clientX - box.x) / box.width, y: (event.clientY - box.y) / box.height });
    }, { passive: false });
    var held = null;
    picture.addEventListener("pointerdown", function (event) {
      if (event.button || event.target.closest("a")) { return; }
      held = { x: event.clientX, y: event.clientY, box: view() };
      picture.setPointerCapture(event.pointerId);
    });
    picture.addEventListener("pointermove", function (event) {
      if (!held) { return; }
      var scale = held.box.width / picture.getBoundingClientRect().width;
      show({ x: held.box.x - (event.clientX - held.x) * scale, y: held.box.y - (event.clientY - held.y) * scale, width: held.box.width, height: held.box.height });
    });
    picture.addEventListener("pointerup", function () { held = null; });
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === "Escape" || (event.key === "/" && !typing)) {
      event.preventDefault();
      document.getElementById("find").focus();
      return;
    }
    if (typing || !svg()) { return; }
    var undo = document.getElementById("undo");
    if (/^Arrow/.test(event.key) && document.activeElement.closest("#picture")) {
      var next = towards(event.key);
      if (next) { next.focus(); }
    } else if (event.key === "+") { zoom(1 / 1.25);
    } else if (event.key === "-") { zoom(1.25);
    } else if (event.key === "0") { show(whole);
    } else if (event.key === "u" && undo) { undo.click();
    } else { return; }
    event.preventDefault();
  });

  // Names as they are typed.
  var waiting = null;
  document.addEventListener("input", function (event) {
    if (event.target.id !== "find") { return; }
    clearTimeout(waiting);
    var box = event.target;
    waiting = setTimeout(function () {
      var address = new URL("search", location.href);
      address.search = new URLSearchParams({ q: box.value }).toString();
      fetch(address).then(function (answer) { return answer.json(); }).then(function (found) {
        if (document.getElementById("find") !== box || !box.value) { return; }
        var list = document.getElementById("names-found") || box.insertAdjacentElement("afterend", document.createElement("datalist"));
        list.id = "names-found";
        box.setAttribute("list", list.id);
        list.textContent = "";
        found.hits.forEach(function (hit) {
          var option = document.createElement("option");
          option.value = hit.name;
          option.label = hit.label === hit.name ? hit.class : hit.label + " – " + hit.class;
          list.appendChild(option);
        });
      }, function () { /* Without suggestions the form still works. */ });
    }, 80);
  });

  ready();
})();
