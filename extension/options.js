/** The options page: shows the settings, checks them, asks for the permissions they need, and tries the server. */

import { serverOf } from "./preview/talk.js";
import { patternOf, readSettings, registerSites } from "./settings.js";

const form = document.getElementById("settings");
const list = document.getElementById("sites");
const outcome = document.getElementById("outcome");

function addSite({ address = "", boxes = "", customer = "" } = {}) {
  const row = document.getElementById("site").content.cloneNode(true).firstElementChild;
  row.querySelector(".address").value = address;
  row.querySelector(".boxes").value = boxes;
  row.querySelector(".customer").value = customer;
  row.querySelector(".remove").addEventListener("click", () => {
    row.remove();
    document.getElementById("add").focus();
  });
  list.append(row);
  return row;
}

function say(words, bad = false) {
  outcome.textContent = words;
  outcome.classList.toggle("bad", bad);
}

/** The form as settings; throws an Error that says what is wrong. */
function fromForm() {
  const sites = [...list.children].map((row) => {
    const [address, boxes, customer] = ["address", "boxes", "customer"].map((name) => row.querySelector(`.${name}`).value.trim());
    patternOf(address);
    for (const selector of [boxes, customer]) checkSelector(selector);
    return { address, boxes, customer };
  });
  const text = (name) => form.elements[name].value.trim();
  return { server: serverOf(text("server")), token: text("token"), standard: text("standard"), channel: text("channel"), confirmAtHold: form.elements.confirmAtHold.checked, sites };
}

function checkSelector(selector) {
  if (!selector) return;
  try {
    document.createDocumentFragment().querySelector(selector);
  } catch {
    throw new Error(`“${selector}” is no CSS selector`);
  }
}

async function save(settings) {
  const { hostname, protocol } = new URL(settings.server);
  const origins = [...new Set([...settings.sites.map(({ address }) => patternOf(address)), `${protocol}//${hostname}/*`])];
  if (!(await chrome.permissions.request({ origins }))) throw new Error("Without the browser's permission nothing was saved");
  await chrome.storage.local.set(settings);
  await registerSites(settings.sites);
}

/** Ask the server for a review of nothing much, to see whether it answers. */
async function trial() {
  const body = { draft: "Thank you.", role: "agent", channel: null, standard: form.elements.standard.value.trim() || null, before: [] };
  const answer = await chrome.runtime.sendMessage({ kind: "ask", method: "POST", path: "/v1/reviews", body });
  if (!answer) return "Saved, but the server does not answer. Is it running?";
  if (answer.status === 401 || answer.status === 403) return "Saved, but the server does not take this token.";
  if (answer.status !== 200) return `Saved, but the server says: ${answer.body?.error?.message ?? answer.status}`;
  return `Saved. ToneGuard ${answer.body.provenance.toneguard} answers, with the standard ${answer.body.provenance.standard}. Reload pages that are open.`;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await save(fromForm());
    say("Saved. Trying the server …");
    const words = await trial();
    say(words, words.includes(", but "));
  } catch (problem) {
    say(problem.message, true);
  }
});
document.getElementById("add").addEventListener("click", () => addSite().querySelector("input").focus());

const settings = await readSettings();
for (const [name, value] of Object.entries(settings)) {
  const field = form.elements[name];
  if (field?.type === "checkbox") field.checked = value;
  else if (field && "value" in field) field.value = value;
}
for (const site of settings.sites) addSite(site);
