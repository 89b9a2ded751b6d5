// Things to put into a text that is being written. The lists are pages of their own, from which one copies; with this script
// each opens over the text, and a choice goes to where the caret is.
const text = document.querySelector("#text");
const body = text.elements.Body;
const putting = document.querySelector("[data-putting]");
const put = document.querySelector("[data-put]");
const words = document.querySelector("#putting-words");
const rows = putting.querySelector("[data-rows]");

document.addEventListener("click", (event) => {
  const list = event.target.closest?.("a[data-insert]");
  if (!list || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  choose(list);
});

async function choose(list) {
  words.value = "";
  rows.replaceChildren("Looking …");
  putting.querySelector("h2").textContent = list.textContent;
  putting.querySelector("[data-hint]").textContent = "";
  putting.showModal();
  try {
    const answer = await fetch(list.href);
    const shown = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = shown.querySelector("[data-inserts]");
    if (answer.redirected || !found) throw new Error("no list");
    putting.querySelector("h2").textContent = shown.querySelector("h1").textContent;
    putting.querySelector("[data-hint]").textContent = shown.querySelector("[data-says]").textContent;
    for (const row of found.children) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...row.childNodes);
      row.append(button);
    }

    rows.replaceChildren(document.importNode(found, true));
    narrow();
  } catch {
    rows.replaceChildren("The list could not be fetched. Your text is as it was; try again in a moment.");
  }
}

function narrow() {
  const wanted = words.value.toLowerCase().split(/\s+/u);
  let left = 0;
  for (const row of rows.querySelectorAll("li")) {
    const text = row.textContent.toLowerCase();
    row.hidden = !wanted.every((word) => text.includes(word));
    if (!row.hidden) left += 1;
  }

  rows.dataset.empty = left === 0 ? "yes" : "";
}

words.addEventListener("input", narrow);
words.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  rows.querySelector("li:not([hidden]) button")?.click();
});
putting.querySelector("[data-shut]").addEventListener("click", () => putting.close());
rows.addEventListener("click", (event) => {
  const row = event.target.closest("li");
  if (!row || !event.target.closest("button")) return;
  putting.close();
  const { before, key, entry } = more(row.dataset);
  const said = [];
  if (before) {
    putIn({ ...row.dataset, before });
    said.push("Put into the text.");
  }

  if (key) said.push(intoHead(key, entry) ? `Put into the head, under ${key}.` : `The head has it already, under ${key}.`);
  put.textContent = said.join(" ");
  body.focus();
});

// A source that is cited already needs a claim of its own for the second sentence: [@R06:more], to be named by the editor.
function more({ before, key, entry }) {
  if (key !== "claims") return { before, key, entry };
  const id = before.slice(2, -1);
  for (let i = 1; ; i += 1) {
    const name = i === 1 ? id : `${id}:more${i === 2 ? "" : i - 1}`;
    if (!`\n${text.elements.Head.value}`.includes(`\n  ${name}:\n`)) return { before: `[@${name}]`, key, entry: entry.replace(id, name) };
  }
}

// Through the browser's own command, so that it can be taken back with the keys for that.
function type(field, from, to, what) {
  field.focus();
  field.setSelectionRange(from, to);
  if (!document.execCommand("insertText", false, what)) {
    field.setRangeText(what, from, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function putIn({ before, after, words: standIn, block }) {
  const [from, to] = [body.selectionStart, body.selectionEnd];
  const chosen = body.value.slice(from, to);
  if (!block) {
    type(body, from, to, after ? before + (chosen || standIn) + after : chosen + before);
    return;
  }

  const gap = body.value.slice(0, to);
  const above = gap === "" || gap.endsWith("\n\n") ? "" : gap.endsWith("\n") ? "\n" : "\n\n";
  const below = body.value.slice(to).startsWith("\n") ? "" : "\n";
  type(body, to, to, above + before + below);
}

// Into a list of the head: "key: [a, b]", or entries on lines of their own below "key:".
function intoHead(key, entry) {
  const head = text.elements.Head;
  head.closest("details")?.setAttribute("open", "");
  const line = new RegExp(`^${key}:[ \\t]*(.*)$`, "mu").exec(head.value);
  const isLines = entry.includes("\n");
  if (!line) {
    const end = head.value.length;
    type(head, end, end, `${head.value === "" || head.value.endsWith("\n") ? "" : "\n"}${key}:${isLines ? `\n${entry}` : ` [${entry}]`}\n`);
    return true;
  }

  const [first] = entry.split("\n");
  const has = isLines ? head.value.includes(`\n${first}\n`) : new RegExp(`(^|[\\s,[-])${entry}([\\s,\\]]|$)`, "u").test(line[1]) || head.value.includes(`\n  - ${entry}\n`);
  if (has) return false;
  const end = line.index + line[0].length;
  const inline = /^\[(.*)\]\s*$/u.exec(line[1]);
  if (inline && !isLines) type(head, line.index, end, `${key}: [${inline[1].trim() === "" ? "" : `${inline[1].trim()}, `}${entry}]`);
  else if (isLines) type(head, line.index, end, `${key}:\n${entry}`);
  else type(head, end, end, `\n  - ${entry}`);
  return true;
}
