import { renderLiteral, number, text } from "./literal";

/** A backend of Pgpool-II that is one reader. Its host stays until Pgpool-II's next start: a reload cannot change it. */
export interface ReaderSlot {
  readonly backend: number;
  readonly host: string;
}

/**
 * Most backends beside the writer's between two starts of Pgpool-II: twice the instances that a cluster can have, for
 * those that come and go. Pgpool-II itself could have 127, and tells of each with each question.
 */
export const mostSlots = 32;

/** Who has which slot, and whom none is left for. */
interface Assignment {
  readonly slots: readonly ReaderSlot[];
  readonly leftOut: readonly string[];
}

/** Gives a slot to each host that has none. Nobody ever loses one: who comes back finds its own. */
export function assignSlots(known: readonly ReaderSlot[], hosts: readonly string[]): Assignment {
  const fresh = [...new Set(hosts)].filter((host) => !known.some((slot) => slot.host === host));
  const room = Math.max(0, mostSlots - known.length);
  const added = fresh.slice(0, room).map((host, index) => ({ backend: known.length + index + 1, host }));
  return { slots: [...known, ...added], leftOut: fresh.slice(room) };
}

/** The part of pgpool.conf that changes while Pgpool-II runs; it holds no secret. */
export function renderReadersConf(slots: readonly ReaderSlot[], port: number): string {
  const backends = slots.map(({ backend, host }) =>
    Object.entries({
      hostname: text(host),
      port: number(port),
      weight: number(1),
      flag: text("ALLOW_TO_FAILOVER"),
      application_name: text(host.split(".")[0] ?? host),
    })
      .map(([name, value]) => `backend_${name}${backend} = ${renderLiteral(`backend_${name}${backend}`, value)}\n`)
      .join(""),
  );
  return ["# Each reader is a backend of its own. Written by pgpool-agent.\n", ...backends].join("\n");
}

/** The slots of a file that {@link renderReadersConf} wrote. */
export const parseReadersConf = (conf: string): ReaderSlot[] =>
  [...conf.matchAll(/^backend_hostname(\d+) = '(.*)'$/gm)].map(([, backend, host = ""]) => ({
    backend: Number(backend),
    host,
  }));
