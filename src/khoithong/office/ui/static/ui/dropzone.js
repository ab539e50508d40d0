// Drop zones: <form data-drop-zone> with a file input. Each file goes in a request of its own, two at a time, with its
// progress; the answer is JSON {name, ok, url, said | error}. When all are through, the form dispatches "drop-zone:done" with
// the answers, and with data-reload the page is loaded again if every file arrived.

const AT_ONCE = 2;

function line(list, file) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  const note = document.createElement("span");
  note.className = "note";
  item.append(name, bar, note);
  list.append(item);
  return { item, bar, note };
}

function answerOf(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return null;
  }
}

function send(form, file, { item, bar, note }) {
  return new Promise((resolve) => {
    const words = form.dataset;
    const finish = (answer) => {
      const ok = Boolean(answer?.ok);
      item.classList.add(ok ? "done" : "failed");
      bar.value = ok ? 100 : 0;
      note.textContent = ok ? answer.said || words.done : answer?.error || words.error;
      if (answer?.url) {
        const link = document.createElement("a");
        link.href = answer.url;
        link.textContent = words.open;
        note.append(" · ", link);
      }
      resolve(answer ?? { name: file.name, ok: false, error: words.error });
    };
    const body = new FormData();
    for (const [key, value] of new FormData(form)) if (!(value instanceof File)) body.append(key, value);
    body.append(words.uploadName, file);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      const percent = Math.floor((event.loaded / event.total) * 100);
      bar.value = percent;
      note.textContent = percent < 100 ? `${words.sending} ${percent}%` : words.reading;
    });
    request.addEventListener("load", () => finish(answerOf(request)));
    request.addEventListener("error", () => finish(null));
    request.addEventListener("abort", () => finish(null));
    request.send(body);
  });
}

async function sendAll(form, files) {
  const list = form.querySelector("[data-drop-list]");
  const waiting = files.map((file) => ({ file, shown: line(list, file) }));
  const answers = [];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      answers.push(await send(form, next.file, next.shown));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  form.dispatchEvent(new CustomEvent("drop-zone:done", { bubbles: true, detail: { answers } }));
  if ("reload" in form.dataset && answers.every((answer) => answer.ok)) location.reload();
}

function prepare(form) {
  if (form.dataset.ready) return;
  form.dataset.ready = "yes";
  const input = form.querySelector("input[type=file]");
  const button = form.querySelector("[data-drop-submit]");
  if (button) button.hidden = true;
  // The browser's own control speaks the browser's language; the label beside it opens the same window.
  const choose = form.querySelector("[data-drop-choose]");
  if (choose) {
    choose.hidden = false;
    input.classList.add("visually-hidden");
  }
  const begin = (files) => {
    if (files.length) sendAll(form, [...files]);
    input.value = "";
  };
  input.addEventListener("change", () => begin([...input.files]));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    begin([...input.files]);
  });
  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("over");
  });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    begin([...event.dataTransfer.files]);
  });
}

const prepareAll = () => document.querySelectorAll("form[data-drop-zone]").forEach(prepare);
prepareAll();
document.addEventListener("htmx:afterSettle", prepareAll);
