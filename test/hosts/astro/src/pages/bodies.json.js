import { getCollection } from 'astro:content'

export const prerender = true

export async function GET() {
  const notes = await getCollection('notes')
  return Response.json(notes.map(({ body }) => body))
}
