// Days: [data-day] holds a text field typed as dd/mm/yyyy and a button that opens the browser's own calendar. The
// calendar belongs to a date field that nobody sees or tabs to; its value and that of the text field follow each other.

const DAY_FIRST = /^\s*(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4})\s*$/;
const YEAR_FIRST = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/;

// "5/3/2024" -> "2024-03-05"; "" for what is no day.
function isoOf(text) {
  const found = DAY_FIRST.exec(text)?.slice(1).reverse() ?? YEAR_FIRST.exec(text)?.slice(1);
  if (!found) return "";
  const iso = `${found[0]}-${found[1].padStart(2, "0")}-${found[2].padStart(2, "0")}`;
  const day = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso) ? iso : "";
}

const shown = (iso) => iso.split("-").reverse().join("/");

function calendarOf(place, field) {
  const calendar = document.createElement("input");
  calendar.type = "date";
  calendar.className = "day-calendar";
  calendar.tabIndex = -1;
  calendar.setAttribute("aria-hidden", "true");
  calendar.addEventListener("change", () => {
    if (!calendar.value) return;
    field.value = shown(calendar.value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });
  place.append(calendar);
  return calendar;
}

function prepare(root) {
  if (!("showPicker" in HTMLInputElement.prototype)) return;
  for (const button of root.querySelectorAll("[data-day] > .day-open[hidden]")) button.hidden = false;
}

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest(".day-open") : null;
  const place = button?.closest("[data-day]");
  if (!place) return;
  const field = place.querySelector("input.day");
  const calendar = place.querySelector(".day-calendar") ?? calendarOf(place, field);
  calendar.value = isoOf(field.value);
  calendar.showPicker();
});

document.addEventListener("change", (event) => {
  if (!event.target.matches?.("[data-day] > input.day")) return;
  const iso = isoOf(event.target.value);
  if (iso) event.target.value = shown(iso);
});

// What goes into an address is the same in every language: 2024-03-05.
document.addEventListener("formdata", (event) => {
  if (event.target.method !== "get") return;
  for (const field of event.target.querySelectorAll("[data-day] > input.day")) {
    const iso = isoOf(field.value);
    if (iso && event.formData.has(field.name)) event.formData.set(field.name, iso);
  }
});

document.addEventListener("htmx:load", (event) => prepare(event.target));
prepare(document);
