import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import type { StateChange } from '../../../properties/casebook/state-changes.ts'
import type { AlmanacData } from '../almanac-data.ts'
import { diagramPages } from './diagrams.ts'
import { BOX, LAYOUTS } from './layout.ts'

const NOUNS = { blob: 'blob', container: 'container', share: 'share', file: 'file' } as AlmanacData['nouns']
const change = (from: StateChange['from'], to: StateChange['to'], by: string): StateChange => ({
  kind: 'blob',
  from,
  to,
  by,
})
const drawn = (stateChanges: readonly StateChange[]) => diagramPages({ stateChanges, nouns: NOUNS })[0]!.text

test('what the model does not do is not drawn, and what it does is named', () => {
  const svg = drawn([change('available', 'leased', 'acquire'), change('leased', 'expired', 'time')])
  expect(XMLValidator.validate(svg)).toBe(true)
  const parsed = new XMLParser({ ignoreAttributes: false }).parse(svg).svg
  expect(parsed.path.map((path: { title: string }) => path.title)).toEqual(['available to leased', 'leased to expired'])
  expect(svg).toContain('>acquire</text>')
  expect(svg).toContain('class="time"')
})

test('the uses that write are told in a word', () => {
  expect(
    drawn([change('expired', 'available', 'create'), change('expired', 'available', 'stage')]).match(/>write</g),
  ).toHaveLength(1)
})

test('a change of state that has no arrow yet is an error and not left out', () => {
  expect(() => drawn([change('breaking', 'leased', 'renew')])).toThrow('no arrow for breaking leased')
})

test('words stand beside boxes and other words, not on them', () => {
  const wordWidth = 90
  for (const { arrows, states } of LAYOUTS) {
    for (const [at, { x, y, anchor }] of arrows.entries()) {
      const left = anchor === 'start' ? x : anchor === 'end' ? x - wordWidth : x - wordWidth / 2
      const isOn = (boxX: number, boxY: number) =>
        left < boxX + BOX.width / 2 &&
        left + wordWidth > boxX - BOX.width / 2 &&
        Math.abs(y - 4 - boxY) < BOX.height / 2
      expect(states.filter((state) => isOn(state.x, state.y)).map(({ state }) => state)).toEqual([])
      expect(arrows.slice(at + 1).filter((other) => other.x === x && Math.abs(other.y - y) < 15)).toEqual([])
    }
  }
})
