/** For tests: what a recipe for a CI system does, whichever system it is for. */
import { load } from 'js-yaml'

/** One job of a recipe, for one choice of its matrix. */
export interface RecipeJob {
  readonly name: string
  /** The shell scripts of its steps, with the values of the matrix in place. */
  readonly scripts: readonly string[]
  /** Everything that its steps say, with these values in place. */
  readonly text: string
}

interface Step {
  readonly run?: string
  readonly bash?: string
}

interface Job {
  readonly job?: string
  readonly steps: readonly Step[]
  readonly strategy?: { readonly matrix?: Readonly<Record<string, unknown>> }
}

interface Recipe {
  readonly jobs: Readonly<Record<string, Job>> | readonly Job[]
  readonly variables?: Readonly<Record<string, string>>
}

/** The jobs of a recipe, each once for every choice of its matrix. */
export function jobsOf(text: string): readonly RecipeJob[] {
  const { jobs, variables = {} } = load(text) as Recipe
  const named = Array.isArray(jobs)
    ? (jobs as readonly Job[]).map((job) => [job.job ?? '', job] as const)
    : Object.entries(jobs as Readonly<Record<string, Job>>)
  return named.flatMap(([name, job]) =>
    choicesOf(job).map((choice): RecipeJob => {
      const filled = (said: string) => withValues(said, { ...variables, ...choice })
      const scripts = job.steps.flatMap(({ run, bash }) => run ?? bash ?? []).map(filled)
      return { name, scripts, text: filled(JSON.stringify(job.steps)) }
    }),
  )
}

/** GitHub lists values by name, and Azure names each choice. */
function choicesOf({ strategy }: Job): readonly Readonly<Record<string, string>>[] {
  const matrix = Object.entries(strategy?.matrix ?? {})
  if (matrix.length === 0) return [{}]
  const [name, values] = matrix[0]!
  if (Array.isArray(values)) return values.map((value) => ({ [name]: String(value) }))
  return matrix.map(([, choice]) => choice as Readonly<Record<string, string>>)
}

function withValues(text: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduce(
    (so, [name, value]) => so.replaceAll(`\${{ matrix.${name} }}`, value).replaceAll(`$(${name})`, value),
    text,
  )
}

/** The words that follow `leasecheck` wherever a shell script runs it. */
export function leasecheckCommandsIn(
  script: string,
): readonly { readonly version?: string; readonly words: string[] }[] {
  const lines = script.replace(/\\\n\s*/g, '').split('\n')
  return lines.flatMap((line) =>
    [...line.matchAll(/\bnpx (?:--yes )?leasecheck(?:@([\w.-]+))? ([^;&|>]*)/g)].map(([, version, rest]) => ({
      ...(version === undefined ? {} : { version }),
      words: [...rest!.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
        ([, double, single, bare]) => double ?? single ?? bare!,
      ),
    })),
  )
}
