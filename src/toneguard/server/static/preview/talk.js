/** The talk with a ToneGuard server. */

const rules = new WeakMap();
const KEPT_RULES = 500;
const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** The address of a server, without a slash at its end; throws an Error for one that would send text in the clear. */
export function serverOf(address) {
  let url;
  try {
    url = new URL(address.trim());
  } catch {
    throw new Error("The server's address looks like http://127.0.0.1:8081 or https://toneguard.example.com");
  }
  if (!/^https?:$/.test(url.protocol)) throw new Error("The server's address begins with http:// or https://");
  if (url.protocol === "http:" && !LOOPBACK.has(url.hostname)) throw new Error("A server on another machine needs https://");
  return url.origin + url.pathname.replace(/\/+$/, "");
}

/**
 * A fetcher: a function from `{method, path, body, signal}` to a promise of `{status, body, retryAfter}`, where `body`
 * is plain data and `retryAfter` seconds or null. It rejects when nobody answers. Pages that may not call the server
 * themselves (an extension, a proxy with its own protocol) bring their own.
 */
export function directFetcher(api, token) {
  const base = api.replace(/\/+$/, "");
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  return ({ method, path, body, signal }) => exchange(base + path, { method, headers, body, signal });
}

/** JSON to an address and back, as a fetcher answers. */
export async function exchange(address, { method, headers = {}, body, signal }) {
  const kind = body === undefined ? {} : { "Content-Type": "application/json" };
  const response = await fetch(address, {
    method,
    headers: { Accept: "application/json", ...kind, ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
    cache: "no-store",
    credentials: "same-origin",
    referrerPolicy: "no-referrer",
  });
  const retryAfter = Number.parseFloat(response.headers.get("Retry-After") ?? "");
  let data = null;
  try {
    data = await response.json();
  } catch (problem) {
    if (problem.name === "AbortError") throw problem;
  }
  return { status: response.status, body: data, retryAfter: Number.isFinite(retryAfter) ? retryAfter : null };
}

/** What the server says of a rule (why, advice, sources), or null where it does not answer; asked once per rule that is answered. */
export async function ruleOf(fetcher, name) {
  let known = rules.get(fetcher);
  if (!known) rules.set(fetcher, (known = new Map()));
  if (known.size > KEPT_RULES) known.clear();
  if (known.has(name)) return known.get(name);
  const asking = askRule(fetcher, name); // kept before it is answered: a list asks for all its rules at the same time
  known.set(name, asking);
  const rule = await asking;
  if (!rule) known.delete(name);
  return rule;
}

async function askRule(fetcher, name) {
  try {
    const { status, body } = await fetcher({ method: "GET", path: `/v1/rules/${name}` });
    return status === 200 && body ? body : null;
  } catch {
    return null;
  }
}

/** Whether data looks like a review that can be shown. */
export function isReview(data) {
  return Boolean(data) && Array.isArray(data.findings) && typeof data.scores === "object" && "verdict" in data;
}

/** What a rule rests on, as lines. */
export function sourcesOf(rule) {
  const law = rule.law ? [`${rule.law.jurisdiction}, ${rule.law.section}: ${rule.law.source}`] : [];
  return [...law, ...rule.sources];
}
