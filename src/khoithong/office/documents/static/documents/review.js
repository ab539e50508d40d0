// The review screen: keys, selection in the text, standing at one finding across htmx swaps. Everything here only presses
// the buttons and links that the page has anyway; without script the page works with those.

const root = () => document.querySelector("[data-review]");
const pane = (name) => root()?.querySelector(`[data-pane="${name}"]`);
const cards = () => [...(root()?.querySelectorAll("li[data-finding]") ?? [])];
const current = () => root()?.querySelector("li[data-current]");
const points = (text) => [...text].length; // offsets count characters, not UTF-16 units

let chosen = new Set(); // findings selected to be merged
let kept = { text: 0, findings: 0 };

// ---- standing at a finding

function stand(card, { scrollText = true } = {}) {
  if (!card) return;
  for (const other of cards()) other.toggleAttribute("data-current", other === card);
  card.focus({ preventScroll: true });
  into(pane("findings"), card);
  const key = card.dataset.finding;
  for (const piece of root().querySelectorAll("[data-text] .is-current")) piece.classList.remove("is-current");
  for (const piece of pieces(key)) piece.classList.add("is-current");
  if (scrollText) into(pane("text"), pieces(key)[0]);
}

const pieces = (key) => [
  ...root().querySelectorAll(`[data-text] [data-findings~="${key}"], [data-text] .bracket[data-finding="${key}"]`),
];

function into(box, element) {
  if (!box || !element) return;
  if (getComputedStyle(box).overflowY === "visible") {
    const place = element.getBoundingClientRect();
    if (place.top < 80 || place.bottom > innerHeight - 20) element.scrollIntoView({ block: "center" });
    return;
  }
  // What can be seen of the box: it may reach below the window, and its own tools lie over its top.
  const frame = box.getBoundingClientRect();
  const tools = box.querySelector(".review-tools")?.offsetHeight ?? 0;
  const top = Math.max(frame.top + tools, root().querySelector(".review-head").getBoundingClientRect().bottom);
  const bottom = Math.min(frame.bottom, innerHeight);
  const place = element.getBoundingClientRect();
  if (place.top < top + 8 || place.bottom > bottom - 8) {
    const room = Math.max(10, (bottom - top - place.height) / 3);
    box.scrollTop += place.top - top - room;
  }
}

function step(by) {
  const all = cards();
  if (!all.length) return;
  const place = all.indexOf(current());
  stand(all[Math.min(all.length - 1, Math.max(0, place + by))] ?? all[0]);
}

// ---- the selection in the text, as offsets

function offset(node, within) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const piece = element?.closest("[data-text] [data-start]");
  if (!piece) return null;
  const range = document.createRange();
  range.selectNodeContents(piece);
  range.setEnd(node, within);
  return Number(piece.dataset.start) + points(range.toString());
}

function selection() {
  const chosenText = document.getSelection();
  if (!chosenText?.rangeCount) return null;
  const range = chosenText.getRangeAt(0);
  const text = root()?.querySelector("[data-text]");
  if (!text?.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const start = offset(range.startContainer, range.startOffset);
  const end = offset(range.endContainer, range.endOffset);
  return start === null || end === null ? null : { start, end, words: chosenText.toString() };
}

// ---- what keys do

const press = (action, within = current()) => {
  const element = within?.querySelector(`[data-act="${action}"]`);
  element?.click();
  return Boolean(element);
};

function split() {
  const card = current();
  const link = card?.querySelector('[data-act="split"]');
  if (!link) return;
  const place = selection()?.start;
  if (place === undefined || place <= Number(card.dataset.start) || place >= Number(card.dataset.end)) {
    link.click();
    return;
  }
  const version = card.querySelector("input[name=version]").value;
  window.htmx.ajax("POST", link.dataset.splitUrl, { target: "#review", swap: "outerHTML", values: { version, place } });
}

function add() {
  const link = root()?.querySelector('[data-act="new"]');
  if (!link) return;
  const found = selection();
  if (!found || found.start === found.end) {
    link.click();
    return;
  }
  const address = new URL(root().dataset.url, location.href);
  address.searchParams.set("new", "duty");
  address.searchParams.set("start", found.start);
  address.searchParams.set("end", found.end);
  window.htmx.ajax("GET", address.pathname + address.search, { target: "#review", swap: "outerHTML" });
}

function merge() {
  if (root().querySelectorAll('[data-act="select"]:checked').length > 1) {
    press("merge", root());
  } else {
    document.dispatchEvent(new CustomEvent("toast", { detail: { text: root().dataset.few } }));
  }
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  Enter: () => press("accept") || press("save"),
  e: () => press("edit"),
  x: () => press("discard"),
  u: () => press("undo", root()),
  v: () => press("select"),
  m: merge,
  s: split,
  n: add,
};

const typing = (target) =>
  target instanceof Element && target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (!root() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape" && root().querySelector('[data-act="cancel"]')) {
    event.preventDefault();
    press("cancel", root());
    return;
  }
  if (typing(event.target)) return;
  if (event.key === "Enter" && event.target instanceof Element && event.target.closest("a, button, summary, [role=button]")) return;
  if (!KEYS[event.key]) return;
  event.preventDefault();
  typed.push(event.key);
  work();
});

