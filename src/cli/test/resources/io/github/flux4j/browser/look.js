// What a reader couldn't read: text outside of its box or the page, text over text in a picture, glyphs that the fonts lack, contrast below 4.5.
(() => {
  const faults = new Set();
  const said = (fault, text) => faults.add(fault + ": " + text.trim().slice(0, 60));
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    faults.add("the page is " + document.documentElement.scrollWidth + " pixels wide, not " + width);
  }

  const scrolls = node => {
    for (let e = node; e; e = e.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(e).overflowX)) return true;
    }
    return false;
  };
  const clips = node => {
    for (let e = node; e && e !== document.body; e = e.parentElement) {
      const style = getComputedStyle(e);
      if (!(e instanceof SVGElement) && ["hidden", "clip"].includes(style.overflowX)) return e;
    }
    return null;
  };

  // colours
  const paint = document.createElementNS("http://www.w3.org/1999/xhtml", "canvas").getContext("2d", { willReadFrequently: true });
  const rgba = color => {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = "rgba(0,0,0,0)";
    paint.fillStyle = color;
    paint.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => top.slice(0, 3).map((c, i) => c * top[3] + below[i] * (1 - top[3]));
  const luminance = color => {
    const [r, g, b] = color.map(c => (c /= 255) <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const contrast = (one, other) => {
    const [a, b] = [luminance(one), luminance(other)].sort((x, y) => y - x);
    return (a + .05) / (b + .05);
  };
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const canvas = dark && getComputedStyle(document.documentElement).colorScheme.includes("dark") ? [18, 18, 18] : [255, 255, 255];
  const shapes = [...document.querySelectorAll("svg rect, svg circle")].map(e => ({ e, box: e.getBoundingClientRect() }));
  const ground = (element, box) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const background = rgba(getComputedStyle(e).backgroundColor);
      if (background[3] > 0) layers.unshift(background);
    }
    let color = layers.reduce((below, layer) => over(layer, below), canvas);
    if (element instanceof SVGElement) {
      const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
      for (const { e, box: b } of shapes) {
        const before = e.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
        if (before && b.left <= x && x <= b.right && b.top <= y && y <= b.bottom) {
          const style = getComputedStyle(e), fill = rgba(style.fill);
          fill[3] *= style.fillOpacity * style.opacity;
          if (style.fill !== "none") color = over(fill, color);
        }
      }
    }
    return color;
  };
  const opacity = element => {
    let all = 1;
    for (let e = element; e; e = e.parentElement) all *= getComputedStyle(e).opacity;
    return all;
  };

  // glyphs
  const glyph = document.createElementNS("http://www.w3.org/1999/xhtml", "canvas");
  glyph.width = glyph.height = 24;
  const drawn = (character, font) => {
    const g = glyph.getContext("2d", { willReadFrequently: true });
    g.clearRect(0, 0, 24, 24);
    g.font = "16px " + font;
    g.fillText(character, 2, 18);
    return g.getImageData(0, 0, 24, 24).data.join();
  };
  const missing = new Map(), known = new Map();
  const lacks = (character, font) => {
    if (!missing.has(font)) missing.set(font, drawn("\u{10FFFE}", font));
    const key = font + character;
    if (!known.has(key)) known.set(key, drawn(character, font) === missing.get(font));
    return known.get(key);
  };

  const texts = document.createTreeWalker(document.body ?? document.documentElement, NodeFilter.SHOW_TEXT);
  const inPictures = new Map();
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || ["STYLE", "SCRIPT"].includes(element.tagName) || element.tagName === "title") continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = element instanceof SVGElement ? element.getBoundingClientRect() : range.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || getComputedStyle(element).visibility === "hidden") continue;
    if (!scrolls(element) && (box.left < -.5 || box.right > width + .5)) said("outside of the page", node.data);
    const clip = clips(element);
    if (clip && box.right > clip.getBoundingClientRect().right + 1) said("cut off", node.data);
    if (!scrolls(element) && !(element instanceof SVGElement)) {
      const parent = element.getBoundingClientRect();
      if (getComputedStyle(element).display !== "inline" && box.right > parent.right + 1) said("outside of its box", node.data);
    }
    const style = getComputedStyle(element);
    const below = ground(element, box);
    const ink = rgba(element instanceof SVGElement ? style.fill : style.color);
    ink[3] *= opacity(element);
    const ratio = contrast(over(ink, below), below);
    if (!(ratio >= 4.5)) said("contrast " + ratio.toFixed(2), node.data);
    for (const character of new Set(node.data)) {
      if (/\S/u.test(character) && lacks(character, style.fontFamily)) said("no glyph for U+" + character.codePointAt(0).toString(16), node.data);
    }
    if (element instanceof SVGElement) {
      const picture = element.ownerSVGElement;
      const others = inPictures.get(picture) ?? [];
      for (const other of others) {
        const wide = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const high = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        if (wide > 1 && high > 3) said("over the text " + other.text, node.data);
      }
      others.push({ box, text: node.data });
      inPictures.set(picture, others);
    }
  }
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  if (new Set(ids).size !== ids.length) faults.add("an id is there twice");
  return [...faults];
})()
