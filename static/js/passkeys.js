// Passkeys: the browser asks for a fingerprint, a face or a key, and the form carries its answer.
// Without script, or in a browser that has none, nothing of this is shown; the code by e-mail stays.
(function () {
  "use strict";
  const known = window.PublicKeyCredential && window.webauthnJSON;
  if (!known) return;

  document.querySelectorAll("[data-passkey-only]").forEach((part) => { part.hidden = false; });

  function say(form, words) {
    let place = form.querySelector("[data-passkey-words]");
    if (!place) {
      place = document.createElement("p");
      place.setAttribute("data-passkey-words", "");
      place.setAttribute("role", "alert");
      place.className = "govuk-error-message";
      form.prepend(place);
    }
    place.textContent = words;
  }

  async function options(form) {
    if (form.dataset.passkey !== "login") {
      return JSON.parse(document.getElementById("passkey-options").textContent);
    }
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  async function credential(form) {
    const given = await options(form);
    if (form.dataset.passkey !== "add") return window.webauthnJSON.get(given.request_options);
    const wanted = given.creation_options;
    const box = form.querySelector("[name=passwordless]");
    const choice = wanted.publicKey.authenticatorSelection;
    const alone = Boolean(box && box.checked);
    choice.residentKey = alone ? "required" : "discouraged";
    choice.requireResidentKey = alone;
    if (alone) choice.userVerification = "required";
    return window.webauthnJSON.create(wanted);
  }

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        form.querySelector("[name=credential]").value = JSON.stringify(await credential(form));
        form.submit();
      } catch {
        say(form, "Your device did not give a passkey. Try again, or sign in another way.");
      }
    });
  });
})();
