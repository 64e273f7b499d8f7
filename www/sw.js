// Keeps a build of the page in the browser, so that it works without a network.
//
// One cache holds the files of one build, each checked by its hash. A page asks for its files by the name of its
// build (`?v=`), so it gets those and no others, even while a newer build waits or has taken over in another tab.

// `cargo xtask dist` writes the build here: addresses of files, with hashes. While it is empty, nothing is kept.
const BUILD = { name: "", first: {}, later: {}, gpu: {} };

const SCOPE = self.registration.scope;
// Other pages of the same host may keep something, too.
const PREFIX = `${SCOPE} `;
const OWN_CACHE = PREFIX + BUILD.name;
// Where a cache says what belongs to its build.
const LIST = `${SCOPE}?list-of-files`;
const FILES = filesOf(BUILD);

if (BUILD.name) {
  self.addEventListener("install", (event) => event.waitUntil(install()));
  self.addEventListener("activate", (event) => event.waitUntil(activate()));
  self.addEventListener("fetch", answer);
  self.addEventListener("message", hear);
}

async function install() {
  const cache = await caches.open(OWN_CACHE);
  await cache.put(LIST, Response.json(BUILD));
  await Promise.all(Object.keys(BUILD.first).map(keep));
}

async function activate() {
  await removeOldBuilds();
  await self.clients.claim();
}

function hear(event) {
  switch (event.data) {
    case "take over":
      // Only the reader's wish makes a new build take over from a page that is open.
      event.waitUntil(self.skipWaiting());
      break;
    case "keep later":
      if (!navigator.connection?.saveData) event.waitUntil(keepInTurn(BUILD.later));
      break;
    case "keep gpu":
      event.waitUntil(keepInTurn(BUILD.gpu));
      break;
  }
}

function answer(event) {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(SCOPE)) return;
  const address = request.url.slice(SCOPE.length).replace(/#.*/, "");
  if (request.mode === "navigate") {
    if (!/^(index\.html)?(\?.*)?$/.test(address)) return;
    event.waitUntil(removeOldBuilds());
    event.respondWith(ownFile("").catch(() => fetch(request)));
  } else if (address in FILES) {
    event.respondWith(ownFile(address));
  } else if (address.includes("?v=")) {
    event.respondWith(fileOfOtherBuild(address, request));
  }
}

async function ownFile(address) {
  const kept = await caches.match(SCOPE + address, { cacheName: OWN_CACHE });
  if (kept) return kept;
  const response = await obtain(address);
  const copy = response.clone();
  // Where nothing more can be stored, the page gets its file all the same.
  await caches.open(OWN_CACHE).then((cache) => cache.put(SCOPE + address, copy)).catch(() => {});
  return response;
}

async function fileOfOtherBuild(address, request) {
  for await (const { cache } of otherBuilds()) {
    const kept = await cache.match(SCOPE + address);
    if (kept) return kept;
  }
  // Nobody has kept it. The host's file will do only if the host still has that build.
  const record = await fetch(`${SCOPE}build.json`, { cache: "no-store" });
  const { build, workers } = await record.json();
  const isOfHost = [build, workers].some((version) => address.endsWith(`?v=${version}`));
  return isOfHost ? fetch(request) : Response.error();
}

async function keep(address) {
  const cache = await caches.open(OWN_CACHE);
  if (!(await cache.match(SCOPE + address))) await cache.put(SCOPE + address, await obtain(address));
}

// One at a time, so that the page's own downloads go first; what cannot be had now is asked for on the next visit.
async function keepInTurn(files) {
  for (const address of Object.keys(files)) await keep(address).catch(() => {});
}

// The file of this build, from an older one that has the same, or from the host.
async function obtain(address) {
  const integrity = FILES[address];
  for await (const { cache, files } of otherBuilds()) {
    const same = Object.keys(files).find((other) => files[other] === integrity);
    const kept = same === undefined ? undefined : await cache.match(SCOPE + same);
    // Without the address that it was kept under, which names another build.
    if (kept) return new Response(kept.body, kept);
  }
  // Fails if the host has another build by now.
  return fetch(SCOPE + address, { cache: "no-cache", integrity });
}

async function* otherBuilds() {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX) || name === OWN_CACHE) continue;
    const cache = await caches.open(name);
    const list = await cache.match(LIST);
    if (list) yield { cache, files: filesOf(await list.json()) };
  }
}

// Only while no page is open that might need them, and no newer build is being kept.
async function removeOldBuilds() {
  if (self.registration.installing || self.registration.waiting) return;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.some((page) => page.url.startsWith(SCOPE))) return;
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== OWN_CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

function filesOf({ first, later, gpu }) {
  return { ...first, ...later, ...gpu };
}
