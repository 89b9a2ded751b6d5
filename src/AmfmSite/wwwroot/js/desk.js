// The queue, helped along: single keys, filters that need no button, and a list that looks again by itself. Without this
// the page works by its links and buttons.
const part = (name, root = document) => root.querySelector(`[data-part=${name}]`);
const references = () => [...document.querySelectorAll(".q th[scope=row] a")];

// Single keys. They do nothing while something is being typed or chosen, and are off altogether for whoever switched them
// off: a letter that is spoken must not do anything either (WCAG 2.2, 2.1.4). The page of a request reads the same switch.
const store = "desk-keys";
const dialog = document.querySelector("#keys");
let areOn = localStorage.getItem(store) !== "off";

const step = (by) => {
  const all = references();
  const at = all.indexOf(document.activeElement);
  all[at < 0 ? 0 : at + by]?.focus();
};
const keys = {
  j: () => step(1),
  k: () => step(-1),
  l: () => look({ asked: true }),
  "/": () => document.querySelector("#find")?.focus(),
  "?": () => dialog?.showModal(),
};

const isTyping = (element) => element.closest("input, select, textarea, [contenteditable]");

addEventListener("keydown", (event) => {
  if (!areOn || event.ctrlKey || event.metaKey || event.altKey || dialog?.open || isTyping(event.target)) return;
  const press = keys[event.key.toLowerCase()];
  if (!press) return;
  event.preventDefault();
  press();
});

const showKeys = () => {
  for (const hint of document.querySelectorAll("[data-keys]")) hint.hidden = !areOn;
};
if (dialog) {
  const open = document.querySelector("[data-all-keys]");
  const box = dialog.querySelector("[data-keys-on]");
  open.hidden = false;
  open.addEventListener("click", () => dialog.showModal());
  box.checked = areOn;
  box.addEventListener("change", () => {
    areOn = box.checked;
    if (areOn) localStorage.removeItem(store);
    else localStorage.setItem(store, "off");
    showKeys();
  });
}
showKeys();

// The list. It is read again every quarter of a minute while somebody can see it. What stands in its rows is brought up to
// date in place; rows come, go and move only while no hand is on them, else when the button says so.
const every = 15_000;
const news = document.querySelector("[data-news]");
const show = document.querySelector("[data-show-news]");
let waiting = null;
let fresh = 0;
let isReading = false;

const say = (words, hasButton = false) => {
  if (news.textContent !== words) news.textContent = words;
  show.hidden = !hasButton;
};

/** Everything that decides which rows stand where; not what stands in them. */
const order = (list) => [...list.querySelectorAll(".group th, [data-row], .empty strong")].map((one) => one.dataset.row ?? one.firstChild.textContent.trim()).join();

const isHeld = (list) => list.contains(document.activeElement) || list.matches(":hover");

/** Brings what two lists with some of the same rows say into line, and moves nothing. */
const update = (list, next) => {
  const around = (root) => [...root.querySelectorAll(":scope > .opt, caption, .group, .pages")];
  if (order(list) === order(next)) {
    const now = around(next);
    around(list).forEach((old, at) => old.contains(document.activeElement) || (now[at] && old.replaceWith(now[at].cloneNode(true))));
  }

  for (const row of next.querySelectorAll("[data-row]")) {
    const old = list.querySelector(`[data-row="${CSS.escape(row.dataset.row)}"]`);
    [...(old?.children ?? [])].forEach((cell, at) => {
      const now = row.children[at];
      if (cell.outerHTML === now.outerHTML) return;
      if (cell.contains(document.activeElement)) {
        // The link that has the focus stays itself; only what stands behind it is exchanged.
        while (document.activeElement.nextSibling) document.activeElement.nextSibling.remove();
        document.activeElement.after(...[...now.childNodes].slice(1));
      } else {
        cell.replaceWith(now.cloneNode(true));
      }
    });
  }
};

const replace = (list, next) => {
  const row = document.activeElement?.closest("[data-row]")?.dataset.row;
  const hadFocus = list.contains(document.activeElement) || document.activeElement === show;
  const [x, y] = [scrollX, scrollY];
  list.replaceWith(next);
  if (hadFocus) (next.querySelector(`[data-row="${CSS.escape(row ?? "")}"] a`) ?? next.querySelector(".q th[scope=row] a"))?.focus({ preventScroll: true });
  scrollTo(x, y);
  waiting = null;
  fresh = 0;
};

const take = (answer, { asked }) => {
  const [list, next] = [part("list"), part("list", answer)];
  part("tabs").replaceWith(part("tabs", answer));
  fresh += Number(next.dataset.fresh);
  list.dataset.readAt = next.dataset.readAt;
  const words = fresh === 0 ? "" : fresh === 1 ? "One new request." : `${fresh} new requests.`;
  if (order(list) === order(next) || asked || !isHeld(list)) {
    if (order(list) === order(next) && !asked) {
      update(list, next);
      waiting = null;
      fresh = 0;
      say(words);
    } else {
      replace(list, next);
      say(asked && !words ? "Nothing new." : words);
    }
    return;
  }

  update(list, next);
  waiting = next;
  say(words || "The list has changed.", true);
};

const read = async (address) => {
  const answer = await fetch(address, { cache: "no-store" });
  if (answer.redirected || answer.status === 401 || answer.status === 403) throw new Error("You are signed out. Load this page again to sign in.");
  if (!answer.ok) throw new Error();
  return new DOMParser().parseFromString(await answer.text(), "text/html");
};

async function look({ asked = false } = {}) {
  if (isReading || !part("list")) return;
  isReading = true;
  try {
    const address = new URL("/intake/list", location.href);
    address.search = location.search;
    address.searchParams.set("since", part("list").dataset.readAt);
    take(await read(address), { asked });
  } catch (fault) {
    say(fault.message && !(fault instanceof TypeError) ? fault.message : "The list could not be read just now. It may be old; it is tried again.");
  } finally {
    isReading = false;
  }
}

if (part("list") && show) {
  show.addEventListener("click", () => {
    replace(part("list"), waiting);
    say("");
  });
  setInterval(() => document.hidden || look(), every);
  document.addEventListener("visibilitychange", () => document.hidden || look());

  // A choice is taken at once, in place, so that whoever walks through the choices with the keys keeps theirs.
  const filters = document.querySelector(".filters");
  filters.querySelector("[data-filter]").hidden = true;
  filters.addEventListener("change", async () => {
    const chosen = [...new FormData(filters)].filter(([, value]) => value);
    const address = `${filters.action}${chosen.length ? `?${new URLSearchParams(chosen)}` : ""}`;
    try {
      const answer = await read(address);
      history.replaceState(null, "", address);
      part("tabs").replaceWith(part("tabs", answer));
      replace(part("list"), part("list", answer));
      say((part("list").querySelector("caption") ?? part("list").querySelector(".empty strong")).textContent);
    } catch {
      filters.submit();
    }
  });
}
