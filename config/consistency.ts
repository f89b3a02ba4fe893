/** What a session sees of its own writes, from the most to the least. */
export const consistencies = ["strong", "session-transactions", "eventual"] as const;
export type Consistency = (typeof consistencies)[number];

/** What Pgpool-II calls each of them (disable_load_balance_on_write). */
export const balancingAfterWrite: Readonly<Record<Consistency, string>> = {
  /** After its first write a session stays on the writer. */
  strong: "always",
  /** After a write inside a transaction a session's transactions stay on the writer; single statements do not. */
  "session-transactions": "trans_transaction",
  /** After a write the rest of that transaction stays on the writer. */
  eventual: "transaction",
};
