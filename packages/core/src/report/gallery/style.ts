/** The page's look. No rule names a file, and no element has a style of its own: the policy would let through neither. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #faf9f7; --card: #fff; --well: #f1efeb; --ink: #1f1d1a; --quiet: #67625a; --line: #e3dfd8;
  --accent: #1a5f7a; --good: #2e7d4f; --new: #1a5f7a; --warn: #94600b; --bad: #b3321f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #141312; --card: #1d1b19; --well: #262421; --ink: #ece9e4; --quiet: #a8a298; --line: #35322e;
    --accent: #7cc0dc; --good: #6cc08c; --new: #7cc0dc; --warn: #e0ab52; --bad: #f08c79;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0 auto; padding: 2.5rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 90rem; }
h1, h2 { font-weight: 600; line-height: 1.2; letter-spacing: -0.01em; margin: 0; }
h1 { font-size: 1.75rem; }
h2 { font-size: 1.125rem; margin: 3rem 0 1rem; }
p { margin: 0; }
.quiet { color: var(--quiet); }
.notes { margin: 0.5rem 0 0; color: var(--quiet); max-width: 60rem; }
.bad { color: var(--bad); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }

.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr)); gap: 1.25rem 2rem; margin: 2rem 0 0; padding: 1.5rem 0; border-block: 1px solid var(--line); }
.figures dt, .figures .quiet { color: var(--quiet); font-size: 0.875rem; }
.figures dd { margin: 0; }
.figures .value { font-size: 1.5rem; line-height: 1.3; font-variant-numeric: tabular-nums; }

.spend { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 2rem 3rem; align-items: start; }
table { width: 100%; border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
caption { text-align: start; color: var(--quiet); padding-bottom: 0.25rem; }
th, td { padding: 0.375rem 0 0.375rem 1rem; border-top: 1px solid var(--line); text-align: end; font-weight: 400; vertical-align: baseline; }
th:first-child { padding-inline-start: 0; min-width: 6rem; text-align: start; overflow-wrap: anywhere; }
thead th, thead td { border-top: 0; color: var(--quiet); }
td.bar { width: 22%; }
.bar svg { display: block; width: 100%; height: 0.5rem; border-radius: 0.25rem; background: var(--well); }
.bar rect { fill: var(--accent); }

/* Their room is kept, so that nothing moves once the script comes to the end of a long page. */
.filters[inert] { visibility: hidden; }
.filters { display: grid; grid-template-columns: 2fr repeat(3, 1fr) auto; gap: 0.75rem; align-items: end; }
.filters label { display: grid; gap: 0.25rem; min-width: 0; font-size: 0.8125rem; color: var(--quiet); }
.filters input, .filters select, .filters button {
  font: inherit; font-size: 0.9375rem; color: var(--ink); background: var(--card); border: 1px solid var(--line);
  border-radius: 0.375rem; padding: 0 0.625rem; height: 2.5rem; width: 100%; min-width: 0;
}
.filters button { width: auto; padding-inline: 1rem; cursor: pointer; }
.filters button:disabled { color: var(--quiet); cursor: default; }
.status { margin: 1rem 0; color: var(--quiet); font-size: 0.875rem; }
@media (max-width: 52rem) {
  .filters { grid-template-columns: 1fr 1fr; }
  .filters label:first-child { grid-column: 1 / -1; }
  td.bar { display: none; }
}

.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: 1.25rem; list-style: none; margin: 0; padding: 0; }
.pictures > li { content-visibility: auto; contain-intrinsic-size: auto 26rem; }
figure { display: flex; flex-direction: column; margin: 0; height: 100%; background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem; overflow: hidden; }
.frame { display: grid; place-items: center; position: relative; aspect-ratio: 3 / 2; background: var(--well); color: var(--quiet); font-size: 0.875rem; }
.frame img { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: contain; }
figcaption { display: flex; flex-direction: column; gap: 0.625rem; padding: 0.875rem 1rem 1rem; font-size: 0.875rem; }
.headline { display: flex; justify-content: space-between; gap: 1rem; font-variant-numeric: tabular-nums; }
.state::before { content: ''; display: inline-block; width: 0.5rem; height: 0.5rem; border-radius: 50%; margin-inline-end: 0.5rem; background: var(--dot, var(--quiet)); }
.state.stored, .state.shared { --dot: var(--good); }
.state.bought, .state.new { --dot: var(--new); }
.state.pinned, .state.unknown { --dot: var(--warn); }
.state.refused, .state.failed { --dot: var(--bad); }
.prompt { overflow-wrap: anywhere; font-size: 0.9375rem; }
details summary { cursor: pointer; }
details p { margin-top: 0.5rem; padding-top: 0.5rem; border-top: 1px solid var(--line); }
.unseen { font: 0.75em/1 ui-monospace, monospace; color: var(--warn); border: 1px solid; border-radius: 0.2em; padding: 0 0.2em; unicode-bidi: isolate; direction: ltr; }
figcaption dl { display: grid; grid-template-columns: auto 1fr; gap: 0.125rem 0.75rem; margin: 0; font-size: 0.8125rem; font-variant-numeric: tabular-nums; }
figcaption dt { color: var(--quiet); }
figcaption dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
figcaption dd ul { list-style: none; margin: 0; padding: 0; }
`
