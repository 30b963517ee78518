// Progressive enhancement only: every page works without this file.
const root = document.documentElement;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
root.classList.add("js");

// What is wrong in a form takes the focus, so that it is read first.
document.querySelector("[data-focus]")?.focus();

// A form is sent once, however often the button is pressed. It opens again by the back button,
// and after a while for answers that leave the page where it is (a download).
const reopen = (form) => {
  delete form.dataset.sent;
  all("button", form).forEach((button) => button.removeAttribute("aria-disabled"));
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  all("button", form).forEach((button) => button.setAttribute("aria-disabled", "true"));
  setTimeout(reopen, 8000, form);
});
window.addEventListener("pageshow", () => all("form[data-sent]").forEach(reopen));

// Menus close on Escape and on a press beside them.
const menus = () => all("details.menu[open], .rail details[open]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  menus().forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
});
document.addEventListener("pointerdown", (event) => menus().forEach((menu) => {
  if (!menu.contains(event.target)) menu.open = false;
}));

// Facets are folded on phones and open beside the results elsewhere.
const phone = window.matchMedia("(max-width: 61.99rem)");
const facets = document.querySelector(".facets");
if (facets) {
  const fold = () => { facets.open = !phone.matches; };
  fold();
  phone.addEventListener("change", fold);
}

// A form that says so is saved as it is filled in, one answer at a time. What was changed here counts
// from now on, whatever stood there before (`was-…`).
all("form[data-save]").forEach((form) => form.addEventListener("change", async (event) => {
  form.elements[`was-${event.target.name.replace(/-\d$/, "")}`]?.remove();
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" }).catch(() => null);
  const said = form.querySelector("[data-saved]");
  const words = answer?.type === "opaqueredirect" ? form.dataset.save : form.dataset.unsaved;
  if (said && words) said.textContent = words;
}));

// A choice in a GET form that says so shows its result at once.
document.addEventListener("change", (event) => {
  if (event.target.matches("form[method=get] [data-autosubmit]")) event.target.form.requestSubmit();
});

// Show a password while it is typed.
all("[data-reveal]").forEach((button) => button.addEventListener("click", () => {
  const input = document.getElementById(button.dataset.reveal);
  const shown = input.type === "text";
  input.type = shown ? "password" : "text";
  button.setAttribute("aria-pressed", String(!shown));
}));

// Drop a file on its field.
all("[data-drop]").forEach((zone) => {
  const input = zone.querySelector("input[type=file]");
  const mark = (on) => zone.classList.toggle("drop--over", on);
  zone.addEventListener("dragover", (event) => { event.preventDefault(); mark(true); });
  zone.addEventListener("dragleave", () => mark(false));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
});

// Letters left in a text with a limit: <textarea maxlength data-count="id-of-the-text">.
all("[data-count]").forEach((field) => {
  const said = document.getElementById(field.dataset.count);
  const count = () => { if (said) said.textContent = field.maxLength - field.value.length; };
  field.addEventListener("input", count);
  count();
});

// Tick every box of a group: <input type=checkbox data-all="name of the boxes">.
all("[data-all]").forEach((master) => master.addEventListener("change", () => {
  all(`input[type=checkbox][name="${CSS.escape(master.dataset.all)}"]`, master.form ?? document)
    .forEach((box) => { box.checked = master.checked; });
}));

// Copy a link or a code: <button data-copy="id-of-the-text" data-copied="Kopierat">.
all("[data-copy]").forEach((button) => button.addEventListener("click", async () => {
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
  button.lastChild.textContent = button.dataset.copied;
}));
all("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));

// Words to choose from while typing: <input list="…" data-suggest="address">.
all("[data-suggest]").forEach((input) => {
  let timer;
  const suggest = async () => {
    const address = `${input.dataset.suggest}?q=${encodeURIComponent(input.value)}`;
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok) return;
    const { suggestions } = await answer.json();
    input.list.replaceChildren(...suggestions.map((word) => new Option(word, word)));
  };
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(suggest, 200); });
});

// One text follows another while it is typed.
all("[data-mirror]").forEach((field) => field.addEventListener("input", () => {
  document.getElementById(field.dataset.mirror).textContent = field.value;
}));

// Work under way shows itself again until the answer no longer asks for it.
const pause = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });
async function follow(id) {
  for (let wait = 1000; ; wait = Math.min(wait * 1.3, 5000)) {
    await pause(wait);
    const here = document.getElementById(id);
    if (!here?.dataset.refresh) return;
    if (document.hidden) continue;
    const answer = await fetch(here.dataset.refresh, { headers: { "X-Refresh": id } }).catch(() => null);
    if (!answer?.ok) continue;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
    if (!next) { window.location.reload(); return; }
    if (!next.dataset.refresh) { window.location.assign(here.dataset.refresh); return; }
    here.replaceWith(next);
  }
}
all("[data-refresh][id]").forEach((work) => follow(work.id));

// A long questionnaire counts what has been answered.
const survey = document.querySelector("form[data-progress]");
if (survey) {
  const questions = all(".q", survey);
  const answered = (q) => q.querySelector("input:checked") || q.querySelector("textarea")?.value.trim();
  const count = () => {
    const n = questions.filter(answered).length;
    all("[data-answered]").forEach((el) => { el.textContent = n; });
    all("[data-answeredbar]").forEach((el) => el.setAttribute("width", `${(100 * n) / questions.length}%`));
  };
  survey.addEventListener("input", count);
  count();
}
