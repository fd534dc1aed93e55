/** Takes every credential for OpenAI out of an environment: sketches need none, and none may be spent by chance. */
export function removeKeys(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(environment))
    if (name.startsWith('OPENAI_')) delete environment[name]
}
