import { parse, postprocess, preprocess } from 'micromark'
import { recordOpenings } from '../../../packages/core/src/directive/record.ts'
import { genDirective } from '../../../packages/core/src/directive/syntax.ts'

type Extension = ReturnType<typeof genDirective>
type Constructs = NonNullable<Extension['text']>
type Construct = Exclude<NonNullable<Constructs[string]>, readonly unknown[]>
type State = ReturnType<Construct['tokenize']>

/** How many characters our constructs read while a document is parsed: work that no clock has to measure. */
export function countSteps(source: string): number {
  let steps = 0
  const count = (): void => {
    steps += 1
  }
  const extensions = [recordOpenings(() => {}), genDirective()].map((one) => countedIn(one, count))
  const tokenizer = parse({ extensions }).document()
  postprocess(tokenizer.write(preprocess()(source, undefined, true)))
  return steps
}

function countedIn(extension: Extension, onStep: () => void): Extension {
  const text: Constructs = {}
  for (const [code, constructs = []] of Object.entries(extension.text ?? {})) {
    text[code] = [constructs].flat().map((construct) => counted(construct, onStep))
  }
  return { ...extension, text }
}

function counted(construct: Construct, onStep: () => void): Construct {
  return {
    ...construct,
    tokenize(effects, ok, nok) {
      let isActive = true
      const leave =
        (state: State): State =>
        (code) => {
          isActive = false
          return state(code)
        }
      const leaveOk = leave(ok)
      const count =
        (state: State): State =>
        (code) => {
          onStep()
          const next = state(code)
          return !isActive || next === undefined || next === leaveOk ? next : count(next)
        }
      return count(construct.tokenize.call(this, effects, leaveOk, leave(nok)))
    },
  }
}
