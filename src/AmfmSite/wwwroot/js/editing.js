// Beside a text that is being written: it is kept every few seconds, drawn after a pause, counted, and a fault leads to its
// line. Without this script all of it is a button.
const text = document.querySelector("#text");
const body = text.elements.Body;
const draw = text.querySelector("[data-preview]");
const frame = document.querySelector("iframe[name=preview]");
const kept = document.querySelector("[data-kept]");
const counted = document.querySelector("[data-count]");
const pause = 1500;
const keepAfter = 5000;
let drawing;
let keeping;
let depth = 0;
let saving = false;
let isTyped = false;

async function keep() {
  keeping = undefined;
  if (saving) return;
  try {
    const answer = await fetch(text.dataset.autosave, { method: "POST", body: new FormData(text) });
    kept.textContent = answer.ok ? `Kept for you at ${await answer.text()}, not saved as a draft yet` : "Not kept: save the draft yourself";
  } catch {
    kept.textContent = "No connection: what you type is not kept";
  }
}

// The preview draws anew where one was reading.
function drawNow() {
  drawing = undefined;
  try {
    depth = frame.contentWindow.scrollY;
  } catch {
    depth = 0;
  }
  draw.click();
}

// What was drawn knows how long the text is and what keeps it from being published; both are counted in one place only. The
// first drawing is of the saved text, of which the page itself has told already.
frame.addEventListener("load", () => {
  frame.contentWindow?.scrollTo?.(0, depth);
  const drawn = frame.contentDocument;
  if (!isTyped) return;
  const measure = drawn?.querySelector("[data-counted]")?.dataset.counted;
  if (measure === undefined) return;
  counted.textContent = measure;
  const found = drawn.querySelector("template[data-gate]") ?? document.querySelector("template[data-met]");
  if (found) document.querySelector("div[data-gate]").replaceChildren(document.importNode(found.content, true));
});

text.addEventListener("input", (event) => {
  if (event.target.name === "Reason") return;
  clearTimeout(drawing);
  drawing = setTimeout(drawNow, pause);
  keeping ??= setTimeout(keep, keepAfter);
});

text.addEventListener("submit", (event) => {
  if (event.submitter === draw) isTyped = true;
  else saving = true;
});

addEventListener("pageshow", () => {
  saving = false;
});

// To the line of a fault, with the line chosen, so that it is seen.
document.addEventListener("click", (event) => {
  const place = event.target.closest?.("a[data-line]");
  if (!place) return;
  event.preventDefault();
  const field = text.elements[place.dataset.field];
  field.closest("details")?.setAttribute("open", "");
  const lines = field.value.split("\n");
  const line = Math.min(Number(place.dataset.line), lines.length);
  const from = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  field.focus();
  field.setSelectionRange(from, from + lines[line - 1].length);
  field.scrollTop = field.scrollHeight * (line - 1) / lines.length - field.clientHeight / 3;
});
