import { describeVitePress } from '../support/hosts/vitepress.ts'

describeVitePress('vitepress-2')
