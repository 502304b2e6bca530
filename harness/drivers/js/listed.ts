/** The fields of a listed item that concern its lease, and the response that listed it. */
interface Listed {
  readonly _response?: unknown
}

interface Item {
  readonly name: string
  readonly properties: object
}

interface Paged<P> {
  byPage(): AsyncIterator<P>
}

/** What a listing says of one blob. */
export function listedLeaf(
  pages: Paged<{ readonly segment: { readonly blobItems: readonly Item[] } }>,
  name: string,
): Promise<Listed> {
  return firstPage(pages, name, ({ segment }) => segment.blobItems)
}

/** What a listing says of one container. */
export function listedContainer(
  pages: Paged<{ readonly containerItems: readonly Item[] }>,
  name: string,
): Promise<Listed> {
  return firstPage(pages, name, ({ containerItems }) => containerItems)
}

/** What a listing says of one share. */
export function listedShare(
  pages: Paged<{ readonly shareItems?: readonly Item[] | undefined }>,
  name: string,
): Promise<Listed> {
  return firstPage(pages, name, ({ shareItems = [] }) => shareItems)
}

/** One page is one request; the prefix of the listing leaves no need for a second. */
async function firstPage<P extends object>(
  pages: Paged<P>,
  name: string,
  itemsOf: (page: P) => readonly Item[],
): Promise<Listed> {
  const { value: page } = (await pages.byPage().next()) as { value: P & Listed }
  const item = itemsOf(page).find((each) => each.name === name)
  // A snapshot is listed beside what it was taken of, under the same name, and behind it.
  return { ...item?.properties, _response: page._response }
}
