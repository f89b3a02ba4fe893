/** The value of the tag Project, on everything that this project makes. */
export const projectTag = "pgpool-aurora";
