/** How records are told in words (bindings/columns/src/words.rs). */

/** Records that a chunk has at most: as many as the core has room for. */
export const CHUNK = 256;

/** Words of a record: context, index under its key, partition, and what its key and its value are. */
export const WORDS = 5;

/** Words of a record that the core has listed. */
export const LISTED = 12;

/** The places of some of the latter. */
export const Word = { Number: 0, Start: 1, Length: 2, Context: 3, Key: 6 } as const;

/** What a side's word says where it isn't the length of a base64 text. */
export const ABSENT = -1;
export const NULL = -2;

/** The same where the record comes as its text. */
export const ODD = -3;
