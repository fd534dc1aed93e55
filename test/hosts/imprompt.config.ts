import { defineConfig } from '@imprompt/core'

export default defineConfig({
  quality: 'low',
  images: { harbour: { prompt: 'the harbour of the configuration', size: '64x64' } },
})
