import { describeVite } from '../support/hosts/vite-suite.ts'

describeVite('vite-7', 'node-22')
