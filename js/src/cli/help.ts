/** What `--help` says. */

import { DESCRIPTOR_ENDINGS } from "../filenames.js";

/** Of the program. */
export const HELP = `\
kafkalens: reads the Kafka events that AWS Lambda delivers

usage: kafkalens FILE…
       kafkalens COMMAND …

  FILE…            tells what files are and what they hold, without a schema: events, what they came in, payloads, schemas

  decode EVENT…    decodes the records of events: a table, or JSON Lines for a pipe
  detect EVENT…    tells what events are, and how their payloads may be read
  guess EVENT…     reads Protobuf payloads without their schema: numbered fields, and what each may be
  filter PATTERN EVENT…   tells which records an event source mapping would keep
  encode VALUE…    encodes values to payloads
  make-event RECORDS…     makes an event from plain records, for tests
  check OLD… NEW   tells whether a new Avro or Protobuf schema fits the versions before it
  ui               serves the page, where all of this can be seen, on this machine

  --help           help; after a command, help on it with examples
  --version, -v    the version

exit status: 0 if all went well, 1 if data could not be read, decoded or accepted, 2 if the command was wrong

examples
  kafkalens event.json
  kafkalens decode event.json --key json --value glue+avro:order.avsc
  kafkalens make-event records.jsonl --value glue+avro:order.avsc > event.json
  kafkalens check order-1.avsc order-2.avsc --mode FULL
`;

/** Of \`decode\`. */
export const DECODE_HELP = `\
usage: kafkalens decode [EVENT…] [--key SIDE] [--value SIDE] [options]

Decodes the records of Lambda events, or of on-failure records from S3. EVENT is a file, a pattern such as 'logs/**/*.json'
(quote it) or - for standard input, which is read where no EVENT is given.

SIDE says how keys or values are read: [FRAMING+]FORMAT[:FILE[@ID][#MESSAGE]]
  FORMAT    avro, protobuf, json, connect (Kafka Connect's envelope), text (default), bytes, utf-16, iso-8859-1, or what
            Kafka's own serializers write: int16, int32, int64, float, double, uuid
  FRAMING   confluent, glue, none, apicurio, apicurio-global, azure, cloudevents, single-object, ocf, or esm (default): as
            the record's schema metadata says, none without
  FILE      an Avro schema, a .proto file or a Protobuf descriptor set. It serves every schema id; with @ID, only that
            one: give --key or --value once for each
  MESSAGE   a Protobuf message's full name

output
  --format table|jsonl   default: a table for a terminal, JSON Lines for a pipe: a record's document on each line
  NO_COLOR, FORCE_COLOR  set, they turn colours off or on

schemas by the ids in payloads or metadata
  --schema-dir DIR       files such as DIR/confluent/42.avsc or DIR/glue/UUID.avsc, or those that DIR/index.json names
  --registry URL         Confluent's registry, or Apicurio's; a user and password in it are used, or the token in
                         KAFKALENS_REGISTRY_TOKEN
  --glue REGION          the AWS Glue Schema Registry, with the credentials that the AWS CLI has; needs the SDK beside it:
                         npx --package kafkalens --package @aws-sdk/client-glue kafkalens …
  what is missing is told with the command that fetches it

what values look like (docs/options.md)
  --key-reader FILE, --value-reader FILE   the Avro schema to read as
  --dialect plain|avro-json|protojson      --int64 bigint|number|auto|string     --bytes base64|hex|latin1
  --unions plain|tagged|auto               --decimals string|raw                 --timestamps iso|epoch|date
  --field-names json|declared|camel|snake  --defaults include|omit|all           --unknown-fields drop|keep
  --message-index warn|verify|ignore       --lenient RULE[,RULE…]
  --config FILE                            a decoder's configuration as JSON; options stand over it

exit status: 0 if all was decoded, 1 if a record or an event failed, 2 if the command was wrong

examples
  kafkalens decode event.json --key json --value glue+avro:order.avsc
  kafkalens decode event.json --value confluent+avro:v1.avsc@41 --value confluent+avro:v2.avsc@42
  kafkalens decode event.json --value 'confluent+protobuf:shop.proto#shop.Order' --dialect protojson
  kafkalens decode event.json --value confluent+avro --registry http://localhost:8081
  kafkalens decode 'failed/*.json' --value json --format table
  cat event.json | kafkalens decode --value text | jq .value.value
`;

