/**
 * Where a node finds its boot document: user data leaves it there. In a file of its own, because every command of the
 * node agent needs the path, and only some the schema.
 */
export const bootDocumentPath = "/etc/pgpool-aurora/boot.json";
