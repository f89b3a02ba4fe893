import { nodePaths } from "../../../pgpool/paths";
import type { Site } from "../../../pgpool/site";

/** A node of an invented environment; a test names only what it is about. */
export const siteWith = (changes: Partial<Site> = {}): Site => ({
  paths: nodePaths("/"),
  writerEndpoint: "writer.example.com",
  readerEndpoint: "reader.example.com",
  readers: "endpoint",
  databasePort: 5432,
  healthDatabase: "postgres",
  healthUser: "health",
  healthPassword: "AESc29tZXRoaW5n",
  children: 64,
  consistency: "strong",
  tunables: {},
  clientIdleLimit: 3590,
  ...changes,
});
