/** How nodes reach the readers: by the name that stands for all of them, or each by its own. */
export const readerKinds = ["endpoint", "instances"] as const;
export type ReaderKind = (typeof readerKinds)[number];

/** Most readers that an Aurora cluster can have (Aurora User Guide, Aurora Replicas). */
export const mostReaders = 15;
