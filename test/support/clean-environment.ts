/** No test sees the key, the mode or the CI of whoever runs it: each says itself what it is about. */
for (const name of Object.keys(process.env)) {
  if (
    name === 'CI' ||
    name.startsWith('GITHUB_') ||
    name.startsWith('OPENAI_') ||
    name.startsWith('IMPROMPT_MODE') ||
    name.startsWith('IMPROMPT_BUDGET')
  )
    delete process.env[name]
}
