/** Fewer clients than this are not worth a node. */
export const leastClients = 8;
/** Pgpool-II has one process for each. */
export const mostClients = 1000;
/** What a node serves if nothing is said and nothing is too small for it. */
export const usualClients = 64;
