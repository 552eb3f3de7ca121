/** What the extension is told by its options page. Kept on this machine; never synchronised. */

export const DEFAULTS = {
  server: "http://127.0.0.1:8081",
  token: "",
  standard: "", // "" is the server's own
  channel: "",
  confirmAtHold: false,
  sites: [], // {address, boxes, customer}: where it works, and CSS selectors of reply boxes and customers' messages
};

export async function readSettings() {
  return { ...DEFAULTS, ...(await chrome.storage.local.get(Object.keys(DEFAULTS))) };
}

/**
 * The match pattern of an address such as "https://desk.example.com" or "https://*.example.com/agent"; throws an Error
 * that says what is wrong.
 */
export function patternOf(address) {
  const found = address.trim().match(/^(https?):\/\/((?:\*\.)?[a-z0-9.-]+|\[::1\])(:\d{1,5})?(?:\/.*)?$/i);
  if (!found) throw new Error(`“${address.trim()}” is no address such as https://desk.example.com`);
  return `${found[1].toLowerCase()}://${found[2].toLowerCase()}${found[3] ?? ""}/*`;
}

/** The site of `sites` that a page's origin belongs to, or null. */
export function siteOf(origin, sites) {
  let url;
  try {
    url = new URL(origin);
  } catch {
    return null;
  }
  return (
    sites.find(({ address }) => {
      const [scheme, host] = patternOf(address).slice(0, -2).split("://");
      if (`${scheme}:` !== url.protocol) return false;
      if (host.startsWith("*.")) return url.host === host.slice(2) || url.host.endsWith(host.slice(1));
      return host === url.host || (!/:\d+$/.test(host) && host === url.hostname);
    }) ?? null
  );
}

/** Run the content script on the sites of the settings, and nowhere else. */
export async function registerSites(sites) {
  const matches = [...new Set(sites.map(({ address }) => patternOf(address)))];
  const script = { id: "toneguard", js: ["content.js"], matches, allFrames: true, matchOriginAsFallback: true, runAt: "document_idle" };
  const known = await chrome.scripting.getRegisteredContentScripts({ ids: [script.id] });
  if (known.length) await chrome.scripting.unregisterContentScripts({ ids: [script.id] });
  if (matches.length) await chrome.scripting.registerContentScripts([script]);
}
