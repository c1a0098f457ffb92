/** The types of decoded values, as they follow from a configuration's type. Nothing of this is left at run time. */

import type { AvroSchema, Config } from "./config.js";
import type { SideName } from "./side.js";
import type { StandardSchema } from "./standard.js";

declare const VALUE: unique symbol;

/** A side whose values have a type that its writer named: `avro<Order>(…)`. */
export interface Typed<T> {
  readonly [VALUE]: () => T;
}

/** The type of a decoder's keys, null aside. */
export type KeyOf<C> = SidesValue<C, "key">;

/** The type of a decoder's values, null aside. */
export type ValueOf<C> = SidesValue<C, "value">;

/** Of a configuration that isn't known in its details, or has computed names, nothing is known. */
type SidesValue<C, N extends SideName> = Config extends C
  ? [keyof C] extends [never]
    ? string
    : unknown
  : string extends keyof C
    ? unknown
    : SideOf<C, N, C> | TopicsValue<C, N>;

type SideOf<S, N extends SideName, C> = S extends { readonly [P in N]: infer X } ? SideValue<X, C> : string;

type TopicsValue<C, N extends SideName> = C extends { readonly topics: infer T }
  ? { [P in keyof T]: T[P] extends { readonly [Q in N]: infer X } ? SideValue<X, C> : never }[keyof T]
  : never;

/** The type of a side's values under the options `C`. */
export type SideValue<S, C> = S extends { readonly output: infer O }
  ? OutputValue<O>
  : S extends Typed<infer T>
    ? T
    : S extends { readonly format: infer F }
      ? FormatValue<F, S, C>
      : string;

type FormatValue<F, S, C> = F extends "text"
  ? string
  : F extends "bytes"
    ? Uint8Array
    : F extends "primitive"
      ? S extends { readonly type: infer T }
        ? PrimitiveValue<T, C>
        : unknown
      : F extends "avro"
        ? S extends { readonly select: readonly string[] }
          ? Selected<AvroValue<AvroLiteral<S>, C>>
          : AvroValue<AvroLiteral<S>, C>
        : unknown;

/** A value of which only parts were selected: any field may be left out. */
type Selected<T> = T extends readonly (infer I)[]
  ? Selected<I>[]
  : T extends Uint8Array | Date
    ? T
    : T extends object
      ? string extends keyof T
        ? { [P in keyof T]: Selected<T[P]> }
        : { [P in keyof T]?: Selected<T[P]> }
      : T;

/** The schema that values follow. A reader that isn't there has the widest type. */
type AvroLiteral<S> = S extends { readonly reader: infer R }
  ? AvroSchema extends R
    ? AvroWriter<S>
    : R
  : AvroWriter<S>;

type AvroWriter<S> = S extends { readonly writer: infer W } ? W : unknown;

type PrimitiveValue<T, C> = T extends "int64" ? Int64<C> : T extends "uuid" ? string : number;

/** What an output makes of values. */
export type OutputValue<O> =
  O extends StandardSchema<infer T>
    ? T
    : O extends DateConstructor
      ? Date
      : O extends (value: never) => infer T
        ? Awaited<T>
        : O extends abstract new (
              value: never,
            ) => infer T
          ? T
          : unknown;

type Option<C, N extends PropertyKey, Plain> = C extends { readonly [P in N]: infer O } ? O : Plain;

type Dialect<C> = Option<C, "dialect", "plain">;

type ByDialect<C, Avro, Proto, Plain> =
  Dialect<C> extends "avro-json" ? Avro : Dialect<C> extends "protojson" ? Proto : Plain;

interface Int64Words {
  bigint: bigint;
  number: number;
  auto: number | bigint;
  string: string;
}

/** 64-bit integers under the option `int64`; where it goes by path, whatever one may be at any. */
export type Int64<C> = Int64Words[Int64Word<C> & keyof Int64Words];

type Int64Word<C> =
  Option<C, "int64", unknown> extends infer O
    ? O extends string
      ? O
      : ValuesOf<Option<O, "paths", never>> | Option<O, "default", Int64OfDialect<C>>
    : never;

