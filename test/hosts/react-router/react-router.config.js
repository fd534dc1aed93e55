export default {
  basename: process.env.BASE ?? '/',
  ssr: false,
  prerender: ['/', '/second'],
}
