/**
 * Setting a property by a name that comes from a schema, without code that is generated for it.
 *
 * Engines learn for each place in the code which name and which shape of object come there: where all names come to
 * one place, setting takes several times as long as where it is always the same one. So there are several places, which fields
 * take in turn.
 */

/** Sets a property that the object has. */
export type Setter = (object: Record<string, unknown>, name: string, value: unknown) => void;

// biome-ignore format: one place a line
const places: readonly Setter[] = [
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
  (object, name, value) => { object[name] = value; },
];

/** The place of all fields of wide records, which would crowd the others. */
const common: Setter = (object, name, value) => {
  object[name] = value;
};

let next = 0;

/** The place of one more field, of a record that has so many. */
export function setter(fields = 1): Setter {
  if (fields > places.length) {
    return common;
  }
  next = (next + 1) % places.length;
  return places[next]!;
}
