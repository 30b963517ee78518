// Drag and drop for the board. It fills in and sends the same form that every card has, so what may
// be moved where, and the letter that is shown first, are decided in one place: on the server.
let dragged = null;

document.querySelectorAll(".kcard:has(.move)").forEach((card) => {
  card.draggable = true;
  card.addEventListener("dragstart", (event) => {
    dragged = card;
    event.dataTransfer.setData("text/plain", "");
    card.classList.add("kcard--drag");
  });
  card.addEventListener("dragend", () => { dragged = null; card.classList.remove("kcard--drag"); });
});

const optionFor = (lane) => dragged?.querySelector(`.move option[value="${lane.dataset.stage}"]`);

document.querySelectorAll(".lane").forEach((lane) => {
  lane.addEventListener("dragover", (event) => {
    if (!optionFor(lane)) return;
    event.preventDefault();
    lane.classList.add("lane--over");
  });
  lane.addEventListener("dragleave", () => lane.classList.remove("lane--over"));
  lane.addEventListener("drop", (event) => {
    event.preventDefault();
    lane.classList.remove("lane--over");
    const option = optionFor(lane);
    if (!option) return;
    option.selected = true;
    option.closest("form").requestSubmit();
  });
});
