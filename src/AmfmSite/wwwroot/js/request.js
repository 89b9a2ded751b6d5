// Single keys for the page of one request. They do nothing while something is being typed, and are off altogether for whoever
// switched them off on the queue (WCAG 2.2, 2.1.4).
const areOn = localStorage.getItem("desk-keys") !== "off";

const isTyping = (target) => target.closest("input:not([type=radio]), textarea, select, [contenteditable]");

addEventListener("keydown", (event) => {
  if (!areOn || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input, textarea")) target.focus();
  else target.click();
});

if (areOn) document.querySelector("[data-keys]")?.removeAttribute("hidden");

// Two minutes before a claim ends, its holder is told and may keep it without losing what is typed.
const claim = document.querySelector("[data-claimed-until]");
if (claim) {
  const warning = 2 * 60 * 1000;
  const claimTime = 15 * 60 * 1000;
  const said = claim.querySelector("strong");
  let end = Date.parse(claim.dataset.claimedUntil);

  const look = () => {
    const left = end - Date.now();
    claim.hidden = left > warning;
    if (left <= 0) said.textContent = "Your claim has ended.";
  };

  claim.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    if (!answer.ok) {
      said.textContent = "Your claim could not be kept: a colleague may have this request now.";
      return;
    }

    end = Date.now() + claimTime;
    said.textContent = "Your claim ends in two minutes.";
    look();
  });
  look();
  setInterval(look, 5000);
}
