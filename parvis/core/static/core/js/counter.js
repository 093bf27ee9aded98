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
  const [troubledHere, waiting, othersHere] = ["troubled", "waiting", "others"].map((name) =>
    document.querySelector(`[data-${name}]`),
  );
  const WORDS = JSON.parse(counter.dataset.words); // in the language of the page
  const SHELVES = "parvis-comptoir-";
  const SHELF = SHELVES + counter.dataset.counter;
  const MAKER = counter.dataset.maker; // who opened this page, for this shop: an entry leaves by its maker alone
  let shown = null; // the entry on the screen, once answered
  let mending = null; // the entry being corrected: it stays until another takes its place
  let doomed = null; // the entries of others that one is asked about: they alone would be erased
  let line = Promise.resolve(); // one conversation with the site at a time

  // --- What waits ----------------------------------------------------------------------------------------------------
  // An entry: {key, maker, fields: [[name, value]…], trouble: {errors} | null}. Read again before each change: another
  // tab may have sent it.

  const read = (shelf) => {
    try {
      return JSON.parse(localStorage.getItem(shelf) || "[]");
    } catch (error) {
      return []; // a browser that keeps nothing
    }
  };
  // An older script wrote no maker: on this shop's own shelf, it is whoever opens its counter now.
  const load = () => read(SHELF).map((one) => ({ maker: MAKER, ...one }));
  const mine = () => load().filter((one) => one.maker === MAKER);
  const others = () => load().filter((one) => one.maker !== MAKER);
  const otherShelves = () => {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(SHELVES) && name !== SHELF);
    } catch (error) {
      return [];
    }
  };
  const atOtherShops = () => otherShelves().flatMap(read);
  const save = (entries, shelf = SHELF) =>
    entries.length ? localStorage.setItem(shelf, JSON.stringify(entries)) : localStorage.removeItem(shelf);
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

  // Asked again, the site would say the same: the sentence is its own where it has one.
  const final = (answer) => answer.status >= 400 && answer.status < 500 && ![408, 425, 429].includes(answer.status);
  async function refusal(answer) {
    const problem = (answer.headers.get("Content-Type") || "").startsWith("application/problem+json");
    const { detail } = problem ? await answer.json().catch(() => ({})) : {};
    return { errors: { "": [detail || WORDS.closed] } };
  }

  // "away", "enter", "later", "other", or the site's answer {said} or {errors}.
  async function send(entry) {
    const door = await ask(counter.dataset.token, {});
    if (!door) return "away";
    if (door.type === "opaqueredirect") return "enter";
    if (final(door)) return refusal(door);
    if (!door.ok) return "later";
    const { token, maker } = await door.json().catch(() => ({}));
    if (!token) return "later";
    if (maker !== entry.maker) return "other";
    const body = new FormData();
    for (const [name, value] of entry.fields) body.append(name, value);
    body.append("maker", entry.maker);
    const answer = await ask(location.pathname, { method: "POST", body, headers: { "X-CSRFToken": token } });
    if (!answer) return "away";
    if (answer.type === "opaqueredirect") return "enter";
    if (answer.ok) return answer.json().catch(() => "away");
    return final(answer) ? refusal(answer) : "later";
  }

  const inTurn = (work) => (line = line.then(work, work));

  // One after the other. What the site does not take stays.
  async function sendAll() {
    let told = "";
    for (const entry of mine().filter((one) => !one.trouble)) {
      const answer = await send(entry);
      if (answer.said) drop(entry.key);
      else if (answer.errors) keep({ ...entry, trouble: answer.errors });
      else told = answer;
      if (["away", "enter", "other"].includes(answer)) break;
    }
    tell(told);
  }

  const round = () => inTurn(sendAll);

  // --- Telling -------------------------------------------------------------------------------------------------------

  const count = (number, one, many) => (number === 1 ? one : many.replace("{n}", number));

  function put(panel, title, text, doors = []) {
    panel.hidden = !title;
    panel.querySelector("[data-title]").textContent = title;
    panel.querySelector("[data-text]").textContent = text;
    for (const door of panel.querySelectorAll("[data-door]")) door.hidden = !doors.includes(door.dataset.door);
  }

  // What is to be corrected, what waits, and what others left: each is said whatever becomes of the rest.
  function tell(reason) {
    tellTroubled();
    tellWaiting(reason);
    tellOthers();
  }

  function tellTroubled() {
    const troubled = mine().filter((one) => one.trouble);
    if (!troubled.length) return put(troubledHere, "", "");
    const title = count(troubled.length, WORDS.mend_title, WORDS.mend_titles);
    if (mending) return put(troubledHere, title, WORDS.mending, ["leave"]);
    const way = isOnForm(troubled[0].trouble) ? "mend" : "again";
    put(troubledHere, title, wrong(troubled[0]), [way, "drop"]);
  }

  function tellWaiting(reason) {
    const left = mine().filter((one) => !one.trouble).length;
    if (!left) put(waiting, "", "");
    else if (reason === "enter") put(waiting, WORDS.enter_title, WORDS.enter, ["enter"]);
    else if (reason === "later") put(waiting, count(left, WORDS.one, WORDS.many), WORDS.later);
    else if (reason === "other") put(waiting, count(left, WORDS.one, WORDS.many), WORDS.left);
    else put(waiting, count(left, WORDS.one_away, WORDS.many_away), WORDS.away);
  }

  const ofOthers = () => (others().length ? others() : atOtherShops());

  function tellOthers() {
    const many = ofOthers().length;
    if (doomed) {
      const asked = doomed.length;
      const title = count(asked, WORDS.erase_title, WORDS.erase_titles);
      return put(othersHere, title, count(asked, WORDS.erase_text, WORDS.erase_texts), ["sure", "keep"]);
    }
    if (!many) return put(othersHere, "", "");
    othersHere.querySelector('[data-door="erase"]').textContent = count(many, WORDS.erase_one, WORDS.erase_many);
    if (others().length) put(othersHere, count(many, WORDS.other_title, WORDS.other_titles), WORDS.other, ["erase"]);
    else put(othersHere, count(many, WORDS.shop_title, WORDS.shop_titles), WORDS.shop, ["erase"]);
  }

  // Whoever noted them may never come back, and what people said would stay here for ever.
  function erase(entries) {
    const gone = new Set(entries.map((one) => one.key));
    for (const shelf of [SHELF, ...otherShelves()]) save(read(shelf).filter((one) => !gone.has(one.key)), shelf);
  }

  const isOnForm = (errors) =>
    Object.keys(errors).some((name) => name && form.querySelector(`[data-errors="${CSS.escape(name)}"]`));
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
    mending = null;
    form.hidden = true;
    said.hidden = false;
    for (const panel of said.querySelectorAll("[data-kind]")) panel.hidden = panel.dataset.kind !== kind;
    said.querySelector("[data-keep]").hidden = !(kind === "non" && entry.keepable);
    said.querySelector("[data-turn]").hidden = !(value(entry, "answer") === "oui");
    window.scrollTo(0, 0);
    said.focus({ preventScroll: true });
  }

  function next() {
    shown = mending = null;
    form.reset();
    form.elements.key.value = newKey();
    chosen = false;
    mark({});
    said.hidden = true;
    form.hidden = false;
    window.scrollTo(0, 0);
    form.elements.contact.focus({ preventScroll: true });
    tellTroubled();
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

  // What the site would say, said before the customer has left: without network it could not. By field, as it does.
  function missing() {
    const typed = contact.value.trim();
    const sentence = unread(typed) || unreachable(typed, form.elements.channel.value);
    const errors = sentence ? { contact: [sentence] } : {};
    if (form.elements.channel.value !== "paper") return errors;
    const filled = (name) => form.elements[name].value.trim() !== "";
    if (!filled("family_name") && !filled("given_name")) errors.family_name = [WORDS.no_name];
    if (!typed && !filled("street")) errors.street = [WORDS.no_street];
    return errors;
  }

  function unread(typed) {
    const digits = typed.replace(/\D/g, "");
    const short = 10 - digits.length;
    if (typed.includes("@")) return /^\S+@\S+\.\S+$/.test(typed) ? "" : WORDS.email;
    if (typed && !digits) return WORDS.unread;
    if (!digits.startsWith("0") || digits.startsWith("00")) return "";
    return short > 0 ? WORDS.short[short] : short < 0 ? WORDS.long : "";
  }

  function unreachable(typed, channel) {
    if (!typed) return channel === "paper" ? "" : WORDS.no_contact;
    if (channel === "email" && !typed.includes("@")) return WORDS.no_email;
    return channel === "phone" && typed.includes("@") ? WORDS.no_phone : "";
  }

  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  const today = () => new Date().toLocaleDateString("sv-SE", { timeZone: "Europe/Paris" });

  // A corrected entry keeps its own day, and the sentence that was read then.
  const kept = (name) => mending && (name === "said_on" || name.startsWith("heard_")) && value(mending, name);

  function entryOf(answer) {
    form.elements.said_on.value = today();
    const fields = [...new FormData(form)]
      .filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "answer")
      .map(([name, typed]) => [name, kept(name) || typed]);
    return { key: form.elements.key.value, maker: MAKER, fields: [...fields, ["answer", answer]], trouble: null };
  }

  // `panel`: what to show once the site has it, where it is not the answer's own.
  async function submit(entry, panel) {
    for (const button of counter.querySelectorAll("button")) button.setAttribute("aria-busy", "true");
    const told = await inTurn(() => send(entry));
    for (const button of counter.querySelectorAll("button")) button.removeAttribute("aria-busy");
    if (told.errors && isOnForm(told.errors)) {
      drop(entry.key); // all of it is on the screen
      mark(told.errors);
      return tell("");
    }
    if (told.errors) keep({ ...entry, trouble: told.errors });
    else if (told.said) drop(entry.key);
    if (mending) drop(mending.key);
    if (told.errors) next();
    else show(told.said ? panel || told.said : "attend", { ...entry, keepable: told.keepable });
    tell(told.said || told.errors ? "" : told);
  }

  function answerAgain(answer, panel) {
    const fields = shown.fields.map(([name, one]) => [name, name === "answer" ? answer : one]);
    const entry = { key: newKey(), maker: MAKER, fields, trouble: null };
    keep(entry);
    submit(entry, panel);
  }

  form.addEventListener("submit", (event) => {
    if (form.querySelector("[aria-busy]")) return event.preventDefault();
    const answer = event.submitter ? event.submitter.value : "oui";
    const errors = answer === "non" ? {} : missing();
    mark(errors);
    if (Object.keys(errors).length) return event.preventDefault();
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
      const sentence = form.hidden ? "" : unread(contact.value.trim());
      if (sentence) mark({ contact: [sentence] }, { focus: false });
    }, 400),
  );
  for (const radio of form.elements.channel) radio.addEventListener("click", () => (chosen = true));
  said.querySelector("[data-next]").addEventListener("click", next);
  said.querySelector("[data-keep]").addEventListener("click", () => answerAgain("fiche"));
  said.querySelector("[data-turn]").addEventListener("click", () => {
    drop(shown.key); // if it still waits, it will never leave
    answerAgain("non", "trompe");
  });
  const troubled = () => mine().find((one) => one.trouble);
  const doorOf = (panel, name) => panel.querySelector(`[data-door="${name}"]`);
  const door = (name, work, panel = troubledHere) => doorOf(panel, name).addEventListener("click", work);
  const askOthers = (entries, focused) => {
    doomed = entries;
    tellOthers();
    if (othersHere.hidden) form.elements.contact.focus({ preventScroll: true });
    else doorOf(othersHere, focused).focus();
  };
  door("erase", () => askOthers(ofOthers(), "keep"), othersHere);
  door("keep", () => askOthers(null, "erase"), othersHere);
  door(
    "sure",
    () => {
      erase(doomed);
      askOthers(null, "erase");
    },
    othersHere,
  );
  door("drop", () => {
    drop(troubled().key);
    tell("");
  });
  door("again", () => {
    keep({ ...troubled(), trouble: null });
    round();
  });
  door("leave", next);
  door("mend", () => {
    const entry = troubled();
    next();
    mending = entry;
    chosen = true;
    for (const [name, one] of entry.fields)
      for (const input of form.querySelectorAll(`[name="${name}"]:not([type="hidden"])`))
        if (input.type === "radio" || input.type === "checkbox") input.checked = input.checked || input.value === one;
        else input.value = one;
    tellTroubled();
    mark(entry.trouble);
  });
  window.addEventListener("online", round);
  setInterval(() => mine().some((one) => !one.trouble) && round(), AGAIN);

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
  if (mine().length) round();
  window.addEventListener("load", () => shelve().catch(() => {}));
})();
