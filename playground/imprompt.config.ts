import { defineConfig, openai, sketch } from '@imprompt/core'

// `pnpm demo --provider openai` sets it, after it has asked. A key in the environment alone buys nothing here.
const isBought = process.env['PLAYGROUND_PROVIDER'] === 'openai'

export default defineConfig({
  provider: isBought ? openai() : sketch(),
  // Pictures that were paid for are worth a commit, and stand apart from sketches.
  store: isBought ? '.imprompt-openai' : '.imprompt',
  mode: 'generate',
  budget: { build: isBought ? 1 : 0 },
  // Sketches may be drawn anew on every runner.
  persist: isBought ? 'commit' : 'cache',
  quality: 'medium',
  styles: {
    plate: '{prompt}. Gouache in quiet colours, soft edges, no lettering',
    block: '{prompt}. Linocut on rough stock, carved marks left in, no lettering',
  },
  images: {
    hero: {
      prompt: 'a lighthouse above a harbour at dawn, a sailing boat on the water, gouache',
      size: '2000x900',
      quality: 'high',
      alt: 'A lighthouse above a harbour at first light, with a sailing boat out on the water',
      loading: 'eager',
      sizes: '100vw',
      widths: '640, 1280',
    },
    colophon: {
      prompt: 'a paper boat, ink',
      size: '480x480',
      background: 'transparent',
      quality: 'low',
      alt: '',
      class: 'colophon-mark',
      placeholder: 'none',
      sizes: '7rem',
      widths: '120, 240',
    },
  },
  output: { widths: [480, 960], sizes: '(min-width: 72rem) 68rem, 100vw' },
})
