// A picture that is moved: larger, smaller, drawn by a finger or two, and gone through with arrow keys. For pages of the
// explorer, and for a picture that stands alone in a file.
(function () {
  "use strict";
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  /** How many times larger a picture may become. */
  const MOST = 60;
  /** How many pixels of the screen one of the picture has at most, before anybody makes it larger. */
  const MOST_LARGE = 1.4;
  /** How large text is read: in pixels of the screen for one of the picture. */
  const READ = 0.85;
  /** How many pixels a pointer moves before it drags. */
  const DRAG = 6;

  /**
   * Lets a picture be moved.
   * @param {HTMLElement} figure
   * @param {SVGSVGElement} svg
   * @returns {Moved}
   */
  function moved(figure, svg) {
    const base = svg.viewBox.baseVal;
    /** @type {Box} */
    const whole = { x: base.x, y: base.y, width: base.width, height: base.height };
    let seen = Object.assign({}, whole);
    let moving = 0;
    // A picture of little is not blown up.
    svg.style.maxBlockSize = whole.height * MOST_LARGE + "px";

    function draw() { svg.setAttribute("viewBox", [seen.x, seen.y, seen.width, seen.height].join(" ")); }
    /**
     * A part is never larger than the whole, and its middle is in it.
     * @param {Box} box
     * @returns {Box}
     */
    function within(box) {
      const width = Math.min(Math.max(box.width, whole.width / MOST), whole.width);
      const height = width * whole.height / whole.width;
      if (width === whole.width) { return Object.assign({}, whole); }
      const x = Math.min(Math.max(box.x + box.width / 2, whole.x), whole.x + whole.width);
      const y = Math.min(Math.max(box.y + box.height / 2, whole.y), whole.y + whole.height);
      return { x: x - width / 2, y: y - height / 2, width: width, height: height };
    }
    /**
     * @param {Box} box
     * @param {boolean} [atOnce]
     */
    function go(box, atOnce) {
      const from = seen, to = within(box);
      moving += 1;
      const mine = moving;
      if (atOnce || still.matches) { seen = to; draw(); return; }
      let start = /** @type {number | null} */ (null);
      window.requestAnimationFrame(function step(now) {
        if (mine !== moving) { return; }
        start = start === null ? now : start;
        const part = Math.min((now - start) / 220, 1), ease = part * (2 - part);
        const between = (/** @type {number} */ one, /** @type {number} */ other) => one + (other - one) * ease;
        seen = {
          x: between(from.x, to.x), y: between(from.y, to.y),
          width: between(from.width, to.width), height: between(from.height, to.height)
        };
        draw();
        if (part < 1) { window.requestAnimationFrame(step); }
      });
    }
    /**
     * @param {number} factor
     * @param {Place} [at]
     * @param {boolean} [atOnce]
     */
    function zoom(factor, at, atOnce) {
      const middle = at || { x: seen.x + seen.width / 2, y: seen.y + seen.height / 2 };
      const width = Math.min(Math.max(seen.width / factor, whole.width / MOST), whole.width);
      const scale = width / seen.width;
      go({
        x: middle.x - (middle.x - seen.x) * scale, y: middle.y - (middle.y - seen.y) * scale,
        width: width, height: seen.height * scale
      }, atOnce);
    }
    function pixels() {
      const box = svg.getBoundingClientRect();
      return Math.min(box.width / seen.width, box.height / seen.height);
    }
    /**
     * @param {MouseEvent} event
     * @returns {Place}
     */
    function placeOf(event) {
      const matrix = svg.getScreenCTM();
      const place = new DOMPoint(event.clientX, event.clientY);
      return matrix ? place.matrixTransform(matrix.inverse()) : place;
    }
    /**
     * Brings a place into sight, large enough to be read.
     * @param {Box} box of which `x` and `y` are the middle
     * @param {boolean} [atOnce]
     */
    function bring(box, atOnce) {
      const scale = pixels();
      const isSmall = scale < READ;
      const width = isSmall ? seen.width * scale : seen.width;
      const height = width * whole.height / whole.width;
      const isSeen = !isSmall && box.x - box.width / 2 >= seen.x && box.x + box.width / 2 <= seen.x + seen.width
        && box.y - box.height / 2 >= seen.y && box.y + box.height / 2 <= seen.y + seen.height;
      if (!isSeen) { go({ x: box.x - width / 2, y: box.y - height / 2, width: width, height: height }, atOnce); }
    }

    svg.addEventListener("wheel", (event) => {
      // The page still scrolls under a picture that nobody has turned to.
      if (!event.ctrlKey && !figure.contains(document.activeElement)) { return; }
      event.preventDefault();
      zoom(Math.exp(-event.deltaY / (event.deltaMode ? 20 : 400)), placeOf(event), true);
    }, { passive: false });

    /** @type {Map<number, PointerEvent>} */
    const fingers = new Map();
    let way = 0;
    /**
     * @param {PointerEvent} one
     * @param {PointerEvent} other
     */
    function distance(one, other) { return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY); }
    svg.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) { return; }
      if (fingers.size === 0) { way = 0; }
      fingers.set(event.pointerId, event);
    });
    svg.addEventListener("pointermove", (event) => {
      const before = fingers.get(event.pointerId);
      if (!before) { return; }
      const other = Array.from(fingers.values()).find((finger) => finger.pointerId !== event.pointerId);
      way += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY);
      if (way < DRAG) { return; }
      if (!svg.hasPointerCapture(event.pointerId)) { svg.setPointerCapture(event.pointerId); }
      svg.classList.add("dragged");
      fingers.set(event.pointerId, event);
      if (other) {
        zoom(distance(event, other) / Math.max(distance(before, other), 1), placeOf(event), true);
        return;
      }
      const scale = pixels();
      go({
        x: seen.x - (event.clientX - before.clientX) / scale, y: seen.y - (event.clientY - before.clientY) / scale,
        width: seen.width, height: seen.height
      }, true);
    });
    /** @param {PointerEvent} event */
    function lift(event) {
      fingers.delete(event.pointerId);
      svg.classList.remove("dragged");
    }
    svg.addEventListener("pointerup", lift);
    svg.addEventListener("pointercancel", lift);
    svg.addEventListener("dragstart", (event) => event.preventDefault());

    const zooms = { in: () => zoom(1.5), out: () => zoom(1 / 1.5), whole: () => go(whole) };
    const tools = document.getElementById("tools");
    if (tools) {
      tools.hidden = false;
      tools.querySelectorAll("button").forEach((button) => {
        button.addEventListener("click", () => zooms[/** @type {keyof typeof zooms} */ (button.dataset.zoom)]());
      });
    }
    document.body.classList.add("moving");
    return { zooms: zooms, bring: bring, wasDragged: () => way >= DRAG };
  }

  /**
   * The node that an arrow means: the best one that a link leads to that way, or else the nearest.
   * @param {Map<string, { place: Place, linked: string[] }>} nodes those that are shown
   * @param {string} from
   * @param {string} key
   * @returns {string | null} nothing where there is none, or the key is no arrow
   */
  function towards(nodes, from, key) {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
    const start = nodes.get(from);
    if (!way || !start) { return null; }
    /** @param {Iterable<string>} candidates */
    function best(candidates) {
      let found = null, least = Infinity;
      for (const candidate of candidates) {
        const node = nodes.get(candidate);
        if (candidate === from || !node || !way || !start) { continue; }
        const x = node.place.x - start.place.x, y = node.place.y - start.place.y;
        const along = x * way[0] + y * way[1], aside = Math.abs(x * way[1]) + Math.abs(y * way[0]);
        if (along > 0 && aside <= 2 * along && along + 2 * aside < least) { least = along + 2 * aside; found = candidate; }
      }
      return found;
    }
    return best(start.linked) || best(nodes.keys());
  }

  window.rapporteurPicture = { moved: moved, towards: towards };
})();
