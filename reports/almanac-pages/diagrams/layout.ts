import type { ResourceKind } from '../../../model/resource.ts'
import type { LeaseShort } from '../../../properties/casebook/moment.ts'

/** Where things are drawn; by hand, since five boxes want no algorithm. */
export interface Layout {
  readonly kind: ResourceKind
  readonly width: number
  readonly height: number
  readonly states: readonly { readonly state: LeaseShort; readonly x: number; readonly y: number }[]
  readonly arrows: readonly Arrow[]
}

/** A curve from one state to another, and where its words stand. */
export interface Arrow {
  readonly from: LeaseShort
  readonly to: LeaseShort
  /** An SVG path. */
  readonly path: string
  readonly x: number
  readonly y: number
  readonly anchor: 'start' | 'middle' | 'end'
}

export const BOX = { width: 110, height: 44 } as const

const FIVE_STATES: Omit<Layout, 'kind'> = {
  width: 860,
  height: 520,
  states: [
    { state: 'available', x: 120, y: 260 },
    { state: 'leased', x: 430, y: 90 },
    { state: 'expired', x: 430, y: 260 },
    { state: 'breaking', x: 740, y: 90 },
    { state: 'broken', x: 740, y: 430 },
  ],
  arrows: [
    { from: 'available', to: 'leased', path: 'M 110 238 C 120 130, 250 70, 375 78', x: 170, y: 110, anchor: 'end' },
    { from: 'leased', to: 'available', path: 'M 375 104 C 290 115, 190 160, 160 238', x: 268, y: 160, anchor: 'start' },
    { from: 'leased', to: 'leased', path: 'M 405 68 C 385 22, 475 22, 455 68', x: 430, y: 24, anchor: 'middle' },
    { from: 'leased', to: 'expired', path: 'M 445 112 L 445 238', x: 455, y: 205, anchor: 'start' },
    { from: 'expired', to: 'leased', path: 'M 415 238 L 415 112', x: 405, y: 205, anchor: 'end' },
    { from: 'expired', to: 'available', path: 'M 375 260 L 175 260', x: 275, y: 237, anchor: 'middle' },
    { from: 'leased', to: 'breaking', path: 'M 485 84 L 685 84', x: 585, y: 76, anchor: 'middle' },
    { from: 'breaking', to: 'breaking', path: 'M 715 68 C 695 22, 785 22, 765 68', x: 740, y: 24, anchor: 'middle' },
    { from: 'breaking', to: 'broken', path: 'M 755 112 L 755 408', x: 765, y: 260, anchor: 'start' },
    {
      from: 'breaking',
      to: 'available',
      path: 'M 700 112 C 640 330, 420 360, 165 282',
      x: 330,
      y: 345,
      anchor: 'middle',
    },
    { from: 'leased', to: 'broken', path: 'M 475 112 C 580 190, 700 270, 730 408', x: 600, y: 165, anchor: 'start' },
    { from: 'expired', to: 'broken', path: 'M 470 282 C 520 360, 600 420, 685 424', x: 520, y: 372, anchor: 'end' },
    { from: 'broken', to: 'broken', path: 'M 715 452 C 695 498, 785 498, 765 452', x: 740, y: 504, anchor: 'middle' },
    {
      from: 'broken',
      to: 'available',
      path: 'M 685 440 C 500 470, 250 450, 140 282',
      x: 330,
      y: 446,
      anchor: 'middle',
    },
    { from: 'broken', to: 'leased', path: 'M 700 408 C 610 340, 530 240, 462 112', x: 578, y: 320, anchor: 'end' },
  ],
}

const THREE_STATES: Omit<Layout, 'kind'> = {
  width: 760,
  height: 380,
  states: [
    { state: 'available', x: 110, y: 200 },
    { state: 'leased', x: 400, y: 90 },
    { state: 'broken', x: 640, y: 270 },
  ],
  arrows: [
    { from: 'available', to: 'leased', path: 'M 100 178 C 120 100, 230 70, 345 80', x: 165, y: 78, anchor: 'end' },
    { from: 'leased', to: 'available', path: 'M 345 102 C 270 115, 185 140, 150 178', x: 252, y: 150, anchor: 'start' },
    { from: 'leased', to: 'leased', path: 'M 375 68 C 355 22, 445 22, 425 68', x: 400, y: 24, anchor: 'middle' },
    { from: 'leased', to: 'broken', path: 'M 455 90 C 560 100, 630 160, 645 248', x: 600, y: 130, anchor: 'start' },
    { from: 'broken', to: 'leased', path: 'M 610 248 C 570 180, 500 130, 440 112', x: 520, y: 190, anchor: 'end' },
    { from: 'broken', to: 'broken', path: 'M 615 292 C 595 338, 685 338, 665 292', x: 640, y: 346, anchor: 'middle' },
    {
      from: 'broken',
      to: 'available',
      path: 'M 585 280 C 420 310, 220 300, 130 222',
      x: 330,
      y: 318,
      anchor: 'middle',
    },
  ],
}

export const LAYOUTS: readonly Layout[] = [
  { kind: 'blob', ...FIVE_STATES },
  { kind: 'container', ...FIVE_STATES },
  { kind: 'share', ...FIVE_STATES },
  { kind: 'file', ...THREE_STATES },
]