/** Of \`detect\`. */
export const DETECT_HELP = `\
usage: kafkalens detect [EVENT…] [--record N] [--key SIDE] [--value SIDE] [options] [--format text|json]

Tells what each EVENT is, and ranks how a record's key and value may be read, by their bytes, headers and metadata. The
schemas that --key, --value and --config give are tried: see kafkalens decode --help. Decoding itself never guesses.

  --record  the record's place in the event, from 0; default the first that has a key or a value
  --format  text (default for a terminal), or json (for a pipe): for each event one line,
            { event, envelope, sides: [{ side, record, readings }] }

exit status: 0 if all could be read, 1 if an event could not, 2 if the command was wrong

examples
  kafkalens detect event.json
  kafkalens detect failed.json --record 3 --value avro:order.avsc
`;

/** Of \`guess\`. */
export const GUESS_HELP = `\
usage: kafkalens guess [EVENT…] [--record N] [--side value|key] [--raw] [--format text|json]

Reads a record's Protobuf payload without its schema: fields by their numbers, each with its plausible readings, the
likeliest first. A framing and message index before the message are passed over.

  --record  the record's place in the event, from 0; default the first that has the side
  --side    value (default) or key
  --raw     EVENT holds a payload's own bytes
  --format  text (default for a terminal), or json (for a pipe): for each EVENT one line

exit status: 0 if all are messages, 1 if one is none or could not be read, 2 if the command was wrong

examples
  kafkalens guess event.json
  kcat -b broker:9092 -t orders -c 1 -e | kafkalens guess --raw -
`;

/** Of \`check\`. */
export const CHECK_HELP = `\
usage: kafkalens check OLD… NEW [--mode MODE] [--format text|json]
       kafkalens check --registry URL --topic T --reader FILE [--side key|value] [--subject-naming HOW] [--record NAME]
       kafkalens check --strict SCHEMA… [--reference FILE]… [--format text|json]

Tells whether a schema is compatible with the versions before it, oldest first, as registries decide it: Avro, or Protobuf
as .proto files (with what they import below their folders) or descriptor sets
(${DESCRIPTOR_ENDINGS.map((ending) => `.${ending}`).join(", ")});
whether an Avro reader's schema reads what every version has written that a Confluent registry has for a topic; or, with
--strict, where Avro schemas depart from the specification although they are read.

  --mode    BACKWARD (default: NEW reads what the last OLD wrote), FORWARD (the last OLD reads what NEW writes), FULL
            (both); with _ALL, every OLD; NONE or DISABLED: nothing is checked
  --strict  checks each SCHEMA by itself: names, logical types, defaults, aliases, attributes
  --reference FILE   a schema that the others refer to; it is checked too. Give it once for each
  --format  text (default), or json: the whole report

  --registry        its address; a user and password in it are used, or the token in KAFKALENS_REGISTRY_TOKEN
  --side            value (default) or key
  --subject-naming  topic (default), record or topic-record, with the reader's full name unless --record gives another

exit status: 0 if it is compatible or by the specification, 1 if not, 2 if the command or a schema was wrong

examples
  kafkalens check order-1.avsc order-2.avsc
  kafkalens check order-1.avsc order-2.avsc order-3.avsc --mode FULL_ALL --format json
  kafkalens check --registry https://registry:8081 --topic orders --reader order-2.avsc
  kafkalens check --strict order.avsc --reference money.avsc
  kafkalens check v1/order.proto v2/order.proto
`;

