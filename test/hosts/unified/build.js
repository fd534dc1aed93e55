import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { processor } from './render.js'

await mkdir('dist', { recursive: true })
for (const file of await readdir('posts')) {
  const path = `posts/${file}`
  const main = await processor.process({ path, value: await readFile(path) })
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Pictures</title>
<link rel="icon" href="data:,">
<nav><a href="fifty.html">Fifty</a> <a href="second.html">Second</a></nav>
<main>${main}</main>
</html>
`
  await writeFile(`dist/${file.replace('.md', '.html')}`, page)
}
