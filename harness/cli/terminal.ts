/** Whether a stream gets colours: only a terminal, and not where NO_COLOR asks for none. Source: no-color.org. */
export function coloured(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && (process.env.NO_COLOR ?? '') === ''
}

/** A result, for whoever reads or pipes it. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** What goes on, for people; kept apart from results. */
export function remark(text: string): void {
  process.stderr.write(`leasecheck: ${text}\n`)
}
