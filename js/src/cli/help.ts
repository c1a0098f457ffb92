/** What `--help` says. */

/** Of the program. */
export const HELP = `\
kafkalens: reads the Kafka events that AWS Lambda delivers

usage: kafkalens COMMAND …

  decode EVENT…    decodes the records of events: a table, or JSON Lines for a pipe
  detect EVENT…    tells what events are, and how their payloads may be read
  guess EVENT…     reads Protobuf payloads without their schema: numbered fields, and what each may be
  check OLD… NEW   tells whether a new Avro or Protobuf schema fits the versions before it

  --help           help; after a command, help on it with examples
  --version        the version

examples
  kafkalens decode event.json --key json --value glue+avro:order.avsc
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
  NO_COLOR               set, it turns colours off

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
as .proto files (with what they import below their folders) or descriptor sets (.desc, .fds, .pb, .binpb, .protoset);
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
