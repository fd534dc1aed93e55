import { ViteSSG } from 'vite-ssg'
import App from './App.vue'
import Fifty from './pages/fifty.md'
import Second from './pages/second.md'

export const createApp = ViteSSG(App, {
  base: import.meta.env.BASE_URL,
  routes: [
    { path: '/', component: Fifty },
    { path: '/second', component: Second },
  ],
})
