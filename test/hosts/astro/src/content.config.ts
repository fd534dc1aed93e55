import { defineCollection } from 'astro:content'
import { glob } from 'astro/loaders'
import { z } from 'astro/zod'

const posts = defineCollection({
  loader: glob({ pattern: '*.md', base: './src/content/posts' }),
  schema: z.object({ title: z.string() }),
})

const notes = defineCollection({
  loader: glob({ pattern: '*.{md,mdx}', base: './src/content/notes' }),
  schema: ({ image }) =>
    z.object({ title: z.string(), date: z.date(), cover: z.string(), photo: image().optional() }),
})

export const collections = { posts, notes }
