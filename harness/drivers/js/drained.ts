/** A download whose body has been read to its end: until then its connection serves nothing else. */
export async function drained<T extends { readonly readableStreamBody?: NodeJS.ReadableStream | undefined }>(
  download: T,
): Promise<T> {
  for await (const _ of download.readableStreamBody ?? []) {
    // Nobody needs the content.
  }
  return download
}
