import { expect, test } from 'vitest'
import { mistypedIn } from '../../packages/cli/src/mistyped.ts'
import { runIn } from '../support/init-project.ts'
import { makeProject } from '../support/project.ts'

test.for<[string, string]>([
  ['init --yse', 'Unexpected `--yse`, did you mean `--yes`'],
  ['plan --jsn', 'Unexpected `--jsn`, did you mean `--json`'],
  ['generate --budgte=2', 'Unexpected `--budgte`, did you mean `--budget`'],
  ['--verison', 'Unexpected `--verison`, did you mean `--version`'],
  ['gc --rot /tmp', 'Unexpected `--rot`, did you mean `--root`'],
  ['reroll posts/fox.md:1 --taek 2', 'Unexpected `--taek`, did you mean `--take`'],
  // An option of another command is better than none: what it goes with is told once it is typed right.
  ['lint --keep-stile', 'Unexpected `--keep-stile`, did you mean `--keep-style`'],
  // Of two that are equally near, that of the command.
  ['ledger --bt month', 'Unexpected `--bt`, did you mean `--by`'],
  ['lint --nonsense', 'Unexpected `--nonsense`'],
  ['drafts fox -q 3', 'Unexpected `-q`'],
])('%s: %s', ([line, told]) => {
  expect(mistypedIn(line.split(' '))).toBe(told)
})

test.for(['plan --json', 'drafts fox -n 3', 'plan --budget', 'init --yes=1', 'plan -- --yse'])(
  'nothing is mistyped in `%s`',
  (line) => {
    expect(mistypedIn(line.split(' '))).toBeUndefined()
  },
)

test('a mistyped option ends a command before it does anything', async () => {
  using project = makeProject({ 'package.json': '{}' })
  expect(await runIn(project, 'init', '--yse')).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'Unexpected `--yse`, did you mean `--yes`; `imprompt --help` lists commands and options\n',
  })
})
