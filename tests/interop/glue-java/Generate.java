import com.amazonaws.services.schemaregistry.serializers.GlueSchemaRegistryKafkaSerializer;
import com.amazonaws.services.schemaregistry.serializers.json.JsonDataWithSchema;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TextFormat;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Writes records with Glue's own serializers: java Generate.java DESCRIPTOR_SET prints written.json. */
public class Generate {
  private static final String ORDER =
      "{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"shop\",\"fields\":["
          + "{\"name\":\"id\",\"type\":\"long\"},{\"name\":\"name\",\"type\":[\"null\",\"string\"]},"
          + "{\"name\":\"prices\",\"type\":{\"type\":\"map\",\"values\":\"double\"}}]}";

  /** Orders as Avro's JSON encoding, and as they are shown. */
  private static final String[][] ORDERS = {
    {"{\"id\":1,\"name\":null,\"prices\":{}}", "{\"id\":1,\"name\":null,\"prices\":{}}"},
    {
      "{\"id\":42,\"name\":{\"string\":\"Käse\"},\"prices\":{\"a\":9.5}}",
      "{\"id\":42,\"name\":\"Käse\",\"prices\":{\"a\":9.5}}"
    },
  };

  private static final String[] JSON = {"{\"id\":1}", "{\"id\":7,\"tags\":[\"é\",null,1.5]}"};
  private static final String JSON_SCHEMA =
      "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"}}}";

  public static void main(String[] args) throws Exception {
    HttpServer registry = registry();
    String endpoint = "http://127.0.0.1:" + registry.getAddress().getPort();
    List<String> rows = new ArrayList<>();
    try {
      for (String compression : new String[] {"NONE", "ZLIB"}) {
        rows.add(avro(endpoint, compression));
        for (String message : new String[] {"shop.Order", "shop.Cancelled", "shop.Order.Line"}) {
          rows.add(protobuf(endpoint, compression, Path.of(args[0]), message));
        }
        rows.add(json(endpoint, compression));
      }
    } finally {
      registry.stop(0);
    }
    System.out.write(("[\n" + String.join(",\n", rows) + "\n]\n").getBytes(StandardCharsets.UTF_8));
    System.out.flush();
  }

  private static String avro(String endpoint, String compression) throws Exception {
    Schema schema = new Schema.Parser().parse(ORDER);
    List<Object> orders = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    for (String[] order : ORDERS) {
      var reader = new GenericDatumReader<Object>(schema);
      orders.add(reader.read(null, DecoderFactory.get().jsonDecoder(schema, order[0])));
      shown.add(order[1]);
    }
    String rest = ",\"schema\":" + quoted(ORDER) + ",\"values\":[" + String.join(",", shown) + "]";
    return row("avro", "AVRO", compression, written(endpoint, "AVRO", compression, orders), rest);
  }

  private static String json(String endpoint, String compression) {
    List<Object> values = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    for (String text : JSON) {
      values.add(JsonDataWithSchema.builder(JSON_SCHEMA, text).build());
      shown.add(quoted(text));
    }
    String rest = ",\"texts\":[" + String.join(",", shown) + "]";
    return row("json", "JSON", compression, written(endpoint, "JSON", compression, values), rest);
  }

  private static String protobuf(String endpoint, String compression, Path set, String name) throws Exception {
    Descriptor type = descriptor(set, name);
    List<Object> messages = new ArrayList<>();
    List<String> plain = new ArrayList<>();
    List<String> texts =
        switch (name) {
          case "shop.Order" -> List.of("",
              "id: 77 state: PAID lines { sku: 'a' quantity: 2 } prices { key: 'a' value: 9.5 }"
                  + " placed { seconds: 1680674828 nanos: 9000000 } note: '' cash: true");
          case "shop.Cancelled" -> List.of("id: 9");
          default -> List.of("sku: 'x' quantity: -1");
        };
    for (String text : texts) {
      DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
      TextFormat.merge(text, builder);
      DynamicMessage message = builder.build();
      messages.add(message);
      plain.add(quoted(HexFormat.of().formatHex(message.toByteArray())));
    }
    String short_ = "protobuf-" + name.substring(5).toLowerCase().replace('.', '-');
    String rest = ",\"message\":" + quoted(name) + ",\"messages\":[" + String.join(",", plain) + "]";
    return row(short_, "PROTOBUF", compression, written(endpoint, "PROTOBUF", compression, messages), rest);
  }

  private static Descriptor descriptor(Path set, String name) throws Exception {
    Map<String, FileDescriptor> files = new HashMap<>();
    FileDescriptor last = null;
    for (FileDescriptorProto file : FileDescriptorSet.parseFrom(Files.readAllBytes(set)).getFileList()) {
      FileDescriptor[] imports = file.getDependencyList().stream().map(files::get).toArray(FileDescriptor[]::new);
      last = FileDescriptor.buildFrom(file, imports);
      files.put(file.getName(), last);
    }
    String[] parts = name.substring(5).split("\\.");
    Descriptor found = last.findMessageTypeByName(parts[0]);
    return parts.length == 1 ? found : found.findNestedTypeByName(parts[1]);
  }

  private static List<byte[]> written(String endpoint, String format, String compression, List<Object> values) {
    Map<String, Object> config = new HashMap<>();
    config.put("endpoint", endpoint);
    config.put("region", "us-east-1");
    config.put("dataFormat", format);
    config.put("compression", compression);
    config.put("schemaName", "orders");
    config.put("avroRecordType", "GENERIC_RECORD");
    var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none"));
    var serializer = new GlueSchemaRegistryKafkaSerializer(credentials, config);
    serializer.configure(config, false);
    List<byte[]> out = new ArrayList<>();
    for (Object value : values) {
      out.add(serializer.serialize("orders", value));
    }
    serializer.close();
    return out;
  }

  private static String row(String what, String format, String compression, List<byte[]> data, String rest) {
    List<String> hex = data.stream().map(d -> quoted(HexFormat.of().formatHex(d))).toList();
    String suffix = compression.equals("ZLIB") ? "-zlib" : "";
    return " {\"name\":\"glue-java-" + what + suffix + "\",\"about\":\"" + format + " by Glue's Java serializer, compression "
        + compression + "\",\"format\":\"" + format + "\",\"data\":[" + String.join(",", hex) + "]" + rest + "}";
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** A stand-in for Glue, which gives each definition an id made from it: the same bytes in every run. */
  private static HttpServer registry() throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          UUID id = UUID.nameUUIDFromBytes(body.getBytes(StandardCharsets.UTF_8));
          byte[] answer =
              ("{\"SchemaVersionId\":\"" + id + "\",\"Status\":\"AVAILABLE\",\"DataFormat\":\"AVRO\","
                      + "\"SchemaArn\":\"arn:aws:glue:us-east-1:0:schema/r/orders\"}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("content-type", "application/x-amz-json-1.1");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return server;
  }
}
