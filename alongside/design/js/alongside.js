// Saves effort; every page works without it. One listener a matter, on the document, so that what htmx brings in
// later is served as well. Nothing here writes a style.
(() => {
  "use strict";

  const body = document.body;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const on = (type, selector, act) =>
    document.addEventListener(type, (event) => {
      const element = event.target instanceof Element && event.target.closest(selector);
      if (element) act(element, event);
    });
  const clock = (when = new Date()) => `${when.getHours()}:${String(when.getMinutes()).padStart(2, "0")}`;
  const later = (wait, act) => {
    const timers = new WeakMap();
    return (key) => {
      clearTimeout(timers.get(key));
      timers.set(key, setTimeout(act, wait, key));
    };
  };
  const onDesk = matchMedia("(min-width: 80em)");

  // --- What is wrong takes the focus; each line leads to its field, label and all -------------------------

  const showFaults = (within) => {
    const summary = within.querySelector("[data-error-summary]");
    if (!summary) return;
    summary.focus();
    if (!document.title.startsWith("Error: ")) document.title = `Error: ${document.title}`;
  };

  on("click", "[data-error-summary] a", (link, event) => {
    const field = document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const above = field.closest("fieldset")?.querySelector("legend") ?? field.labels?.[0] ?? field;
    above.scrollIntoView();
    field.focus({ preventScroll: true });
  });

  // --- Find: `/` goes to the box, arrows walk the answers, Escape leaves -----------------------------------

  const find = document.querySelector("[data-find]");
  const found = document.getElementById("found");
  const typing = (element) => element.closest("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && find && body.dataset.shortcuts === "on" && !typing(event.target)
        && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      find.focus();
      return;
    }
    if (event.key === "Escape") {
      const open = event.target.closest("details.menu[open]");
      if (open) {
        open.open = false;
        open.querySelector("summary").focus();
      }
    }
    if (!found || !event.target.closest(".find")) return;
    const stops = [find, ...all("a", found)];
    const here = stops.indexOf(event.target);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && here >= 0) {
      event.preventDefault();
      stops[(here + step + stops.length) % stops.length].focus();
    } else if (event.key === "Escape") {
      found.replaceChildren();
      find.focus();
    }
  });

  document.addEventListener("click", (event) => {
    all("details.menu[open]").filter((menu) => !menu.contains(event.target)).forEach((menu) => { menu.open = false; });
    if (found && !event.target.closest(".find")) found.replaceChildren();
  });

  // --- A form goes once: a second press while it is being sent does nothing -------------------------------

  const PATIENCE = 15000; // a download answers without a new page
  const sending = new Map();

  const rest = (form) => {
    const sent = sending.get(form);
    if (!sent) return;
    clearTimeout(sent.timer);
    sent.button?.removeAttribute("aria-busy");
    if (sent.words) sent.button.replaceChildren(...sent.words);
    sending.delete(form);
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("[data-once]")) return;
    if (sending.has(form)) {
      event.preventDefault();
      return;
    }
    const button = event.submitter;
    const words = button?.dataset.busy ? [...button.childNodes] : null;
    sending.set(form, { button, words, timer: setTimeout(rest, PATIENCE, form) });
    if (words) {
      button.setAttribute("aria-busy", "true");
      button.textContent = button.dataset.busy;
    }
  });

  addEventListener("pageshow", (event) => {
    if (event.persisted) [...sending.keys()].forEach(rest);
  });

  // --- Nothing typed is lost: saved as one writes, and kept on this device while the line is down ---------

  const DAY = 24 * 60 * 60 * 1000;
  const STEM = "alongside draft ";
  const keyOf = (form) => `${STEM}${body.dataset.actor ?? ""} ${form.dataset.autosave}`;
  const SECRET = new Set(["csrfmiddlewaretoken", "version"]);
  const written = (form) =>
    [...new FormData(form)].filter(([name, value]) =>
      typeof value === "string" && !SECRET.has(name) && form.elements[name]?.type !== "password");

  const store = {
    read(key) {
      try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
    },
    write(key, value) {
      try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; }
    },
    drop(key) {
      try { localStorage.removeItem(key); } catch { /* storage is closed: there is nothing to drop */ }
    },
    keys() {
      try { return Object.keys(localStorage).filter((key) => key.startsWith(STEM)); } catch { return []; }
    },
  };

  const SHAPES = { saved: "kept", saving: "clock", kept: "kept", unsaved: "risk" };
  const say = (form, state, words) => {
    const line = document.querySelector(`[data-save-line="${form.id}"]`) ?? form.querySelector("[data-save-line]");
    if (!line) return;
    line.dataset.state = state;
    const use = line.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${SHAPES[state]}`));
    line.querySelector("[data-words]").textContent = words ?? line.dataset[state].replace("{time}", clock());
  };

  const keep = (form) => {
    const kept = store.write(keyOf(form), { at: Date.now(), fields: written(form) });
    say(form, kept ? "kept" : "unsaved");
  };

  const save = async (form) => {
    if (sending.has(form)) return;
    say(form, "saving");
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST", body: new FormData(form), headers: { "X-Autosave": "1", Accept: "application/json" },
      });
      if (!answer.ok || answer.redirected) {
        const told = await answer.json().catch(() => ({}));
        keep(form);
        if (told.words) say(form, "unsaved", told.words);
        return;
      }
      const told = answer.headers.get("content-type")?.includes("json") ? await answer.json() : {};
      if (told.version !== undefined && form.elements.version) form.elements.version.value = told.version;
      store.drop(keyOf(form));
      say(form, "saved", told.words);
      form.dataset.clean = "";
    } catch {
      keep(form);
    }
  };

  const saveSoon = later(1200, save);
  const changed = new WeakSet();

  const touched = (form) => {
    changed.add(form);
    delete form.dataset.clean;
    if (form.dataset.autosave) saveSoon(form);
  };
  on("input", "form[data-autosave], form[data-warn]", touched);
  on("change", "form[data-autosave], form[data-warn]", touched);

  addEventListener("online", () => all("form[data-autosave]").filter((form) => store.read(keyOf(form))).forEach(save));

  // On its way: gone for good once the next page of ours has loaded.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    changed.delete(form);
    if (!form.dataset.autosave) return;
    store.write(keyOf(form), { at: Date.now(), fields: written(form), sent: true });
  });

  addEventListener("beforeunload", (event) => {
    const unsaved = all("form[data-autosave], form[data-warn]").some(
      (form) => changed.has(form) && form.dataset.clean === undefined && !sending.has(form) && !store.read(keyOf(form)));
    if (unsaved) event.preventDefault();
  });

  const putBack = (form, fields) => {
    const values = new Map();
    fields.forEach(([name, value]) => values.set(name, [...(values.get(name) ?? []), value]));
    [...form.elements].forEach((field) => {
      if (!field.name || SECRET.has(field.name) || !(values.has(field.name) || field.type === "checkbox")) return;
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = (values.get(field.name) ?? []).includes(field.value);
      } else if (field.type !== "file" && field.type !== "hidden" && field.type !== "submit") {
        field.value = values.get(field.name).shift() ?? "";
      }
    });
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const offer = (form) => {
    const draft = store.read(keyOf(form));
    if (!draft || JSON.stringify(draft.fields) === JSON.stringify(written(form))) return;
    const notice = document.createElement("div");
    notice.className = "notice notice-risk";
    notice.setAttribute("role", "status");
    const button = (words, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "button button-second button-small";
      made.textContent = words;
      made.addEventListener("click", () => { act(); store.drop(keyOf(form)); notice.remove(); form.querySelector("input:not([type=hidden]), textarea, select")?.focus(); });
      return made;
    };
    const words = document.createElement("p");
    words.textContent = `What you wrote at ${clock(new Date(draft.at))} was kept on this device and has not been sent.`;
    const buttons = document.createElement("p");
    buttons.className = "cluster";
    buttons.append(button("Put it back", () => putBack(form, draft.fields)), button("Throw it away", () => {}));
    notice.append(words, buttons);
    form.before(notice);
  };

  // Somebody who comes back to a page they sent from met an error of the network: those words were not sent.
  const cameBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  const tidy = () => store.keys().forEach((key) => {
    const draft = store.read(key);
    if (!draft || (draft.sent && !cameBack) || Date.now() - draft.at > DAY) store.drop(key);
  });

  // --- Filters apply as they are ticked on a desk; on a phone one ticks several first ----------------------

  on("change", "form[data-apply]", (form, event) => {
    if (!onDesk.matches) return;
    const { name, value } = event.target;
    try { sessionStorage.setItem("alongside focus", JSON.stringify([location.pathname, name, value])); } catch { /* only a comfort */ }
    form.requestSubmit();
  });

  const returnFocus = () => {
    try {
      const [path, name, value] = JSON.parse(sessionStorage.getItem("alongside focus") ?? "[]");
      sessionStorage.removeItem("alongside focus");
      if (path !== location.pathname) return;
      all("form[data-apply] [name]").find((field) => field.name === name && field.value === value)?.focus();
    } catch { /* only a comfort */ }
  };

  const fold = () => {
    all("details[data-fold]").forEach((details) => { details.open = onDesk.matches; });
    all("[data-apply-by-hand]").forEach((button) => { button.hidden = onDesk.matches; });
  };
  onDesk.addEventListener("change", fold);

  // --- A tick in a table ---------------------------------------------------------------------------------

  const count = (form) => {
    const bar = form.querySelector("[data-bulk]");
    if (!bar) return;
    const items = all("[data-bulk-item]", form);
    const chosen = items.filter((item) => item.checked).length;
    bar.hidden = chosen === 0;
    bar.querySelector("[data-bulk-count]").textContent =
      `${chosen} ${chosen === 1 ? bar.dataset.one : bar.dataset.many} chosen`;
    all("[data-bulk-all]", form).forEach((box) => {
      box.checked = chosen > 0 && chosen === items.length;
      box.indeterminate = chosen > 0 && chosen < items.length;
    });
  };

  on("change", "[data-bulk-item], [data-bulk-all]", (box) => {
    if (box.matches("[data-bulk-all]")) all("[data-bulk-item]", box.form).forEach((item) => { item.checked = box.checked; });
    count(box.form);
  });

  // --- A page of marks: Enter and the arrows go up and down a column, Tab along the row -------------------
  // Left and right stay with the letters of a box. A block that is pasted into a box is shown before it is placed.

  document.addEventListener("keydown", (event) => {
    const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.isComposing || event.altKey || event.ctrlKey || event.metaKey || !event.target.matches?.("[data-cell]")) return;
    event.preventDefault();
    const place = event.target.closest("td").cellIndex;
    let row = event.target.closest("tr");
    do { row = step > 0 ? row.nextElementSibling : row.previousElementSibling; } while (row && !row.cells[place]?.querySelector("[data-cell]"));
    const next = row?.cells[place].querySelector("[data-cell]");
    next?.focus();
    next?.select();
  });

  on("paste", "[data-cell]", (box, event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const block = document.querySelector("[data-block]");
    if (!block || !/[\t\n]./.test(text.trimEnd())) return;
    event.preventDefault();
    block.closest("details").open = true;
    block.value = text;
    block.form.elements.first.selectedIndex = Math.max(0, box.closest("td").cellIndex - 1);
    block.form.querySelector("button").focus();
  });

  // --- A choice that asks one thing more -----------------------------------------------------------------

  const reveal = (within) => all("[data-reveals]", within).forEach((choice) => {
    const more = document.getElementById(choice.dataset.reveals);
    if (more) more.hidden = !choice.checked;
  });
  on("change", "input[type=radio], input[type=checkbox]", (choice) => { if (choice.form) reveal(choice.form); });

  // --- Reading age, while one writes ---------------------------------------------------------------------

  const read = later(600, async (form) => {
    try {
      const answer = await fetch(form.dataset.reading, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } });
      const place = document.getElementById("reading");
      if (answer.ok && !answer.redirected && place) place.innerHTML = await answer.text();
    } catch { /* the meter waits; the words are what matters */ }
  });
  on("input", "form[data-reading]", read);

  // --- Paper ---------------------------------------------------------------------------------------------

  on("click", "[data-print]", () => window.print());

  // --- Start ---------------------------------------------------------------------------------------------

  const start = (within) => {
    all("[data-print]", within).forEach((button) => { button.hidden = false; });
    reveal(within);
    all("form", within).forEach(count);
    showFaults(within);
  };

  tidy();
  fold();
  start(document);
  all("form[data-autosave]").forEach(offer);
  returnFocus();
  document.addEventListener("htmx:afterSwap", (event) => start(event.target));
})();
