// The counter, where a script helps: the channel follows the contact, and an entry is never lost for want of network.
// Without it, the page is a plain form. What people said stays on this telephone until the site has it, no longer.
"use strict";

(() => {
  const PATIENCE = 8000; // milliseconds: a customer waits at the counter
  const AGAIN = 20000;

  const counter = document.querySelector("[data-counter]");
  if (!counter) return;
  const form = counter.querySelector("[data-form]");
  const said = counter.querySelector("[data-said]");
  const waiting = document.querySelector("[data-waiting]");
  const WORDS = JSON.parse(counter.dataset.words); // in the language of the page
  const SHELF = `parvis-comptoir-${counter.dataset.counter}`;
  let shown = null; // the entry on the screen, once answered
  let line = Promise.resolve(); // one conversation with the site at a time

  // --- What waits ----------------------------------------------------------------------------------------------------
  // An entry: {key, fields: [[name, value]…], trouble: {errors} | null}. Read again before each change: another tab may
  // have sent it.

  const load = () => {
    try {
      return JSON.parse(localStorage.getItem(SHELF) || "[]");
    } catch (error) {
      return []; // a browser that keeps nothing
    }
  };
  const save = (entries) =>
    entries.length ? localStorage.setItem(SHELF, JSON.stringify(entries)) : localStorage.removeItem(SHELF);
  const keep = (entry) => save([...load().filter((one) => one.key !== entry.key), entry]);
  const drop = (key) => save(load().filter((one) => one.key !== key));

  // --- Sending -------------------------------------------------------------------------------------------------------

  async function ask(address, options) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), PATIENCE);
    try {
      const headers = { Accept: "application/json", ...options.headers };
      return await fetch(address, { ...options, headers, redirect: "manual", cache: "no-store", signal: abort.signal });
    } catch (error) {
      return null; // no network, or none to speak of
    } finally {
      clearTimeout(timer);
    }
  }

  // "away", "enter", "later", or the site's answer {said} or {errors}.
  async function send(entry) {
    const door = await ask(counter.dataset.token, {});
    if (!door) return "away";
    if (door.type === "opaqueredirect") return "enter";
    if (!door.ok) return "later";
    const { token } = await door.json();
    const body = new FormData();
    for (const [name, value] of entry.fields) body.append(name, value);
    const answer = await ask(location.pathname, { method: "POST", body, headers: { "X-CSRFToken": token } });
    if (!answer) return "away";
    if (answer.type === "opaqueredirect") return "enter";
    if (answer.ok) return answer.json().catch(() => "away");
    return "later";
  }

  const inTurn = (work) => (line = line.then(work, work));

  // One after the other. What the site does not take stays.
  async function sendAll() {
    let told = "";
    for (const entry of load().filter((one) => !one.trouble)) {
      const answer = await send(entry);
      if (answer.said) drop(entry.key);
      else if (answer.errors) keep({ ...entry, trouble: answer.errors });
      else told = answer;
      if (answer === "away" || answer === "enter") break;
    }
    tell(told);
  }

  const round = () => inTurn(sendAll);

  // --- Telling -------------------------------------------------------------------------------------------------------

  const count = (number, one, many) => (number === 1 ? one : many.replace("{n}", number));

  function tell(reason) {
    const entries = load();
    const troubled = entries.find((one) => one.trouble);
    const [title, text, doors] = !entries.length
      ? ["", "", []]
      : reason === "enter"
        ? [WORDS.enter_title, WORDS.enter, ["enter"]]
        : entries.length === 1 && troubled
          ? [WORDS.mend_title, wrong(troubled), ["mend", "drop"]]
          : reason === "later"
            ? [count(entries.length, WORDS.one, WORDS.many), WORDS.later, []]
            : [count(entries.length, WORDS.one_away, WORDS.many_away), WORDS.away, []];
    waiting.hidden = !title;
    waiting.querySelector("[data-waiting-title]").textContent = title;
    waiting.querySelector("[data-waiting-text]").textContent = text;
    for (const door of waiting.querySelectorAll("[data-door]")) door.hidden = !doors.includes(door.dataset.door);
    waiting.querySelector("[data-waiting-doors]").hidden = !doors.length;
  }

  const value = (entry, name) => (entry.fields.find(([one]) => one === name) || ["", ""])[1];
  const wrong = (entry) => {
    const name = value(entry, "family_name") || value(entry, "given_name") || value(entry, "contact");
    const sentence = Object.values(entry.trouble).flat()[0];
    return name ? WORDS.mend.replace("{sentence}", () => sentence).replace("{name}", () => name) : sentence;
  };

  function mark(errors, { focus = true } = {}) {
    for (const place of form.querySelectorAll("[data-errors]")) {
      const sentences = errors[place.dataset.errors] || [];
      const input = form.querySelector(`#id_${place.dataset.errors}`);
      place.textContent = "";
      place.parentElement.classList.toggle("field--error", sentences.length > 0);
      if (input) {
        input.toggleAttribute("aria-invalid", sentences.length > 0);
        input.setAttribute("aria-describedby", `id_${place.dataset.errors}_error`);
      }
      for (const sentence of sentences) {
        const line = document.createElement("p");
        line.className = "field__error";
        line.id = `id_${place.dataset.errors}_error`;
        line.textContent = sentence;
        place.append(line);
      }
    }
    const first = form.querySelector(".field--error input, .field--error select");
    if (first && focus) first.focus();
  }

  function show(kind, entry) {
    shown = entry;
    form.hidden = true;
    said.hidden = false;
    for (const panel of said.querySelectorAll("[data-kind]")) panel.hidden = panel.dataset.kind !== kind;
    said.querySelector("[data-keep]").hidden = !(kind === "non" && entry.keepable);
    said.querySelector("[data-turn]").hidden = !(value(entry, "answer") === "oui");
    window.scrollTo(0, 0);
    said.focus({ preventScroll: true });
  }

  function next() {
    shown = null;
    form.reset();
    form.elements.key.value = newKey();
    chosen = false;
    mark({});
    said.hidden = true;
    form.hidden = false;
    window.scrollTo(0, 0);
    form.elements.contact.focus({ preventScroll: true });
  }

  // --- The screen ----------------------------------------------------------------------------------------------------

  let chosen = false; // whether someone touched the channel: then the contact decides no more
  const contact = form.elements.contact;

  function guess() {
    if (chosen) return;
    const typed = contact.value.trim();
    const channel = !typed ? "" : typed.includes("@") || /[a-z]/i.test(typed) ? "email" : "phone";
    for (const radio of form.elements.channel) radio.checked = radio.value === channel;
  }

  // What the site would say, said before the customer has left: without network it could not.
  function missing() {
    const typed = contact.value.trim();
    const digits = typed.replace(/\D/g, "");
    const short = 10 - digits.length;
    if (!typed && form.elements.channel.value !== "paper") return WORDS.no_contact;
    if (typed && !typed.includes("@") && !digits) return WORDS.unread;
    if (typed && !typed.includes("@") && digits.startsWith("0") && short > 0) return WORDS.short[short];
    if (typed.includes("@") && !/^\S+@\S+\.\S+$/.test(typed)) return WORDS.email;
    return "";
  }

  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  const today = () => new Date().toLocaleDateString("sv-SE", { timeZone: "Europe/Paris" });

  function entryOf(answer) {
    form.elements.said_on.value = today();
    const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "answer");
    return { key: form.elements.key.value, fields: [...fields, ["answer", answer]], trouble: null };
  }

  // `then`: the panel to show once the site has it, where it is not the answer's own.
  async function submit(entry, then) {
    for (const button of counter.querySelectorAll("button")) button.setAttribute("aria-busy", "true");
    const told = await inTurn(() => send(entry));
    for (const button of counter.querySelectorAll("button")) button.removeAttribute("aria-busy");
    if (told.said || told.errors) drop(entry.key);
    if (told.errors) {
      mark(told.errors);
      return tell("");
    }
    tell(told.said ? "" : told);
    show(told.said ? then || told.said : "attend", { ...entry, keepable: told.keepable });
  }

  function answerAgain(answer, then) {
    const fields = shown.fields.map(([name, one]) => [name, name === "answer" ? answer : one]);
    const entry = { key: newKey(), fields, trouble: null };
    keep(entry);
    submit(entry, then);
  }

  form.addEventListener("submit", (event) => {
    if (form.querySelector("[aria-busy]")) return event.preventDefault();
    const answer = event.submitter ? event.submitter.value : "oui";
    const sentence = answer === "non" ? "" : missing();
    mark(sentence ? { contact: [sentence] } : {});
    if (sentence) return event.preventDefault();
    const entry = entryOf(answer);
    try {
      keep(entry); // before anything else: what is on the telephone is not lost
    } catch (error) {
      return; // this browser keeps nothing: the form leaves as it would without a script
    }
    event.preventDefault();
    submit(entry);
  });
  contact.addEventListener("input", guess);
  // After the tap that left the field, which a line that appears would otherwise move away from its target.
  contact.addEventListener("change", () =>
    setTimeout(() => {
      const sentence = contact.value.trim() && !form.hidden ? missing() : "";
      if (sentence) mark({ contact: [sentence] }, { focus: false });
    }, 400),
  );
  for (const radio of form.elements.channel) radio.addEventListener("click", () => (chosen = true));
  said.querySelector("[data-next]").addEventListener("click", next);
  said.querySelector("[data-keep]").addEventListener("click", () => answerAgain("fiche"));
  said.querySelector("[data-turn]").addEventListener("click", () => {
    drop(shown.key); // if it still waits, it will never leave
    answerAgain("non", "fiche");
  });
  waiting.querySelector('[data-door="drop"]').addEventListener("click", () => {
    drop(load().find((one) => one.trouble).key);
    tell("");
  });
  waiting.querySelector('[data-door="mend"]').addEventListener("click", () => {
    const entry = load().find((one) => one.trouble);
    next();
    chosen = true;
    for (const [name, one] of entry.fields)
      for (const input of form.querySelectorAll(`[name="${name}"]`))
        if (input.type === "radio" || input.type === "checkbox") input.checked = input.checked || input.value === one;
        else if (name !== "csrfmiddlewaretoken") input.value = one;
    form.elements.key.value = newKey();
    drop(entry.key);
    tell("");
    mark(entry.trouble);
  });
  window.addEventListener("online", round);
  setInterval(() => load().some((one) => !one.trouble) && round(), AGAIN);

  // --- Opening without network ---------------------------------------------------------------------------------------

  async function shelve() {
    if (!navigator.serviceWorker || !window.caches) return;
    await navigator.serviceWorker.register(counter.dataset.worker);
    const drawn = performance.getEntriesByType("resource").map((one) => one.name);
    const ours = drawn.filter((one) => one.startsWith(location.origin) && /\.(css|js|woff2|svg)$/.test(one));
    const shelf = await caches.open(SHELF);
    const wanted = [location.origin + location.pathname, ...ours];
    for (const old of await shelf.keys()) if (!wanted.includes(old.url)) await shelf.delete(old);
    for (const one of wanted) {
      const answer = await fetch(one);
      if (answer.ok && !answer.redirected) await shelf.put(one, answer);
    }
  }

  // The key of a page that came from the shelf has served already.
  form.elements.key.value = newKey();
  guess();
  tell("");
  if (load().length) round();
  window.addEventListener("load", () => shelve().catch(() => {}));
})();
