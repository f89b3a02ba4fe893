import { memoryGiB } from "./instance-memory";
import type { Database } from "./schema/database";
import { leastClients, mostClients } from "./clients-per-node";
import { clientsByConnections, clientsByMemory, maxConnections } from "./sizing";

/** What the table says in a person's language. */
export interface SizingWords {
  readonly database: string;
  readonly connections: string;
  /** Heading of a column for so many nodes at most. */
  readonly nodes: (count: number) => string;
  readonly nodeType: string;
  readonly memory: string;
  readonly clients: string;
}

const classes = ["db.t3.medium", "db.r7g.large", "db.r7g.xlarge", "db.r7g.2xlarge"];
const capacities = [4, 16];
const fleets = [2, 4, 8, 16];
const nodeTypes = ["t3.small", "t3.medium", "m7g.large", "m7g.xlarge"];

/** How many clients a node may serve: by the database's connections, and by its own memory. */
export function sizingTable(words: SizingWords): string {
  const databases: readonly (readonly [string, Database["capacity"]])[] = [
    ...classes.map((instanceClass) => [instanceClass, { kind: "provisioned", instanceClass }] as const),
    ...capacities.map((maxAcu) => [`maxAcu: ${maxAcu}`, { kind: "serverless", minAcu: 1, maxAcu }] as const),
  ];
  const byConnections = databases.map(([name, capacity]) => {
    const connections = maxConnections({ capacity, parameters: {} }) ?? 0;
    return [
      `\`${name}\``,
      String(connections),
      ...fleets.map((nodes) => clients(clientsByConnections(connections, nodes, 1))),
    ];
  });
  const byMemory = nodeTypes.map((type) => [
    `\`${type}\``,
    String(memoryGiB(type)),
    clients(clientsByMemory(type) ?? 0),
  ]);
  const heading = [words.database, words.connections, ...fleets.map((count) => words.nodes(count))];
  return `${markdown(heading, byConnections)}\n${markdown([words.nodeType, words.memory, words.clients], byMemory)}`;
}

const clients = (fits: number): string => (fits < leastClients ? "–" : String(Math.min(fits, mostClients)));

const markdown = (heading: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heading, heading.map((_, column) => (column === 0 ? "---" : "--:")), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |\n`)
    .join("");
