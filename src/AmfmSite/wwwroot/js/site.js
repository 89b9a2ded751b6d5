// Small helps; the page works without them.

// Leaving quickly: the page we leave is not kept for the back button.
for (const link of document.querySelectorAll("[data-leave]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(link.href);
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
