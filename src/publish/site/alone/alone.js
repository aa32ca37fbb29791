// The picture of a file that stands alone: moved and looked into, with what is said in a panel. All that it shows stands in the
// list below, which is there without this too.
(function () {
  "use strict";
  var figure = document.getElementById("picture");
  var svg = figure && figure.querySelector("svg");
  var panel = document.getElementById("panel");
  var said = document.getElementById("said");
  var words = document.body.dataset;
  if (!svg || !panel || !said) { return; }
  var still = window.matchMedia("(prefers-reduced-motion: reduce)");

  function all(selector, within) { return Array.from((within || document).querySelectorAll(selector)); }
  function make(name, text) {
    var element = document.createElement(name);
    if (text !== undefined) { element.textContent = text; }
    return element;
  }
  function filled(pattern, texts) {
    return texts.reduce(function (line, text) { return line.replace("{}", function () { return String(text); }); }, pattern);
  }
  function say(text) { said.textContent = text; }

  // Nodes by the places in the list that they lead to, and edges by their numbers.
  var nodes = new Map();
  var edges = new Map();
  all("g.node", svg).forEach(function (group) {
    var anchor = group.querySelector("a");
    if (!anchor) { return; }
    var box = group.getBBox();
    var place = { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width, height: box.height };
    nodes.set(anchor.getAttribute("href"), { group: group, anchor: anchor, place: place, edges: [] });
  });
  all("[data-edge]", svg).forEach(function (group) {
    var data = group.dataset;
    var edge = edges.get(data.edge);
    if (!edge) {
      edge = {
        groups: [],
        ends: [data.from, data.to].map(function (id) { return "#e-" + id.replace(/^node-/, ""); }),
        statements: data.statements.split(" ").filter(Boolean),
        relations: data.relations.split(" ").filter(Boolean)
      };
      edges.set(data.edge, edge);
      new Set(edge.ends).forEach(function (end) { if (nodes.has(end)) { nodes.get(end).edges.push(edge); } });
    }
    edge.groups.push(group);
    group.setAttribute("tabindex", "-1");
  });

  // ---- size and place of what is seen

  var whole = svg.viewBox.baseVal;
  whole = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
  var seen = Object.assign({}, whole);
  function draw() {
    svg.setAttribute("viewBox", [seen.x, seen.y, seen.width, seen.height].join(" "));
  }
  // A part is never larger than the whole, and its middle is in it.
  function within(box) {
    var width = Math.min(Math.max(box.width, whole.width / 60), whole.width);
    var height = width * whole.height / whole.width;
    var x = Math.min(Math.max(box.x + box.width / 2, whole.x), whole.x + whole.width);
    var y = Math.min(Math.max(box.y + box.height / 2, whole.y), whole.y + whole.height);
    if (width === whole.width) { return Object.assign({}, whole); }
    return { x: x - width / 2, y: y - height / 2, width: width, height: height };
  }
  var moving = 0;
  function go(box, atOnce) {
    var from = seen, to = within(box), start = null;
    moving += 1;
    var mine = moving;
    if (atOnce || still.matches) { seen = to; draw(); return; }
    window.requestAnimationFrame(function step(now) {
      if (mine !== moving) { return; }
      start = start === null ? now : start;
      var part = Math.min((now - start) / 220, 1);
      var ease = part * (2 - part);
      seen = {};
      Object.keys(to).forEach(function (key) { seen[key] = from[key] + (to[key] - from[key]) * ease; });
      draw();
      if (part < 1) { window.requestAnimationFrame(step); }
    });
  }
  function zoom(factor, at, atOnce) {
    var middle = at || { x: seen.x + seen.width / 2, y: seen.y + seen.height / 2 };
    var width = Math.min(Math.max(seen.width / factor, whole.width / 60), whole.width);
    var scale = width / seen.width;
    go({ x: middle.x - (middle.x - seen.x) * scale, y: middle.y - (middle.y - seen.y) * scale, width: width, height: seen.height * scale }, atOnce);
  }
  function pixels() {
    var box = svg.getBoundingClientRect();
    return Math.min(box.width / seen.width, box.height / seen.height);
  }
  function placeOf(event) {
    var place = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return { x: place.x, y: place.y };
  }
  // Brings a node into sight, large enough to be read.
  function bring(node) {
    var place = node.place, scale = pixels();
    var width = scale < 0.85 ? seen.width * scale : seen.width;
    var height = width * whole.height / whole.width;
    var margin = scale < 0.85 ? Infinity : 0;
    var isSeen = place.x - place.width / 2 >= seen.x + margin && place.x + place.width / 2 <= seen.x + seen.width - margin
      && place.y - place.height / 2 >= seen.y + margin && place.y + place.height / 2 <= seen.y + seen.height - margin;
    if (!isSeen) { go({ x: place.x - width / 2, y: place.y - height / 2, width: width, height: height }); }
  }
  var zooms = {
    in: function () { zoom(1.5); },
    out: function () { zoom(1 / 1.5); },
    whole: function () { go(whole); }
  };
  all("#tools button").forEach(function (button) {
    button.addEventListener("click", function () { zooms[button.dataset.zoom](); });
  });
  svg.addEventListener("wheel", function (event) {
    // The page still scrolls under a picture that nobody has turned to.
    if (!event.ctrlKey && !figure.contains(document.activeElement)) { return; }
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / (event.deltaMode ? 20 : 400)), placeOf(event), true);
  }, { passive: false });
  var fingers = new Map(), moved = 0;
  svg.addEventListener("pointerdown", function (event) {
    if (event.button !== 0) { return; }
    if (fingers.size === 0) { moved = 0; }
    fingers.set(event.pointerId, event);
  });
  svg.addEventListener("pointermove", function (event) {
    var before = fingers.get(event.pointerId);
    if (!before) { return; }
    var others = Array.from(fingers.values()).filter(function (other) { return other.pointerId !== event.pointerId; });
    moved += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY);
    if (moved < 6) { return; }
    if (!svg.hasPointerCapture(event.pointerId)) { svg.setPointerCapture(event.pointerId); }
    svg.classList.add("dragged");
    fingers.set(event.pointerId, event);
    if (others.length) {
      var distance = function (one, other) { return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY); };
      zoom(distance(event, others[0]) / Math.max(distance(before, others[0]), 1), placeOf(event), true);
      return;
    }
    var scale = pixels();
    go({ x: seen.x - (event.clientX - before.clientX) / scale, y: seen.y - (event.clientY - before.clientY) / scale, width: seen.width, height: seen.height }, true);
  });
  ["pointerup", "pointercancel"].forEach(function (name) {
    svg.addEventListener(name, function (event) {
      fingers.delete(event.pointerId);
      svg.classList.remove("dragged");
    });
  });
  svg.addEventListener("dragstart", function (event) { event.preventDefault(); });

  // ---- what is said

  // Rows of the list, with names of their own no more.
  function copy(element) {
    var copied = element.cloneNode(true);
    [copied].concat(all("[id]", copied)).forEach(function (one) { one.removeAttribute("id"); });
    return copied;
  }
  function twin(node) { return node.cloneNode(true); }
  function link(href) {
    var article = document.getElementById(href.slice(1));
    var anchor = make("a");
    anchor.href = href;
    var name = article && article.querySelector("h3, h4");
    if (name) { Array.from(name.childNodes).forEach(function (node) { anchor.appendChild(twin(node)); }); }
    return anchor;
  }
  function subjectOf(row) { return "#" + row.closest("article").id; }
  // A statement with both ends.
  function sentence(row) {
    var item = make("dd");
    var list = row.closest("dl");
    item.append(link(subjectOf(row)), " ", copy(list.querySelector("dt")).textContent, " ");
    item.append(copy(row.querySelector(".object")), copy(row.querySelector(".rest")));
    return item;
  }
  function list(rows) {
    var list = make("dl");
    rows.forEach(function (row) { list.appendChild(row); });
    return list;
  }
  // What others say that leads to an entity, by what it says seen from there.
  function others(id) {
    var groups = new Map();
    all("dd[data-object]").forEach(function (row) {
      if (row.dataset.object !== id || panel.contains(row)) { return; }
      var back = row.closest("dl").dataset.back;
      if (!groups.has(back)) { groups.set(back, []); }
      var item = make("dd");
      item.append(link(subjectOf(row)), copy(row.querySelector(".rest")));
      groups.get(back).push(item);
    });
    var rows = [];
    groups.forEach(function (items, back) { rows = rows.concat(make("dt", back), items); });
    return rows;
  }
  function fill(title, parts) {
    var close = make("button", "×");
    close.type = "button";
    close.className = "close";
    close.setAttribute("aria-label", words.close);
    close.title = words.close;
    close.addEventListener("click", shut);
    var heading = make("h2");
    heading.append.apply(heading, title);
    panel.replaceChildren.apply(panel, [close, heading].concat(parts));
    panel.hidden = false;
    panel.scrollTop = 0;
    // Nothing above is named like what stands in the list.
    all("[id]", panel).forEach(function (one) { one.removeAttribute("id"); });
  }
  function chosen(groups, ends, near) {
    all(".chosen, .far", svg).forEach(function (group) { group.classList.remove("chosen", "far"); });
    svg.classList.toggle("looked", Boolean(groups));
    if (!groups) { return; }
    nodes.forEach(function (node, href) { if (!ends.has(href)) { node.group.classList.add("far"); } });
    edges.forEach(function (edge) {
      if (!near.has(edge)) { edge.groups.forEach(function (group) { group.classList.add("far"); }); }
    });
    groups.forEach(function (group) { group.classList.add("chosen"); });
  }
  function showEntity(article) {
    var href = "#" + article.id;
    var parts = Array.from(article.children).slice(1).map(copy);
    var rows = others(article.id);
    if (rows.length) { parts.push(make("h3", words.others), list(rows)); }
    fill(Array.from(article.querySelector("h4").childNodes).map(twin), parts);
    var node = nodes.get(href);
    if (!node) { chosen(null); return; }
    var ends = new Set([href]);
    node.edges.forEach(function (edge) { edge.ends.forEach(function (end) { ends.add(end); }); });
    chosen([node.group], ends, new Set(node.edges));
    current(href);
    bring(node);
  }
  function showEdge(number) {
    var edge = edges.get(number);
    if (!edge) { return; }
    var rows = edge.statements.map(function (id) { return document.getElementById("s" + id); }).filter(Boolean);
    fill([link(edge.ends[0]), " – ", link(edge.ends[1])], [list(rows.map(sentence))]);
    chosen(edge.groups, new Set(edge.ends), new Set([edge]));
  }
  function showSource(place) {
    var href = "#" + place.id;
    var rows = all("#list ~ article dd").filter(function (row) {
      return all("a.source", row).some(function (source) { return source.getAttribute("href") === href; });
    });
    var document_ = place.closest("article");
    var title = Array.from(place.querySelector("h3, h4").childNodes).map(twin);
    var parts = [];
    if (document_ !== place) { parts.push(make("p", document_.querySelector("h3").textContent)); }
    if (rows.length) { parts.push(make("h3", words.states), list(rows.map(sentence))); }
    fill(title, parts);
    chosen(null);
  }
  var opener = null;
  // Shows what an address within the file means, and tells whether it means something.
  function show(hash) {
    var id = decodeURIComponent(hash.slice(1));
    if (/^l\d+$/.test(id)) { showEdge(id.slice(1)); return true; }
    var place = document.getElementById(id);
    if (!place || !/^(e-|d-|p\d)/.test(id)) { return false; }
    if (id.startsWith("e-")) { showEntity(place); } else { showSource(place); }
    return true;
  }
  // On a narrow screen the panel lies over the lower half, so that the picture has to be in the upper one.
  function turnToPanel() {
    panel.focus({ preventScroll: true });
    if (window.getComputedStyle(panel).position === "fixed") { figure.scrollIntoView({ block: "start" }); }
  }
  function follow(hash, from) {
    if (!show(hash)) { return false; }
    if (from.closest("#hits")) {
      // What was found is no longer asked for, and it would cover what is said.
      var query = document.getElementById("query");
      query.value = "";
      query.dispatchEvent(new Event("input"));
      from = query;
    }
    if (!panel.contains(from)) { opener = from; }
    if (window.location.hash !== hash) { window.history.pushState(null, "", hash); }
    turnToPanel();
    say(panel.querySelector("h2").textContent);
    return true;
  }
  function shut() {
    panel.hidden = true;
    panel.replaceChildren();
    chosen(null);
    say("");
    window.history.pushState(null, "", "#");
    var back = opener && opener.isConnected && opener !== document.body ? opener : now && nodes.get(now).anchor;
    if (back) { back.focus({ preventScroll: true }); }
  }
  document.addEventListener("click", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    var anchor = event.target.closest("a");
    var hash = anchor && anchor.getAttribute("href");
    if (hash && hash.startsWith("#")) {
      if (svg.contains(anchor) && moved >= 6) { event.preventDefault(); return; }
      if (follow(hash, anchor)) { event.preventDefault(); }
      return;
    }
    if (!svg.contains(event.target) || moved >= 6) { return; }
    var number = edgeAt(event);
    if (number !== null) { follow("#l" + number, now ? nodes.get(now).anchor : figure); }
  });
  // Lines are thin: one beside the place is meant too.
  function edgeAt(event) {
    var beside = [[0, 0], [-3, 0], [3, 0], [0, -3], [0, 3], [-6, 0], [6, 0], [0, -6], [0, 6]];
    for (var at = 0; at < beside.length; at += 1) {
      var element = document.elementFromPoint(event.clientX + beside[at][0], event.clientY + beside[at][1]);
      var group = element && svg.contains(element) && element.closest("[data-edge]");
      if (group) { return group.dataset.edge; }
    }
    return null;
  }
  window.addEventListener("popstate", function () {
    if (!show(window.location.hash || "#")) { panel.hidden = true; chosen(null); }
  });

  // ---- keys: one stop for the picture, arrows from node to node

  var now = null;
  function current(href) {
    if (now) { nodes.get(now).anchor.setAttribute("tabindex", "-1"); }
    now = href;
    nodes.get(href).anchor.setAttribute("tabindex", "0");
  }
  function isShown(node) { return !node.group.classList.contains("off"); }
  // The node that an arrow means: the best one that a link leads to that way, or else the nearest.
  function next(href, x, y) {
    var from = nodes.get(href);
    function best(candidates) {
      var found = null, least = Infinity;
      candidates.forEach(function (candidate) {
        var node = nodes.get(candidate);
        if (candidate === href || !node || !isShown(node)) { return; }
        var dx = node.place.x - from.place.x, dy = node.place.y - from.place.y;
        var along = dx * x + dy * y, aside = Math.abs(dx * y) + Math.abs(dy * x);
        if (along <= 0 || aside > 2 * along) { return; }
        if (along + 2 * aside < least) { least = along + 2 * aside; found = candidate; }
      });
      return found;
    }
    var linked = [];
    from.edges.forEach(function (edge) {
      if (!edge.groups[0].classList.contains("off")) { linked = linked.concat(edge.ends); }
    });
    return best(linked) || best(Array.from(nodes.keys()));
  }
  var ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  svg.addEventListener("focusin", function (event) {
    var anchor = event.target.closest("a");
    var href = anchor && anchor.getAttribute("href");
    if (!nodes.has(href)) { return; }
    current(href);
    bring(nodes.get(href));
  });
  svg.addEventListener("keydown", function (event) {
    var way = ARROWS[event.key];
    if (!way || !now || event.ctrlKey || event.metaKey || event.altKey) { return; }
    event.preventDefault();
    var target = next(now, way[0], way[1]);
    if (!target) { return; }
    nodes.get(target).anchor.focus({ preventScroll: true });
    var name = document.getElementById(target.slice(1));
    say(filled(words.links, [name ? name.querySelector("h4").textContent : "", nodes.get(target).edges.length]));
  });
  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName) && document.activeElement.type !== "checkbox";
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing) { return; }
    if (event.key === "Escape" && !panel.hidden) { shut(); }
    else if (event.key === "+" || event.key === "=") { zooms.in(); }
    else if (event.key === "-") { zooms.out(); }
    else if (event.key === "0") { zooms.whole(); }
    else { return; }
    event.preventDefault();
  });

  // ---- what is shown

  var boxes = all("#filters input");
  function off(kind) {
    return new Set(boxes.filter(function (box) { return box.dataset.kind === kind && !box.checked; }).map(function (box) { return box.value; }));
  }
  function apply() {
    var classes = off("class"), relations = off("relation");
    var isOff = function (edge) {
      return edge.relations.length > 0 && edge.relations.every(function (relation) { return relations.has(relation); });
    };
    var shown = 0;
    nodes.forEach(function (node) {
      // What only relations that are not shown lead to is not shown.
      var isLeft = relations.size > 0 && node.edges.length > 0 && node.edges.every(isOff);
      var hidden = classes.has(node.group.dataset.class) || isLeft;
      node.group.classList.toggle("off", hidden);
      shown += hidden ? 0 : 1;
    });
    edges.forEach(function (edge) {
      var hidden = isOff(edge) || edge.ends.some(function (end) { return nodes.has(end) && !isShown(nodes.get(end)); });
      edge.groups.forEach(function (group) { group.classList.toggle("off", hidden); });
    });
    all("article[data-class]").forEach(function (article) {
      var node = nodes.get("#" + article.id);
      article.classList.toggle("off", Boolean(node) && !isShown(node));
      all("dl[data-relation]", article).forEach(function (list) {
        list.classList.toggle("off", relations.has(list.dataset.relation));
      });
    });
    say(filled(words.shown, [shown, nodes.size]));
  }
  boxes.forEach(function (box) { box.addEventListener("change", apply); });

  document.body.classList.add("moving");
  nodes.forEach(function (node) { node.anchor.setAttribute("tabindex", "-1"); });
  if (nodes.size) { current(nodes.keys().next().value); }
  ["tools", "filters", "keys"].forEach(function (id) {
    var element = document.getElementById(id);
    if (element) { element.hidden = false; }
  });
  var filters = document.getElementById("filters");
  if (filters && window.matchMedia("(min-width: 68rem)").matches) { filters.open = true; }
  // A browser goes to the place in the list that an address names, and the picture is above it.
  window.addEventListener("load", function () {
    window.setTimeout(function () {
      if (window.location.hash && show(window.location.hash)) {
        window.scrollTo(0, 0);
        turnToPanel();
      }
    }, 0);
  });
})();
