import { expect, test } from 'vitest'
import post from './post.md?raw'

test('a post shows its picture', () => {
  expect(post).toMatch(/^<picture>.*alt="A quay"/)
})
