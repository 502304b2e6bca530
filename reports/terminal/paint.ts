import { styleText } from 'node:util'

/** What a piece of text is to its reader; colours follow from it in one place. */
export type Tone = 'heading' | 'good' | 'bad' | 'warning' | 'quiet'

const STYLES = {
  heading: 'bold',
  good: ['bold', 'green'],
  bad: ['bold', 'red'],
  warning: ['bold', 'yellow'],
  quiet: 'dim',
} as const satisfies Record<Tone, Parameters<typeof styleText>[0]>

/** Paints a line that has already been laid out, so that colours never count as width. */
export type Paint = (tone: Tone, text: string) => string

/** The caller knows whether it writes to a terminal and what `NO_COLOR` says. */
export function painter(colour: boolean): Paint {
  return colour ? (tone, text) => styleText([STYLES[tone]].flat(), text, { validateStream: false }) : (_, text) => text
}
