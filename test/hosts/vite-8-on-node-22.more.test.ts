import { describeVite } from '../support/hosts/vite-suite.ts'

describeVite('vite-8', 'node-22')
