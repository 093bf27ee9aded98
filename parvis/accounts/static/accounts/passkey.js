// Asks the device itself who is there, to enter or to be remembered. Where this cannot run, the code by e-mail remains.
const Key = window.PublicKeyCredential
const ask = {
  add: (body) => navigator.credentials.create({ publicKey: Key.parseCreationOptionsFromJSON(body.publicKey) }),
  enter: (body) => navigator.credentials.get({ publicKey: Key.parseRequestOptionsFromJSON(body.publicKey) }),
}

function prepare(form) {
  const button = form.querySelector("button")
  const failed = form.querySelector("[data-passkey-failed]")
  form.hidden = false
  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    button.setAttribute("aria-busy", "true")
    failed.hidden = true
    try {
      form.elements.credential.value = ""
      const headers = { Accept: "application/json" }
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers })
      if (!answer.ok) throw new Error(answer.status)
      const credential = await ask[form.dataset.passkey](await answer.json())
      form.elements.credential.value = JSON.stringify(credential)
      form.submit()
    } catch {
      button.removeAttribute("aria-busy")
      failed.hidden = false
    }
  })
}

if (Key?.parseRequestOptionsFromJSON) document.querySelectorAll("[data-passkey]").forEach(prepare)
