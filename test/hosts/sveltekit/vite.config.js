import adapter from '@sveltejs/adapter-static'
import { sveltekit } from '@sveltejs/kit/vite'
import { mdsvex } from 'mdsvex'
import { defineConfig } from 'vite'
import imprompt from 'vite-plugin-imprompt'

export default defineConfig({
  plugins: [
    imprompt(),
    sveltekit({
      adapter: adapter(),
      extensions: ['.svelte', '.svx'],
      preprocess: [mdsvex({ extensions: ['.svx'] })],
      paths: { base: (process.env.BASE ?? '/').slice(0, -1) },
    }),
  ],
})
