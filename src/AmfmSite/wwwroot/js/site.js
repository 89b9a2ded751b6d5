// Small helps; the page works without them.

// Leaving quickly: the page we leave is not kept for the back button.
for (const link of document.querySelectorAll("[data-leave]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(link.href);
  });
}

// The bar at the foot of a phone can be put away until the next page. Nothing moves under a finger; whoever uses keys
// is taken to what stands before the bar.
const bar = document.querySelector(".thumb");
if (bar) {
  const hide = document.createElement("button");
  hide.type = "button";
  hide.textContent = "Hide";
  hide.ariaLabel = "Hide this bar";
  hide.addEventListener("click", (event) => {
    const before = bar.previousElementSibling;
    bar.hidden = true;
    before.tabIndex = -1;
    before.focus({ preventScroll: event.detail > 0 });
  });
  bar.append(hide);
}

// The form speaks early about what is surely wrong, in the server's own sentences, and falls silent when it is mended.
// It never stops anybody: the server alone decides. Nothing that is typed leaves the page before the button is pressed.
const digits = (text) => text.replace(/\D/g, "").length;
const surelyWrong = {
  Phone: (text) => digits(text) < 10 && /^[\d\s()+./-]*$/.test(text),
  Email: (text) => !/^\S+@\S+\.\S+$/.test(text),
};
for (const form of document.querySelectorAll('form[action="/request-a-call"]')) {
  let words;
  form.addEventListener("focusin", () => {
    words ??= fetch("/request-a-call/words.json").then((answer) => (answer.ok ? answer.json() : {})).catch(() => ({}));
  });
  form.addEventListener("change", async ({ target }) => {
    const test = surelyWrong[target.name];
    if (!test) return;
    const text = target.value.trim();
    const said = text && test(text) ? (await words)?.[target.name] : undefined;
    const id = `${target.id}-error`;
    document.getElementById(id)?.remove();
    const hints = (target.getAttribute("aria-describedby") ?? "").split(" ").filter((hint) => hint && hint !== id);
    if (said) {
      const error = document.createElement("span");
      error.className = "err";
      error.id = id;
      error.role = "status";
      target.before(error);
      error.textContent = said;
      hints.push(id);
    }
    target.parentElement.classList.toggle("bad", Boolean(said));
    if (said) target.ariaInvalid = "true";
    else target.removeAttribute("aria-invalid");
    if (hints.length) target.setAttribute("aria-describedby", hints.join(" "));
    else target.removeAttribute("aria-describedby");
  });
}

// Back from the page after a request: the next person at this computer does not read what was typed. Where the browser
// restores the answers, it has done so by now. Back from any other page keeps them.
addEventListener("pageshow", () => {
  const { navigation } = globalThis;
  const here = navigation?.currentEntry?.index ?? 0;
  const isReceived = (entry) => entry.index > here && entry.url?.startsWith(`${location.origin}/request-a-call/received/`);
  if (!navigation?.entries().some(isReceived)) return;
  for (const form of document.querySelectorAll('form[action="/request-a-call"]')) form.reset();
});
