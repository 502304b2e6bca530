import { expect, test } from 'vitest'
import { unsignedToken } from '../testing/token.ts'
import { withoutSecrets } from './redaction.ts'

test.each([
  [
    'GET https://a.blob.core.windows.net/c?sv=1&sig=abc%2Bdef%3D&sp=r failed',
    'GET https://a.blob.core.windows.net/c?sv=1&sig=***&sp=r failed',
  ],
  ['SharedAccessSignature=sv=1&sig=abc;AccountName=a', 'SharedAccessSignature=sv=1&sig=***;AccountName=a'],
  ['AccountName=a;AccountKey=c2VjcmV0+/==;X=1', 'AccountName=a;AccountKey=***;X=1'],
  ['authorization: SharedKey a:c2VjcmV0+/=', 'authorization: SharedKey a:***'],
  [`authorization: Bearer ${unsignedToken().token}`, 'authorization: Bearer ***'],
  [`{"token":"${unsignedToken().token}"}`, '{"token":"***"}'],
  ['nothing to hide: design=1', 'nothing to hide: design=1'],
])('%s', (text, clean) => {
  expect(withoutSecrets(text)).toBe(clean)
})
