import { expect, test } from 'vitest'
import { renderMarkdown } from './markdown.ts'
import {
  GREEN_EVENTS,
  SAMPLE_EVENTS,
  SAMPLE_HEADER,
  SAMPLE_KNOWN,
  SAMPLE_NEW,
  SAMPLE_PROPERTY,
} from './sample-events.ts'

test('the first line is the verdict, and a new divergence has its story, its evidence with links and its command', () => {
  const markdown = renderMarkdown(SAMPLE_EVENTS)
  expect(markdown).toMatch(/^## azurite 3\.37\.0: 1 NEW divergence; 1 warning; 1 known divergence; 1 gone\n/)
  expect(markdown).toContain('```text\n     1   +0 s  acquire proposed=A duration=15  201, lease id A\n')
  expect(markdown).toContain(
    '- [REST reference: Lease Blob](https://learn.microsoft.com/rest/api/storageservices/lease-blob) (documented)\n',
  )
  expect(markdown).toContain(
    "```sh\nnpx leasecheck replay 'lc1/blob/acquire,proposed=A,duration=15/wait,deadline+0ms/renew,id=A'\n```",
  )
})

test('a difference between two plays has both commands, and says what they should have in common', () => {
  const markdown = renderMarkdown([SAMPLE_HEADER, SAMPLE_PROPERTY])
  expect(markdown).toContain(
    [
      '```sh',
      "npx leasecheck replay 'lc1/share/acquire,proposed=A,duration=60/wait,10000ms/break'",
      "npx leasecheck replay 'lc1/share/acquire,proposed=A,duration=60/wait,5000ms/getShareProperties/wait,5000ms/break'",
      '```',
      '',
      'The second scenario should have been answered as the first one was.',
    ].join('\n'),
  )
  expect(renderMarkdown([SAMPLE_HEADER, SAMPLE_NEW])).not.toContain('second scenario')
})

test('a run with nothing new lists what is known in one table', () => {
  const markdown = renderMarkdown(GREEN_EVENTS)
  expect(markdown).not.toContain('### New')
  expect(markdown).toContain(
    '| `blob.break.leased-fixed` | `x-ms-lease-time` | `absent` | 40 times | Azurite does not say how long',
  )
})

test('what servers and people write cannot break out of its place', () => {
  const bucket = {
    ...SAMPLE_KNOWN,
    observed: 'a | `b` | <img>',
    sentence: 'See <script> | **this**',
    issue: 'javascript:alert(1)',
  }
  const row = renderMarkdown([SAMPLE_HEADER, bucket])
    .split('\n')
    .find((line) => line.startsWith('| `blob.break'))
  expect(row).toBe(
    '| `blob.break.leased-fixed` | `x-ms-lease-time` | ``a \\| `b` \\| <img>`` | 40 times | See &lt;script\\> \\| \\*\\*this\\*\\* (javascript:alert(1)) |',
  )
  const fenced = renderMarkdown([
    SAMPLE_HEADER,
    { ...SAMPLE_NEW, story: [{ step: '```', atMs: 0, answer: '````', diverged: true }] },
  ])
  expect(fenced).toContain('`````text\n')
})

test('hundreds of new divergences still fit into a job summary', () => {
  const many = Array.from({ length: 1000 }, (_, place) => ({ ...SAMPLE_NEW, rule: `blob.renew.${place}` }))
  const markdown = renderMarkdown([SAMPLE_HEADER, ...many])
  expect(markdown.length).toBeLessThan(500_000)
  for (const { rule } of many) expect(markdown).toContain(rule)
})
