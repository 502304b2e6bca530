import { expect, test } from 'vitest'
import { UsageError } from '../../errors.ts'
import { commandWords } from './command-words.ts'

test.each([
  ['serve', ['serve']],
  ['  serve   --port 80 ', ['serve', '--port', '80']],
  [`node -e 'console.log("a b")'`, ['node', '-e', 'console.log("a b")']],
  [`--name="a b"'c d' $HOME`, ['--name=a bc d', '$HOME']],
  [`say ''`, ['say', '']],
])('%j', (text, words) => {
  expect(commandWords(text)).toEqual(words)
})

test.each(['', '   ', `say "a`, `say 'a" b`])('%j is no command', (text) => {
  expect(() => commandWords(text)).toThrow(UsageError)
})
