import { defineConfig } from 'vite'
import imprompt from 'vite-plugin-imprompt'

export default defineConfig({
  base: process.env.BASE,
  plugins: [imprompt()],
})
