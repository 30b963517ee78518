// The composer saves what is typed and shows it in the preview. Without this file Spara does both.
const form = document.querySelector("form[data-autosave]");
const frame = document.getElementById(form?.dataset.autosave);
let waiting, busy;
const version = (page) => page.querySelector("[data-autosave] [name=version]");
async function save() {
  if (busy || form.dataset.sent || [...form.querySelectorAll("input[type=file]")].some((one) => one.value)) return;
  busy = true;
  const data = new FormData(form);
  data.append("do", "quiet");
  const answer = await fetch(window.location.href, { method: "POST", body: data }).catch(() => null);
  busy = false;
  if (!answer?.ok || !answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  version(document).value = version(page)?.value ?? "";
  const ready = page.getElementById("ready");
  if (ready) document.getElementById("ready").replaceWith(ready);
  frame.contentWindow.location.replace(frame.src);
}
form?.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(save, 1200); });
