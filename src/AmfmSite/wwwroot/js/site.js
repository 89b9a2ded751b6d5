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

// Back from the page after a request: the next person at this computer does not read what was typed. Where the browser
// restores the answers, it has done so by now. Back from any other page keeps them.
addEventListener("pageshow", () => {
  const { navigation } = globalThis;
  const here = navigation?.currentEntry?.index ?? 0;
  const isReceived = (entry) => entry.index > here && entry.url?.startsWith(`${location.origin}/request-a-call/received/`);
  if (!navigation?.entries().some(isReceived)) return;
  for (const form of document.querySelectorAll('form[action="/request-a-call"]')) form.reset();
});
