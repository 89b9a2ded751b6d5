// "locks in 29 min", and at that moment a page that shows nothing. The time is asked for before, since somebody may have
// gone on in another window; asking does not put it off, typing does.
const shown = document.querySelector(".locks");
const warning = 120;
const typingTells = 60_000;
let locks = Date.now() + Number(shown.dataset.seconds) * 1000;
let told = Date.now();
let asked = false;
let busy = false;

// Two minutes before, it is said aloud once, and one press is enough to go on (WCAG 2.2, 2.2.1).
const said = Object.assign(document.createElement("span"), { className: "hush" });
said.setAttribute("role", "status");
const stay = Object.assign(document.createElement("button"), { type: "button", textContent: "Stay signed in", hidden: true });
stay.addEventListener("click", () => ask(action()));
shown.after(said, stay);

const left = () => Math.round((locks - Date.now()) / 1000);

function show() {
  const seconds = left();
  shown.textContent = seconds > 90 ? `locks in ${Math.round(seconds / 60)} min` : `locks in ${Math.max(0, seconds)} s`;
  const soon = seconds <= warning;
  shown.classList.toggle("soon", soon);
  if (soon === stay.hidden) {
    stay.hidden = !soon;
    said.textContent = soon ? "The desk locks in two minutes. Press “Stay signed in” to go on." : "";
  }
}

function lock() {
  document.body.hidden = true;
  location.replace(`/staff/locked?returnUrl=${encodeURIComponent(shown.dataset.back)}`);
}

async function ask(options) {
  try {
    const answer = await fetch("/staff/session", options);
    if (answer.status === 401) return lock();
    if (!answer.ok) return;
    locks = Date.now() + (await answer.json()).seconds * 1000;
    show();
  } catch {
    // No connection: the time that is known stands.
  }
}

async function tick() {
  if (busy) return;
  busy = true;
  if (left() <= 0 || left() <= warning && !asked) {
    await ask();
    if (left() <= 0) lock();
  }
  asked = left() <= warning;
  show();
  busy = false;
}

// Something that a person did, told with the token of the form that every page of the desk has.
function action() {
  return { method: "POST", body: new URLSearchParams(new FormData(document.querySelector("form[action='/staff/sign-out']"))) };
}

document.addEventListener("input", () => {
  if (Date.now() - told < typingTells) return;
  told = Date.now();
  ask(action());
});

// A machine that slept, or a page that came back from the browser's memory, looks at once.
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && tick());
addEventListener("pageshow", (event) => event.persisted && ask());
setInterval(tick, 1000);
show();
