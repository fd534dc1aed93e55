import { style } from './style.ts'

/** The look of a contact sheet: that of the gallery, with larger pictures. */
export const contactStyle: string = `${style}
header .prompt { margin-top: 0.75rem; max-width: 60rem; }
.pictures { grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); }
.headline { align-items: baseline; }
.headline h2 { margin: 0; font-size: 1.75rem; }
.command { margin-top: auto; padding: 0.375rem 0.625rem; border-radius: 0.375rem; background: var(--well); user-select: all; overflow-wrap: anywhere; }
.command code { font: 0.8125rem/1.4 ui-monospace, monospace; }
figcaption { flex: 1; }
main { margin-top: 2rem; }
`
