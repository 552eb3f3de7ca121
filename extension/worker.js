/** The only part that talks to the server: a page's own scripts, and the content script in it, never do. */

import { readSettings, registerSites, siteOf } from "./settings.js";

const ALLOWED = { POST: /^\/v1\/reviews$/, GET: /^\/v1\/rules\/[a-z0-9/-]+$/ };
const PATIENCE = 10000;

// The token is for this worker and the options page; content scripts run beside strangers.
chrome.storage.local.setAccessLevel({ accessLevel: "TRUSTED_CONTEXTS" });

chrome.runtime.onInstalled.addListener(async ({ reason }) => {
  const { sites } = await readSettings();
  await registerSites(sites); // an update forgets what was registered
  if (reason === "install" && !sites.length) await chrome.runtime.openOptionsPage();
});

chrome.action.onClicked.addListener(() => chrome.runtime.openOptionsPage());

chrome.runtime.onMessage.addListener((message, sender, answer) => {
  if (sender.id !== chrome.runtime.id) return false;
  (message.kind === "site" ? siteSettings(sender) : ask(message)).then(answer, () => answer(null));
  return true; // the answer comes later
});

/** What a content script may know: the site that it runs on, and how to review. */
async function siteSettings(sender) {
  const { sites, standard, channel, confirmAtHold } = await readSettings();
  const site = siteOf(sender.origin ?? "", sites) ?? siteOf(sender.tab?.url ?? "", sites);
  return site && { ...site, standard: standard || null, channel: channel || null, confirmAtHold };
}

/** One request to the server, as {status, body, retryAfter}; rejects when nobody answers. */
async function ask({ method, path, body }) {
  if (!ALLOWED[method]?.test(path)) throw new TypeError("not a request that ToneGuard makes");
  const { server, token } = await readSettings();
  const headers = { Accept: "application/json" };
  if (body) headers["Content-Type"] = "application/json";
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await fetch(server + path, {
    method,
    headers,
    body: body && JSON.stringify(body),
    credentials: "omit",
    cache: "no-store",
    referrerPolicy: "no-referrer",
    signal: AbortSignal.timeout(PATIENCE),
  });
  const retryAfter = Number.parseFloat(response.headers.get("Retry-After") ?? "");
  return { status: response.status, body: await response.json().catch(() => null), retryAfter: Number.isFinite(retryAfter) ? retryAfter : null };
}
