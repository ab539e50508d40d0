// Short notices at the foot of the page: dispatch new CustomEvent("toast", {detail: {text}}) on document, or answer an
// htmx request with the header HX-Trigger: {"toast": {"text": "…"}}. Failed htmx requests speak for themselves.

const region = document.getElementById("toasts");
const SHOWN_MS = 8000;

function show(text) {
  if (!region || !text) return;
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.textContent = text;
  region.append(toast);
  setTimeout(() => toast.remove(), SHOWN_MS);
}

document.addEventListener("toast", (event) => show(event.detail?.text));
document.addEventListener("htmx:responseError", () => show(region?.dataset.failed));
document.addEventListener("htmx:sendError", () => show(region?.dataset.offline));