/** Of \`kafkalens FILE\`. */
export const INSPECT_HELP = `\
usage: kafkalens FILE… [--schema-dir DIR] [--registry URL] [--glue REGION] [--key SIDE] [--value SIDE]

Tells what each FILE is: an event or what it came in (an on-failure record, an SQS or SNS event, a log line, JSON Lines), a
schema, or a payload, in base64 or hex as well. Of payloads it ranks the likely readings and shows the first of each kind: its
text, its numbered fields where it is Protobuf without a schema, or hex; decoded, where its schema is at hand. Each schema
that is missing is told with the command that fetches it. FILE may be a pattern, or - for standard input.
Further options say how values are read: see kafkalens decode --help. What it prints is for people; kafkalens detect prints
JSON for a pipe.

exit status: 0 if all could be read, 1 if a file could not, 2 if the command or a schema was wrong

examples
  kafkalens failed-invocation.json
  kafkalens failed-invocation.json --schema-dir schemas
  kafkalens payload.bin
`;

/** Of \`encode\`. */
export const ENCODE_HELP = `\
usage: kafkalens encode [VALUE…] --value SIDE [--format base64|hex|raw] [--compress] [--id-in-header] [options]

Encodes values to payloads, framing included. VALUE is a file with a JSON document, or one on each line, as decoding prints
values; or - for standard input, which is read where no VALUE is given. SIDE is that of kafkalens decode --help; the id that
the framing names is FILE@ID, else one.

  --format    base64 (default) or hex, a line for each value; raw: the bytes of one
  --compress  compresses what glue and ocf frame

exit status: 0 if all was encoded, 1 if a value did not fit its schema, 2 if the command was wrong

examples
  echo '{"id":1}' | kafkalens encode --value confluent+avro:order.avsc@42
  kafkalens encode order.json --value 'protobuf:shop.proto#shop.Order' --format raw > order.bin
`;

/** Of \`make-event\`. */
export const MAKE_EVENT_HELP = `\
usage: kafkalens make-event [RECORDS…] [--key SIDE] [--value SIDE] [--topic T] [options]

Makes the event of plain records, for tests and local invocations. RECORDS is a file with a record on each line, or an array
of them; - or nothing is standard input. A record may have topic, partition, offset, timestamp, timestampType, headers
([[name, text], …]), key and value, as decoding prints them; without a key or value it is absent. SIDE is that of
kafkalens decode --help; the id that the framing names is FILE@ID, else one. The same records give the same event.

  --topic T                   the topic of records that name none
  --self-managed              an event of self-managed Kafka instead of Amazon MSK
  --record-format source|json what a mapping with a schema registry delivers
  --on-failure s3|sqs|sns     what an on-failure destination gets of the event
  --compress, --id-in-header  where the framing knows them: glue and ocf; confluent and apicurio

exit status: 0 if it was made, 1 if a record is none or a value did not fit its schema, 2 if the command was wrong

examples
  echo '{"key":"a","value":{"id":1}}' | kafkalens make-event --value glue+avro:order.avsc > event.json
  kafkalens make-event records.jsonl --value json --on-failure s3 > failed.json
`;

/** Of \`filter\`. */
export const FILTER_HELP = `\
usage: kafkalens filter PATTERN [EVENT…] [--key SIDE] [--value SIDE] [--format text|jsonl] [options]

Tells which records an event source mapping with these filter criteria keeps, and of the others which clauses fail. PATTERN is
JSON, or a file: one pattern, or { "Filters": [{ "Pattern": "…" }] }. Events, sides and options are those of
kafkalens decode --help.

  --format  text (default for a terminal), or jsonl (for a pipe): { topic, partition, offset, matches, failed } a line

exit status: 0 if a record is kept, 1 if none is or an event could not be read, 2 if the command or the pattern was wrong

examples
  kafkalens filter '{"value":{"total":[{"numeric":[">",100]}]}}' event.json --value json
  kafkalens filter criteria.json 'events/*.json' --value glue+avro:order.avsc
`;

/** Of \`ui\`. */
export const UI_HELP = `\
usage: kafkalens ui [--port N]

Serves the page of this package on 127.0.0.1 and prints its address: paste, drop or open events and schemas there. It decodes in
the browser and sends nothing anywhere. Ctrl+C ends it.

  --port N  the port; default one that is free

exit status: 0 when it was ended, 2 if the command was wrong
`;