type Int64OfDialect<C> = ByDialect<C, "bigint", "string", "bigint">;

type ValuesOf<T> = T[keyof T];

type Decimal<C> =
  Option<C, "decimals", ByDialect<C, "raw", "string", "string">> extends "raw" ? Uint8Array : string;

/** A date or time: `Epoch` is the type of its integer, `Day` whether it may be a `Date`. */
type Moment<C, Epoch, Day extends boolean> =
  Option<C, "timestamps", ByDialect<C, "epoch", "iso", "iso">> extends infer T
    ? T extends "epoch"
      ? Epoch
      : T extends "date"
        ? Day extends true
          ? Date
          : string
        : string
    : never;

type UnionValue<T, C> =
  Option<C, "unions", ByDialect<C, "tagged", "plain", "plain">> extends infer U
    ? U extends "tagged"
      ? Tagged<T>
      : U extends "auto"
        ? T | Tagged<T>
        : T
    : never;

type Tagged<T> = T extends null ? null : { [branch: string]: T };

type Primitives<C> = {
  null: null;
  boolean: boolean;
  int: number;
  long: Int64<C>;
  float: number;
  double: number;
  bytes: Uint8Array;
  string: string;
};

/** What logical types make of `fixed`: text, but not in the specification's own encoding. */
type FixedText<C> = ByDialect<C, Uint8Array, string, string>;

/** `T` is the type beneath. */
type LogicalTypes<C, T> = {
  decimal: Decimal<C>;
  "big-decimal": Decimal<C>;
  uuid: T extends "fixed" ? FixedText<C> : string;
  date: Moment<C, number, true>;
  "time-millis": Moment<C, number, false>;
  "time-micros": Moment<C, Int64<C>, false>;
  "timestamp-millis": Moment<C, Int64<C>, true>;
  "timestamp-micros": Moment<C, Int64<C>, false>;
  "timestamp-nanos": Moment<C, Int64<C>, false>;
  "local-timestamp-millis": Moment<C, Int64<C>, false>;
  "local-timestamp-micros": Moment<C, Int64<C>, false>;
  "local-timestamp-nanos": Moment<C, Int64<C>, false>;
  duration: FixedText<C>;
};

/**
 * The type of an Avro schema's values under the options `C`, where the schema is a literal. A schema that is text, and a
 * type that is referred to by name, are `unknown`.
 */
export type AvroValue<S, C> = S extends keyof Primitives<C>
  ? Primitives<C>[S]
  : S extends string
    ? unknown
    : S extends readonly (infer B)[]
      ? UnionValue<AvroBranch<B, C>, C>
      : S extends { readonly type: infer T }
        ? AvroType<S, T, C>
        : unknown;

/** Distributes over the branches of a union. */
type AvroBranch<B, C> = B extends unknown ? AvroValue<B, C> : never;

type AvroType<S, T, C> = T extends "record"
  ? S extends { readonly fields: readonly (infer F)[] }
    ? AvroRecord<F, C>
    : unknown
  : T extends "enum"
    ? S extends { readonly symbols: readonly (infer E)[] }
      ? E
      : unknown
    : T extends "array"
      ? S extends { readonly items: infer I }
        ? AvroValue<I, C>[]
        : unknown
      : T extends "map"
        ? S extends { readonly values: infer V }
          ? { [key: string]: AvroValue<V, C> }
          : unknown
        : S extends { readonly logicalType: infer L extends keyof LogicalTypes<C, T> }
          ? LogicalTypes<C, T>[L]
          : T extends "fixed"
            ? Uint8Array
            : AvroValue<T, C>;

type AvroRecord<F, C> =
  Option<C, "fieldNames", "json"> extends "json" | "declared"
    ? {
        [X in F as X extends { readonly name: infer N extends string } ? N : never]: X extends {
          readonly type: infer T;
        }
          ? AvroValue<T, C>
          : unknown;
      }
    : { [name: string]: unknown };
