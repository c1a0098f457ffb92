package kafkalens;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;

/** Writes random cases and what Java Avro makes of them: {@code Generate COUNT SEED FILE}; a file {@code .gz} is packed. */
public final class Generate {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Random random;
  private final ObjectNode line = MAPPER.createObjectNode();

  private Generate(long seed, int number) {
    random = new Random(seed * 1000003L + number);
    line.put("id", seed + ":" + number);
  }

  public static void main(String[] args) throws IOException {
    int count = Integer.parseInt(args[0]);
    long seed = Long.parseLong(args[1]);
    OutputStream file = Files.newOutputStream(Path.of(args[2]));
    OutputStream out = args[2].endsWith(".gz") ? new GZIPOutputStream(file) : file;
    try (PrintWriter writer =
        new PrintWriter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)))) {
      for (int i = 0; i < count; i++) {
        Generate one = new Generate(seed, i);
        if (one.run()) {
          writer.println(MAPPER.writeValueAsString(one.line));
        }
      }
    }
  }

  /** Makes one case; false where no datum could be made. */
  private boolean run() throws IOException {
    Schemas schemas = new Schemas(random);
    Type type = schemas.root();
    String text = MAPPER.writeValueAsString(new Printer(MAPPER, random).print(type, ""));
    line.put("writer", text);
    Schema writer = parse(text, "writer_error");
    if (writer == null) {
      return true;
    }
    line.put("pcf", SchemaNormalization.toParsingForm(writer));
    line.put("fp64", Long.toHexString(SchemaNormalization.parsingFingerprint64(writer)));
    byte[] bytes;
    try {
      bytes = encode(writer, new Data(random).of(writer, 6));
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return false;
    }
    line.put("hex", HexFormat.of().formatHex(bytes));
    decode(writer, writer, bytes, "canon", "json", "decode_error");
    if (random.nextInt(3) > 0) {
      reader(type, schemas, writer, bytes);
    }
    return true;
  }

  private void reader(Type type, Schemas schemas, Schema writer, byte[] bytes) throws IOException {
    Evolution evolution = new Evolution(random, schemas);
    Type changed = evolution.evolve(type, random.nextInt(3) == 0 ? 0.35 : 0.12);
    String text = MAPPER.writeValueAsString(new Printer(MAPPER, random).print(changed, ""));
    line.put("reader", text);
    line.put("muts", String.join(",", evolution.changes));
    Schema reader = parse(text, "reader_error");
    if (reader == null) {
      return;
    }
    try {
      line.put("compat", SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType().toString());
    } catch (RuntimeException | StackOverflowError e) {
      line.put("compat", "EXC " + message(e));
    }
    decode(writer, reader, bytes, "rcanon", "rjson", "resolve_error");
  }

  private Schema parse(String text, String error) {
    try {
      return new Schema.Parser().parse(text);
    } catch (RuntimeException | StackOverflowError e) {
      line.put(error, message(e));
      return null;
    }
  }

  /** A third of the data are written in blocks that tell their size. */
  private byte[] encode(Schema schema, Object datum) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EncoderFactory factory = EncoderFactory.get();
    Encoder encoder =
        random.nextInt(3) == 0
            ? new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(out, null)
            : factory.binaryEncoder(out, null);
    new GenericDatumWriter<>(schema).write(datum, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private void decode(Schema writer, Schema reader, byte[] bytes, String canon, String json, String error) {
    Object datum;
    try {
      datum = new GenericDatumReader<>(writer, reader).read(null, DecoderFactory.get().binaryDecoder(bytes, null));
      line.put(canon, new Canon(MAPPER).text(reader, datum));
    } catch (IOException | RuntimeException | StackOverflowError e) {
      line.put(error, message(e));
      return;
    }
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Encoder encoder = EncoderFactory.get().jsonEncoder(reader, out);
      new GenericDatumWriter<>(reader).write(datum, encoder);
      encoder.flush();
      line.put(json, out.toString(StandardCharsets.UTF_8));
    } catch (IOException | RuntimeException | StackOverflowError e) {
      line.put(json + "_error", message(e));
    }
  }

  private static String message(Throwable e) {
    String text = e.getClass().getSimpleName() + ": " + e.getMessage();
    return text.length() > 200 ? text.substring(0, 200) : text;
  }
}
