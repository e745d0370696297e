/** An address of an API in the parts that requests are made of. */
export interface EndpointAddress {
  /** Without a slash at its end, a query and a fragment: paths follow it. */
  readonly base: string;
  /** What every request has behind its path, such as the `api-version` of Azure. */
  readonly query: Readonly<Record<string, string>>;
}

/** The parts of an address; one that is none stays whole, for whoever asks there to refuse it. */
export function endpointAddress(address: string): EndpointAddress {
  if (!URL.canParse(address)) return { base: address, query: {} };
  const url = new URL(address);
  const query = Object.fromEntries(url.searchParams);
  url.search = '';
  url.hash = '';
  return { base: url.href.replace(/\/+$/, ''), query };
}

/** The whole address of a path, such as `/models`. */
export function addressOf(address: string, path: string): string {
  const { base, query } = endpointAddress(address);
  const search = new URLSearchParams(query).toString();
  return `${base}${path}${search === '' ? '' : `?${search}`}`;
}
