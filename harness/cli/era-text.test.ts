import { expect, test } from 'vitest'
import { ERAS, type Era } from '../../model/service-version.ts'
import { eraText } from './era-text.ts'

test.each<[readonly Era[], string]>([
  [ERAS, 'the version is any'],
  [['before 2012-02-12'], 'the version is before 2012-02-12'],
  [ERAS.slice(0, 3), 'the version is before 2017-07-29'],
  [ERAS.slice(1), 'the version is 2012-02-12 or later'],
  [['2020-02-10'], 'the version is 2020-02-10 or later'],
  [['2013-08-15', '2017-07-29'], 'the version is 2013-08-15 or later and before 2019-02-02'],
  [['2012-02-12', '2020-02-10'], 'the version is of 2012-02-12 or 2020-02-10'],
])('%j', (eras, text) => {
  expect(eraText(eras)).toBe(text)
})
