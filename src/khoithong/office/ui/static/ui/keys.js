// Keys of a page: an element with data-key="n" and data-key-label="…" is pressed, or focused if it is a field, by that
// key; "?" shows them all. Keys are quiet while somebody types. A page that handles keys itself (the review screen)
// lists them with <template data-keys><dt>…</dt><dd>…</dd></template>.

const typing = (target) =>
  target instanceof Element && target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

const seen = (element) => element.getClientRects().length > 0;

const keyed = () => [...document.querySelectorAll("[data-key]")].filter(seen);

function showKeys() {
  const dialog = document.getElementById("keys");
  const list = dialog?.querySelector("[data-keys-list]");
  if (!list || dialog.open) return;
  const own = [...list.children].slice(0, 2);
  list.replaceChildren(...own);
  for (const element of keyed()) {
    const term = document.createElement("dt");
    const key = document.createElement("kbd");
    key.textContent = element.dataset.key;
    term.append(key);
    const words = document.createElement("dd");
    words.textContent = element.dataset.keyLabel || element.getAttribute("aria-label") || element.textContent.trim();
    list.append(term, words);
  }
  for (const template of document.querySelectorAll("template[data-keys]")) {
    list.append(template.content.cloneNode(true));
  }
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "?") {
    event.preventDefault();
    showKeys();
    return;
  }
  const element = keyed().find((candidate) => candidate.dataset.key === event.key);
  if (!element) return;
  event.preventDefault();
  if (element.matches("input, textarea, select")) {
    element.focus();
    element.select?.();
  } else {
    element.click();
  }
});

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest('[data-dialog-open="keys"]')) {
    event.stopImmediatePropagation();
    showKeys();
  }
}, true);