// A key pressed while an answer is on its way waits for it: quick fingers lose nothing and decide nothing twice.
let busy = false;
const typed = [];

function work() {
  while (!busy && typed.length) KEYS[typed.shift()]();
}

document.addEventListener("htmx:beforeRequest", () => {
  busy = true;
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) return;
  busy = false;
  typed.length = 0;
  document.dispatchEvent(new CustomEvent("toast", { detail: { text: root().dataset.failed } }));
});

document.addEventListener("htmx:afterSettle", () => {
  busy = false;
  work();
});

// ---- the mouse

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || !root()) return;
  const take = event.target.closest('[data-act="take"]');
  if (take) {
    const found = held ?? selection();
    const form = take.closest("form");
    if (!found || found.start === found.end) return;
    form.elements.start.value = found.start;
    form.elements.end.value = found.end;
    form.elements.quote.value = found.words.replace(/\s+/g, " ").trim();
    return;
  }
  const shown = event.target.closest('[data-act="show"]');
  if (shown) {
    event.preventDefault();
    stand(shown.closest("li[data-finding]"));
    return;
  }
  if (!document.getSelection()?.isCollapsed) return; // somebody is selecting, not choosing
  const bracket = event.target.closest("a.bracket");
  const marked = event.target.closest("[data-text] [data-findings]");
  const key = bracket?.dataset.finding ?? marked?.dataset.findings.split(" ").pop();
  if (key) {
    if (bracket) event.preventDefault();
    stand(root().querySelector(`li[data-finding="${key}"]`), { scrollText: false });
  } else {
    const card = event.target.closest("li[data-finding]");
    if (card && !card.hasAttribute("data-current") && !event.target.closest("a, button, input, textarea, select, label")) stand(card);
  }
});

// A press on the button "take" would lose the selection, so it is remembered just before.
let held = null;
document.addEventListener("pointerdown", (event) => {
  held = event.target instanceof Element && event.target.closest('[data-act="take"]') ? selection() : null;
});

document.addEventListener("change", (event) => {
  const box = event.target;
  if (box instanceof HTMLInputElement && box.dataset.act === "select") {
    const key = box.closest("li").dataset.finding;
    if (box.checked) chosen.add(key);
    else chosen.delete(key);
  }
});

document.addEventListener("input", (event) => {
  // Words typed into the quote count more than the offsets of an old selection.
  const field = event.target;
  if (field instanceof HTMLTextAreaElement && field.name === "quote") {
    field.form.elements.start.value = "";
    field.form.elements.end.value = "";
  }
});

// A read-only box has no cursor to move by keys, so the box may be entered and what is typed is turned away.
document.addEventListener("beforeinput", (event) => {
  if (event.target instanceof HTMLTextAreaElement && "splitText" in event.target.dataset) event.preventDefault();
});

document.addEventListener("selectionchange", () => {
  const box = document.activeElement;
  if (box instanceof HTMLTextAreaElement && "splitText" in box.dataset) {
    const place = Number(box.dataset.splitStart) + points(box.value.slice(0, box.selectionStart));
    box.form.elements.place.value = place;
  }
});

// ---- across swaps

document.addEventListener("htmx:beforeSwap", () => {
  kept = { text: pane("text")?.scrollTop ?? 0, findings: pane("findings")?.scrollTop ?? 0 };
});

function settle({ first = false } = {}) {
  const here = root();
  if (!here) return;
  for (const element of here.querySelectorAll("[data-needs-script]")) element.hidden = false;
  if (!first) {
    if (pane("text")) pane("text").scrollTop = kept.text;
    if (pane("findings")) pane("findings").scrollTop = kept.findings;
  }
  const box = here.querySelector("[data-split-text]");
  if (box) box.readOnly = false;
  const there = new Set(cards().map((card) => card.dataset.finding));
  chosen = new Set([...chosen].filter((key) => there.has(key)));
  for (const key of chosen) {
    const tick = here.querySelector(`li[data-finding="${key}"] [data-act="select"]`);
    if (tick) tick.checked = true;
  }
  const opened = here.querySelector(".finding-form");
  if (opened) {
    const card = opened.closest("li[data-finding]");
    if (card) stand(card);
    else into(pane("findings"), opened.closest(".finding"));
    opened.querySelector("[aria-invalid=true], textarea, input:not([type=hidden])")?.focus({ preventScroll: true });
    return;
  }
  const asked = first && location.hash.startsWith("#finding-") ? document.getElementById(location.hash.slice(1)) : null;
  const card = asked ?? current();
  if (!first || asked) {
    stand(card);
  } else if (card) {
    // Arriving on the page moves nothing but the insides of the panes.
    for (const piece of pieces(card.dataset.finding)) piece.classList.add("is-current");
    for (const [box, element] of [[pane("findings"), card], [pane("text"), pieces(card.dataset.finding)[0]]]) {
      if (box && getComputedStyle(box).overflowY !== "visible") into(box, element);
    }
  }
}

document.addEventListener("htmx:afterSwap", () => settle());
settle({ first: true });
