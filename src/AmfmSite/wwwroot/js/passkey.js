// A form marked data-passkey asks the browser for a passkey and posts what it gives. It is hidden until here, so that it
// shows only where it works: with passkeys in the browser, at the address that the passkeys are for.
const words = {
  NotAllowedError: "Nothing happened: the question was closed, or nobody could be recognised in time. Try again when you are ready.",
  InvalidStateError: "This device already holds a passkey of this account.",
  SecurityError: "Passkeys of this desk do not work at this address.",
};
const unknown = "The passkey could not be used. Try again, or choose the other way.";
const passkeys = window.PublicKeyCredential;

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const { domain } = form.dataset;
  const isOurs = location.hostname === domain || location.hostname.endsWith(`.${domain}`);
  if (!isOurs || !passkeys?.parseCreationOptionsFromJSON || !passkeys.prototype.toJSON) continue;
  form.hidden = false;
  document.querySelector("[data-passkey-missing]").hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
}

async function ask(form) {
  const problem = form.querySelector("[data-passkey-problem]");
  const button = form.querySelector("[type=submit]");
  problem.textContent = "";
  button.disabled = true;
  try {
    const answer = await fetch(form.dataset.options, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!answer.ok) throw new Error(`${answer.status}`);
    const options = await answer.json();
    const credential = form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: passkeys.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: passkeys.parseRequestOptionsFromJSON(options) });
    form.elements.Credential.value = JSON.stringify(credential.toJSON());
    form.submit();
  } catch (error) {
    problem.textContent = words[error.name] ?? unknown;
    button.disabled = false;
    button.focus();
  }
}
