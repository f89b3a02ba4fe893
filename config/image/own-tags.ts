/** Tags that every image, snapshot and builder carries: what `image:list` and a stack's lookup go by. */
export const ownTags = [
  "Name",
  "Project",
  "Image",
  "Os",
  "Architecture",
  "PgpoolVersion",
  "PgpoolSource",
  "PgdoctorCommit",
  "ConfigurationHash",
  "GitCommit",
  "SourceAmi",
  "SourceAmiName",
  "CreatedAt",
] as const;
