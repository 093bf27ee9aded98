{% load static %}// Only so that the counter opens without network. It keeps that one page and what the page is drawn with; never a
// person: what people said waits in counter.js, and leaves it once the site has it.
"use strict";

const PAGE = "{{ page|escapejs }}";
const SHELF = "parvis-comptoir-{{ slug|escapejs }}";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && url.pathname === PAGE) event.respondWith(page(event.request));
  else if (url.pathname.startsWith("{% get_static_prefix %}")) event.respondWith(drawing(event.request));
});

// The network first: the shop's subjects change. A redirect (the session ran out) is the browser's to follow.
async function page(request) {
  try {
    const fresh = await fetch(request);
    if (fresh.ok && !fresh.redirected) (await caches.open(SHELF)).put(PAGE, fresh.clone());
    return fresh;
  } catch (error) {
    const kept = await (await caches.open(SHELF)).match(PAGE);
    if (kept) return kept;
    throw error;
  }
}

async function drawing(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await (await caches.open(SHELF)).match(request);
    if (kept) return kept;
    throw error;
  }
}
