// Dialogs and menus. [data-dialog-open="id"] opens <dialog id>, [data-dialog-close] closes the one it stands in.
// A form with data-ask="question", and if wanted data-ask-text and data-ask-button, is asked about before it is sent.

document.addEventListener("click", (event) => {
  const target = event.target;
  if (!(target instanceof Element)) return;
  const opener = target.closest("[data-dialog-open]");
  if (opener) document.getElementById(opener.dataset.dialogOpen)?.showModal();
  if (target.closest("[data-dialog-close]")) target.closest("dialog")?.close();
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(target) || (opener && menu.contains(opener))) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary")?.focus();
  }
});

const answered = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  const asker = event.submitter?.dataset.ask ? event.submitter : form;
  if (!asker.dataset.ask || answered.delete(form)) return;
  const dialog = document.getElementById("ask");
  if (!dialog) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const submitter = event.submitter;
  const yes = dialog.querySelector("[data-ask-yes]");
  dialog.querySelector("[data-ask-title]").textContent = asker.dataset.ask;
  dialog.querySelector("[data-ask-text]").textContent = asker.dataset.askText || "";
  yes.textContent = asker.dataset.askButton || yes.dataset.default;
  yes.onclick = () => {
    dialog.close();
    answered.add(form);
    form.requestSubmit(submitter);
  };
  dialog.showModal();
}, true);
