import { describeHost } from '../support/hosts/suite.ts'
import { viteSpec } from '../support/hosts/vite-spec.ts'

describeHost(viteSpec('vite-5'))
