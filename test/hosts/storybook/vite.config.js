import { playwright } from '@vitest/browser-playwright'
import imprompt from 'vite-plugin-imprompt'

export default {
  plugins: [imprompt()],
  test: {
    browser: {
      enabled: process.env.CHROMIUM_PATH !== undefined,
      headless: true,
      provider: playwright({
        launchOptions: { executablePath: process.env.CHROMIUM_PATH, args: ['--no-sandbox'] },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
}
