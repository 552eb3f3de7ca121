/** The looks of the preview. Sizes are in em of the reader's own letter size; colours hold 4.5:1 (lines 3:1). */

const LINES = {
  error: ["wavy", "#c4302b", "#ff8d85", "1.5px"],
  warning: ["wavy", "#a05a00", "#f0b04a", "1.5px"],
  suggestion: ["dotted", "#0b6f78", "#6fcdd6", "2px"],
  note: ["dotted", "#77808a", "#98a2ad", "1.5px"],
};

const underline = ([line, , , thick], colour) =>
  `text-decoration: underline ${line} ${colour} ${thick}; text-decoration-skip-ink: none; text-underline-offset: 0.1em;`;

/** For the document of a contenteditable: a highlight for each level on light paper, and one on dark. */
export const HIGHLIGHTS = Object.entries(LINES)
  .map(([level, line]) => `::highlight(toneguard-${level}) { ${underline(line, line[1])} }
    ::highlight(toneguard-${level}-dark) { ${underline(line, line[2])} }`)
  .join("\n");

const levels = (build) => Object.entries(LINES).map(([level, line]) => build(level, line)).join("\n");

/** For the shadow root of the preview's own things. */
export const SHEET = `
/* No top or left: it stays where it stands in the page's flow, and so moves with the text box before it. */
:host { all: initial; position: absolute; width: 0; height: 0; display: block; z-index: 2147483000; }
.root {
  --ink: #1c2730; --soft: #51606c; --paper: #ffffff; --edge: #d5dbe0; --tint: #f2f5f6; --accent: #0b6f78;
  font: 400 0.875em/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; color: var(--ink);
}
${levels((level, line) => `.root { --${level}: ${line[1]}; }`)}
.root.dark {
  --ink: #e8edf0; --soft: #a9b5be; --paper: #1d262d; --edge: #3b4851; --tint: #27323a; --accent: #6fcdd6;
}
${levels((level, line) => `.root.dark { --${level}: ${line[2]}; }`)}
.root *, dialog { box-sizing: border-box; }
.layer { position: absolute; overflow: hidden; pointer-events: none; }
.layer:has(.box) { overflow: visible; }
.mirror { position: absolute; inset: 0 auto auto 0; box-sizing: border-box; width: 100%; color: transparent; pointer-events: none; }
${levels((level, line) => `.mark.${level} { ${underline(line, `var(--${level})`)} }`)}
.box { position: absolute; height: 0; border-bottom: 2px dotted; }
${levels((level) => `.box.${level} { border-bottom-color: var(--${level}); }`)}
.box.error { border-bottom-style: solid; }
.quiet { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none !important; }

button { font: inherit; color: inherit; background: none; border: 1px solid transparent; border-radius: 0.5em; margin: 0; cursor: pointer; }
button:focus-visible, summary:focus-visible, .card:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }

.badge {
  position: absolute; display: flex; align-items: center; gap: 0.4em; min-height: 24px; padding: 0.05em 0.7em 0.05em 0.5em; white-space: nowrap;
  font-size: 0.86em; font-weight: 500; color: var(--ink); background: var(--paper); border-color: var(--edge); border-radius: 99em;
  box-shadow: 0 1px 2px rgb(0 0 0 / 0.08);
}
.badge .sign { font-weight: 700; color: var(--soft); min-width: 1em; text-align: center; }
.badge.pass .sign { color: var(--suggestion); }
.badge.revise .sign { color: var(--warning); }
.badge.hold .sign { color: var(--error); }
.badge.hold { border-color: var(--error); }
.badge .count { color: var(--soft); font-weight: 400; }
.badge:hover { background: var(--tint); }

.card {
  position: fixed; inset: auto; margin: 0; box-sizing: border-box; width: 24em; max-width: calc(100vw - 16px); max-height: min(28em, calc(100vh - 16px));
  overflow: auto; overscroll-behavior: contain; padding: 0.9em 1em 0.8em; color: var(--ink); background: var(--paper);
  border: 1px solid var(--edge); border-radius: 0.8em; box-shadow: 0 8px 28px rgb(10 20 30 / 0.18);
}
.card .header { display: flex; align-items: center; gap: 0.25em; margin-bottom: 0.4em; }
.card .level { font-weight: 650; margin-right: auto; }
.card .level::before { content: ""; display: inline-block; width: 0.6em; height: 0.6em; margin-right: 0.45em; border-radius: 50%; background: currentColor; }
${levels((level) => `.card .level.${level} { color: var(--${level}); }`)}
.card .count { color: var(--soft); font-variant-numeric: tabular-nums; margin: 0 0.2em; }
.card .header button { min-width: 1.9em; min-height: 1.9em; padding: 0; color: var(--soft); }
.card .header button:hover { background: var(--tint); color: var(--ink); }
.card p { margin: 0 0 0.55em; overflow-wrap: anywhere; }
.card .message { font-size: 1.06em; font-weight: 550; }
.card .why { color: var(--soft); }
.card .advice b { font-weight: 600; }
.fixes { display: flex; flex-wrap: wrap; gap: 0.4em; margin: 0.1em 0 0.7em; }
.fixes button { max-width: 100%; text-align: left; padding: 0.3em 0.75em; overflow-wrap: anywhere; background: var(--tint); border-color: var(--edge); }
.fixes p.rewrite { flex: 1 0 100%; margin: 0; padding: 0.5em 0.75em; background: var(--tint); border-radius: 0.5em; }
.fixes button:first-of-type { color: var(--paper); background: var(--accent); border-color: var(--accent); font-weight: 550; }
.fixes button:hover { filter: brightness(0.94); }
.card .footer { display: flex; align-items: baseline; flex-wrap: wrap; gap: 0.3em 0.8em; color: var(--soft); font-size: 0.9em; border-top: 1px solid var(--edge); padding-top: 0.55em; }
.card .footer details { flex: 1 1 12em; overflow-wrap: anywhere; }
.card summary { cursor: pointer; border-radius: 0.3em; }
.card .footer ul { margin: 0.3em 0 0; padding-left: 1.1em; }
.card .footer button { padding: 0.1em 0.4em; text-decoration: underline; text-underline-offset: 0.15em; }

dialog { box-sizing: border-box; width: 31em; max-width: calc(100vw - 16px); padding: 1.3em 1.4em; color: var(--ink); background: var(--paper); border: 1px solid var(--edge); border-radius: 1em; }
dialog::backdrop { background: rgb(10 18 24 / 0.45); }
dialog h2 { margin: 0 0 0.5em; font-size: 1.15em; font-weight: 650; }
dialog ul { margin: 0 0 1.1em; padding-left: 1.2em; }
dialog div { display: flex; flex-wrap: wrap; gap: 0.6em; justify-content: flex-end; }
dialog button { padding: 0.4em 1em; border-color: var(--edge); }
dialog button.primary { color: var(--paper); background: var(--accent); border-color: var(--accent); font-weight: 600; }

@media (prefers-reduced-motion: no-preference) {
  .card { animation: toneguard-in 120ms ease-out; }
  .badge { transition: background-color 120ms; }
  .badge.checking .sign { animation: toneguard-wait 1.2s ease-in-out infinite; }
  @keyframes toneguard-in { from { opacity: 0; transform: translateY(3px); } }
  @keyframes toneguard-wait { 50% { opacity: 0.35; } }
}
@media (forced-colors: active) {
  .badge, .card, .fixes button, dialog button { border-color: ButtonText; }
}
`;

/** Put a sheet into a shadow root without a style element, which a page's content policy could refuse. */
export function dressRoot(root, view) {
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(SHEET);
  root.adoptedStyleSheets = [sheet];
}

/** Whether the page around an element is dark, whatever the system prefers: many helpdesks are light only. */
export function isDark(element) {
  for (let at = element; at; at = at.parentElement) {
    const found = getComputedStyle(at).backgroundColor.match(/[\d.]+/g)?.map(Number);
    if (!found || found.length < 3 || found[3] === 0) continue;
    return 0.299 * found[0] + 0.587 * found[1] + 0.114 * found[2] < 110;
  }
  return getComputedStyle(element).colorScheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches;
}
