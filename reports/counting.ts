const NUMBER = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 })

/** `1204` as `1,204`. */
export function number(value: number): string {
  return NUMBER.format(value)
}

/** `1 scenario`, `1,204 scenarios`. */
export function count(value: number, thing: string, things = `${thing}s`): string {
  return `${number(value)} ${value === 1 ? thing : things}`
}

/** How often something was seen: `once`, `12 times`. */
export function times(value: number): string {
  return value === 1 ? 'once' : count(value, 'time')
}

/** A share in whole percent; `0 %` and `100 %` are said only of nothing and of everything. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return 'none'
  const share = Math.round((part / whole) * 100)
  if (share === 0 && part > 0) return '< 1 %'
  if (share === 100 && part < whole) return '> 99 %'
  return `${share} %`
}

/** A length of time as people say it: `950 ms`, `7.4 s`, `2 min 5 s`. */
export function lasting(durationMs: number): string {
  if (Math.round(durationMs) < 1000) return `${Math.round(durationMs)} ms`
  const seconds = Math.round(durationMs / 100) / 10
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  const whole = Math.round(durationMs / 1000)
  return `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** An offset to the millisecond, since on which side of a deadline it lies is what matters: `14.999 s`. */
export function offset(atMs: number): string {
  return `${NUMBER.format(Math.round(atMs) / 1000)} s`
}
