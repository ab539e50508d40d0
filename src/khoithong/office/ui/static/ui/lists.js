// Lists: filters send themselves when changed, "choose all", and the bar of what may be done with the chosen.

for (const form of document.querySelectorAll("form[data-list-form]")) {
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, input[type=checkbox]")) {
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", () => {
    for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
  });
}

for (const form of document.querySelectorAll("form[data-bulk]")) {
  const boxes = [...document.querySelectorAll(`input[name=selected][form="${form.id}"]`)];
  const all = document.querySelector(`[data-select-all="${form.id}"]`);
  const count = form.querySelector("[data-bulk-count]");
  const refresh = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    form.hidden = chosen === 0;
    if (count) count.textContent = String(chosen);
    if (all) {
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
  };
  all?.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    refresh();
  });
  for (const box of boxes) box.addEventListener("change", refresh);
  addEventListener("pageshow", refresh);
  refresh();
}
