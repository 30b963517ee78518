// The composer saves what is typed and shows it in the preview. Without this file Spara does both.
const form = document.querySelector("form[data-autosave]");
const frame = document.getElementById(form?.dataset.autosave);
const saved = document.getElementById("saved");
let waiting, busy, isTyping;
const version = (page) => page.querySelector("[data-autosave] [name=version]");
async function save() {
  if (busy) {
    waiting = setTimeout(save, 400);
    return;
  }
  if (form.dataset.sent) return;
  const hasFile = [...form.querySelectorAll("input[type=file]")].some((one) => one.value);
  if (hasFile) {  // files go when Spara is pressed, and with them the rest
    saved.textContent = saved.dataset.no;
    return;
  }
  busy = true;
  isTyping = false;
  const data = new FormData(form);
  data.append("do", "quiet");
  const answer = await fetch(window.location.href, { method: "POST", body: data }).catch(() => null);
  busy = false;
  const isSaved = answer?.ok && answer.redirected;
  if (!isTyping) saved.textContent = isSaved ? saved.dataset.yes : saved.dataset.no;
  if (!isSaved) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  version(document).value = version(page)?.value ?? "";
  for (const id of ["ready", "mailhead"]) {
    const fresh = page.getElementById(id);
    if (fresh) document.getElementById(id).replaceWith(fresh);
  }
  frame.contentWindow.location.replace(frame.src);
}
form?.addEventListener("input", () => {
  saved.textContent = "";
  isTyping = true;
  clearTimeout(waiting);
  waiting = setTimeout(save, 1200);
});
