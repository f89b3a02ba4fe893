/** Clients at once. */
export const clientCounts = [1, 16, 64] as const;

/** What the clients do, with pgbench's options for it. */
export const workloads = {
  select: { options: ["-S", "-M", "simple"], says: "one SELECT by key, simple protocol" },
  prepared: { options: ["-S", "-M", "prepared"], says: "the same, prepared" },
  "tpcb-like": {
    options: ["-b", "tpcb-like"],
    says: "pgbench's own mix: 3 UPDATEs, 1 SELECT, 1 INSERT in a transaction",
  },
  reconnect: { options: ["-S", "-C"], says: "a new connection for each SELECT" },
} as const;
export type Workload = keyof typeof workloads;

/** One place of the table. */
export interface Cell {
  readonly workload: Workload;
  readonly clients: number;
}

export const nameOf = ({ workload, clients }: Cell): string => `${workload} ${clients}`;

/** Every place, or only those with one client: enough to see that everything runs. */
export const cells = (quick: boolean): Cell[] =>
  (Object.keys(workloads) as Workload[]).flatMap((workload) =>
    clientCounts.filter((clients) => !quick || clients === 1).map((clients) => ({ workload, clients })),
  );
