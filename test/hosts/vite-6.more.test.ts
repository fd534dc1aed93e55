import { describeVite } from '../support/hosts/vite-suite.ts'

describeVite('vite-6')
