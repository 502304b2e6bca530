import type { DocumentedClaim } from '../documented-claim.ts'
import { ask, QUOTED } from './asking.ts'

/** Claims of which the model cannot tell, or only in part. */
export const BEYOND_CLAIMS: readonly DocumentedClaim[] = [
  {
    id: 'directories-need-the-lease-of-the-share',
    title: 'What is created in a leased share, a directory or a file, needs the lease id of the share.',
    says: [{ source: 'create-directory', where: QUOTED }],
    checks: [
      ask(
        ['file'],
        'acquire,proposed=A,duration=-1,on=share/createFile',
        { status: 'refusal' },
        { world: 'file-absent', atMost: 'inferred' },
      ),
      {
        ask: 'nobody',
        kinds: ['share'],
        operation: 'Create Directory',
        why: 'the model has no directories, and no recording shows one made in a leased share',
      },
    ],
    verdict: { file: 'false', share: 'open' },
    really:
      'A file is made without it: by our deduction nothing but the share itself is guarded. Of directories nothing was recorded.',
  },
  {
    id: 'no-lease-operation-while-a-copy-is-pending',
    title: 'While a copy onto a blob is pending, every lease operation on this blob is refused with 409.',
    says: [{ source: 'copy-blob' }],
    checks: [
      {
        ask: 'nobody',
        kinds: ['blob'],
        why: 'copies of blobs as small as those of the scenarios are over when they are answered',
      },
    ],
    verdict: 'open',
    really: 'Documented; no recording shows it, nor which code goes with it.',
  },
  {
    id: 'delete-share-takes-include-leased-as-one-word',
    title: 'The option of Delete Share for leased snapshots is written includeLeased.',
    says: [{ source: 'delete-share', where: 'x-ms-delete-snapshots, in some versions of the page' }],
    checks: [{ ask: 'nobody', kinds: ['share-snapshot'], why: 'the model knows the spelling include-leased only' }],
    verdict: 'open',
    really:
      'The service itself writes include-leased in its messages; whether it takes the other spelling is not known.',
  },
  {
    id: 'only-the-owner-leases',
    title: 'Only the account owner can lease a container or a share.',
    says: [{ source: 'lease-container' }, { source: 'lease-share' }],
    checks: [{ ask: 'nobody', kinds: ['container', 'share'], why: 'the model does not speak of authorization' }],
    verdict: 'open',
    really:
      'An account SAS and tokens of Microsoft Entra ID were recorded to do it too; the suite always uses the key of the account.',
  },
  {
    id: 'delete-permission-breaks',
    title: 'A SAS with the permission to delete may break a lease, and do nothing else with it.',
    says: [{ source: 'create-service-sas', where: 'from version 2017-07-29 on' }],
    checks: [{ ask: 'nobody', kinds: ['blob'], why: 'the model does not speak of authorization' }],
    verdict: 'open',
    really: 'Documented; not checked here.',
  },
  {
    id: 'smb-locks-refuse-rest',
    title: 'A file that is open over SMB may refuse a request over REST, whoever holds its lease.',
    says: [{ source: 'managing-file-locks' }],
    checks: [{ ask: 'nobody', kinds: ['file'], why: 'the model does not speak of SMB' }],
    verdict: 'open',
    really: 'Documented with codes such as SharingViolation; how these locks and a lease meet is not.',
  },
]
