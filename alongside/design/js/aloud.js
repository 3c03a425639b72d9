// Reads a family's page aloud with the device's own voice, and marks the sentence being read. Without it, or without
// a voice, the page is complete.
(() => {
  "use strict";

  const main = document.querySelector("[data-aloud]");
  const tools = document.querySelector("[data-aloud-tools]");
  if (!main || !tools) return;

  const hear = tools.querySelector("[data-hear]");
  const slower = tools.querySelector("[data-slower]");
  const bigger = tools.querySelector("[data-bigger]");
  const voice = window.speechSynthesis;
  tools.hidden = false;

  const remember = (name, value) => { try { localStorage.setItem(name, value); } catch { /* only a comfort */ } };
  const recall = (name) => { try { return localStorage.getItem(name) === "yes"; } catch { return false; } };

  const setBigger = (yes) => {
    document.documentElement.classList.toggle("text-bigger", yes);
    bigger.setAttribute("aria-pressed", yes);
    remember("alongside bigger", yes ? "yes" : "no");
  };
  setBigger(recall("alongside bigger"));
  bigger.addEventListener("click", () => setBigger(bigger.getAttribute("aria-pressed") !== "true"));

  if (!voice || !window.SpeechSynthesisUtterance) {
    hear.hidden = slower.hidden = true;
    return;
  }

  slower.addEventListener("click", () => slower.setAttribute("aria-pressed", slower.getAttribute("aria-pressed") !== "true"));

  // One sentence at a time: shorter waits, and the mark can follow.
  const sentences = (text, language) => {
    if (!window.Intl?.Segmenter) return [[0, text.length]];
    return [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)]
      .map(({ index, segment }) => [index, index + segment.length]);
  };

  const rangeOf = (block, from, to) => {
    const range = document.createRange();
    const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let passed = 0;
    let started = false;
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const end = passed + node.length;
      if (!started && from < end) { range.setStart(node, from - passed); started = true; }
      if (started && to <= end) { range.setEnd(node, to - passed); return range; }
      passed = end;
    }
    return null;
  };

  const pieces = () => [...main.querySelectorAll("h1, h2, h3, p, li, dt, dd")]
    .filter((block) => !block.closest("[data-aloud-tools], [hidden]") && !block.querySelector("p, li, dd") && block.textContent.trim())
    .flatMap((block) => {
      const language = block.closest("[lang]").lang;
      return sentences(block.textContent, language).map(([from, to]) => ({ block, from, to, language }));
    })
    .filter(({ block, from, to }) => block.textContent.slice(from, to).trim());

  let marked = null;
  const mark = (piece) => {
    marked?.classList.remove("being-read");
    marked = null;
    CSS.highlights?.delete("being-read");
    if (!piece) return;
    const range = CSS.highlights && rangeOf(piece.block, piece.from, piece.to);
    if (range) CSS.highlights.set("being-read", new Highlight(range));
    else (marked = piece.block).classList.add("being-read");
    piece.block.scrollIntoView({ block: "nearest" });
  };

  const label = hear.querySelector("span");
  const words = label.textContent;
  let reading = 0;

  const stop = () => {
    reading += 1;
    voice.cancel();
    mark(null);
    label.textContent = words;
    hear.setAttribute("aria-pressed", "false");
  };

  const start = () => {
    const mine = (reading += 1);
    const queue = pieces();
    label.textContent = hear.dataset.stop;
    hear.setAttribute("aria-pressed", "true");
    const next = () => {
      if (mine !== reading) return;
      const piece = queue.shift();
      if (!piece) { stop(); return; }
      mark(piece);
      const speech = new SpeechSynthesisUtterance(piece.block.textContent.slice(piece.from, piece.to));
      speech.lang = piece.language;
      speech.rate = slower.getAttribute("aria-pressed") === "true" ? 0.7 : 1;
      speech.onend = next;
      speech.onerror = () => { if (mine === reading) stop(); };
      voice.speak(speech);
    };
    next();
  };

  hear.addEventListener("click", () => (hear.getAttribute("aria-pressed") === "true" ? stop() : start()));
  addEventListener("pagehide", stop);
})();
