/** What a lake's statements are made for. */
export interface DdlOptions {
  /** The lake's folder or URL, without a slash at its end. */
  location: string;
  /** The schema that the tables stand in. */
  schema: string;
}
