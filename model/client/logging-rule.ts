import { claim, doc, inferred, inPart } from '../rules/evidence.ts'

/** What a library may not write when it logs everything that it can. */
export const LOGGING_RULE = {
  id: 'client.logging.secrets',
  field: 'log',
  expect: claim(
    'no secret',
    doc('go-log-options', 'values of headers and parameters that are not named as harmless are redacted'),
    doc('js-log-options', 'values of headers and parameters that are not named as harmless are redacted'),
    inPart(
      doc('python-blob-package', 'of headers it is said that they are logged unredacted, of keys and signatures not'),
    ),
    inferred('logs are kept, sent and read by many'),
  ),
} as const
