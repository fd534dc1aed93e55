import { index, route } from '@react-router/dev/routes'

export default [index('routes/fifty.mdx'), route('second', 'routes/second.mdx')]
