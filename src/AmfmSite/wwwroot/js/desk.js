// j and k walk the references of the queue, as Tab does. Only while one of them has the focus: a letter spoken or typed
// anywhere else on the page does nothing (WCAG 2.2, 2.1.4).
const references = [...document.querySelectorAll(".q th[scope=row] a")];
const steps = { j: 1, k: -1 };

document.querySelector(".q")?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const at = references.indexOf(event.target);
  const step = steps[event.key.toLowerCase()];
  if (at < 0 || !step) return;
  event.preventDefault();
  references[at + step]?.focus();
});

document.querySelector("[data-keys]")?.removeAttribute("hidden");
