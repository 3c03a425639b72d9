// Passkeys and security keys. A form that wants one carries data-key="add" or "use", a hidden field `credential`, and
// either the id of a JSON block in the page (data-options) or an address that answers with one (data-options-url).
(() => {
  "use strict";

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const named = (list = []) => list.map((item) => ({ ...item, id: bytes(item.id) }));

  const add = async ({ publicKey }, passkey) => {
    const selection = { ...publicKey.authenticatorSelection };
    if (passkey !== null) {
      selection.residentKey = passkey ? "required" : "discouraged";
      selection.requireResidentKey = passkey;
      if (passkey) selection.userVerification = "required";
    }
    const made = await navigator.credentials.create({
      publicKey: {
        ...publicKey,
        authenticatorSelection: selection,
        challenge: bytes(publicKey.challenge),
        user: { ...publicKey.user, id: bytes(publicKey.user.id) },
        excludeCredentials: named(publicKey.excludeCredentials),
      },
    });
    return {
      attestationObject: text(made.response.attestationObject),
      clientDataJSON: text(made.response.clientDataJSON),
      transports: made.response.getTransports?.() ?? [],
      of: made,
    };
  };

  const use = async ({ publicKey }) => {
    const got = await navigator.credentials.get({
      publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: named(publicKey.allowCredentials) },
    });
    const { authenticatorData, clientDataJSON, signature, userHandle } = got.response;
    return {
      authenticatorData: text(authenticatorData),
      clientDataJSON: text(clientDataJSON),
      signature: text(signature),
      userHandle: userHandle ? text(userHandle) : null,
      of: got,
    };
  };

  const answer = ({ of, ...response }) => JSON.stringify({
    type: of.type,
    id: of.id,
    rawId: text(of.rawId),
    authenticatorAttachment: of.authenticatorAttachment ?? null,
    response,
    clientExtensionResults: of.getClientExtensionResults(),
  });

  const optionsOf = async (form) => {
    if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
    const reply = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
    if (!reply.ok) throw new Error("no options");
    return reply.json();
  };

  document.querySelectorAll("form[data-key]").forEach((form) => {
    form.hidden = !window.PublicKeyCredential;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const fault = form.querySelector("[data-key-fault]");
      fault.hidden = true;
      try {
        const options = await optionsOf(form);
        const credential = form.dataset.key === "add"
          ? await add(options.creation_options, form.elements.passwordless?.checked ?? null)
          : await use(options.request_options);
        form.elements.credential.value = answer(credential);
        form.submit();
      } catch {
        fault.hidden = false;
        fault.focus();
      }
    });
  });
})();
