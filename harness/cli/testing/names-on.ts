/** For tests: what is on a server, whoever has created it. */
import { XMLParser } from 'fast-xml-parser'
import { askOnce } from '../../targets/probing/ask-once.ts'
import type { Endpoint } from '../../targets/target.ts'

const xml = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Container' || name === 'Share' })

/** The names of all containers and shares, of which there are some hundreds at most. */
export async function namesOn(endpoint: Endpoint): Promise<readonly string[]> {
  const names: string[] = []
  for (const service of endpoint.fileUrl === undefined ? (['blob'] as const) : (['blob', 'file'] as const)) {
    for (let marker = '', first = true; first || marker !== ''; first = false) {
      const parameters = [['comp', 'list'], ['maxresults', '50'], ...(first ? [] : [['marker', marker]])] as [
        string,
        string,
      ][]
      const { status, body } = await askOnce(endpoint, service, {
        method: 'GET',
        path: '/',
        parameters,
        apiVersion: '2023-11-03',
      })
      if (status !== 200) throw new Error(`listing gave ${status}`)
      const { Containers, Shares, NextMarker } = xml.parse(body).EnumerationResults
      for (const { Name } of [...(Containers?.Container ?? []), ...(Shares?.Share ?? [])]) names.push(String(Name))
      marker = String(NextMarker ?? '')
    }
  }
  return names
}
