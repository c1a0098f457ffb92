package kafkalens;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;

/** Makes random data of a schema, the ends of each type's range among them. */
final class Data {
  private static final int[] INTS = {0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE};
  private static final long[] LONGS = {
    0, -1, Long.MAX_VALUE, Long.MIN_VALUE, 253402300800000L, (1L << 53) + 1
  };
  private static final float[] FLOATS = {
    0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, Float.MAX_VALUE, 16777217f
  };
  private static final double[] DOUBLES = {
    0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE, 0.1
  };

  private final Random random;

  Data(Random random) {
    this.random = random;
  }

  Object of(Schema schema, int depth) {
    switch (schema.getType()) {
      case NULL: return null;
      case BOOLEAN: return random.nextBoolean();
      case INT: return random.nextInt(5) == 0 ? INTS[random.nextInt(4)] : random.nextInt() >> random.nextInt(31);
      case LONG: return random.nextInt(5) == 0 ? LONGS[random.nextInt(6)] : random.nextLong() >> random.nextInt(63);
      case FLOAT:
        return random.nextInt(4) == 0
            ? FLOATS[random.nextInt(8)]
            : Float.intBitsToFloat(random.nextInt() & ~0x40000000);
      case DOUBLE:
        return random.nextInt(4) == 0
            ? DOUBLES[random.nextInt(8)]
            : random.nextGaussian() * Math.pow(10, random.nextInt(20) - 5);
      case STRING: return "uuid".equals(schema.getProp("logicalType")) ? uuid() : text();
      case BYTES: return bytes(schema.getProp("logicalType"));
      case FIXED: {
        byte[] bytes = new byte[schema.getFixedSize()];
        random.nextBytes(bytes);
        return new GenericData.Fixed(schema, bytes);
      }
      case ENUM: {
        List<String> symbols = schema.getEnumSymbols();
        return new GenericData.EnumSymbol(schema, symbols.get(random.nextInt(symbols.size())));
      }
      case ARRAY: {
        int n = depth <= 0 ? 0 : random.nextInt(4);
        List<Object> list = new GenericData.Array<>(n, schema);
        for (int i = 0; i < n; i++) {
          list.add(of(schema.getElementType(), depth - 1));
        }
        return list;
      }
      case MAP: {
        int n = depth <= 0 ? 0 : random.nextInt(3);
        Map<Utf8, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < n; i++) {
          Utf8 key = new Utf8(random.nextInt(4) == 0 ? "" : "k" + random.nextInt(50));
          map.put(key, of(schema.getValueType(), depth - 1));
        }
        return map;
      }
      case UNION: return union(schema.getTypes(), depth);
      case RECORD: {
        if (depth < -25) {
          throw new IllegalStateException("deep");
        }
        GenericData.Record record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
          record.put(field.pos(), of(field.schema(), depth - 1));
        }
        return record;
      }
      default: throw new IllegalStateException();
    }
  }

  private Object union(List<Schema> branches, int depth) {
    boolean nullable = branches.stream().anyMatch(b -> b.getType() == Schema.Type.NULL);
    return depth <= 0 && nullable ? null : of(branches.get(random.nextInt(branches.size())), depth - 1);
  }

  /** Text that is no UUID, too: a raw reader doesn't care. */
  private String uuid() {
    UUID uuid = new UUID(random.nextLong(), random.nextLong());
    int r = random.nextInt(20);
    return r == 0 ? uuid.toString().toUpperCase() : r == 1 ? "not-a-uuid" : uuid.toString();
  }

  private ByteBuffer bytes(String logical) {
    if ("big-decimal".equals(logical)) {
      return bigDecimal();
    }
    boolean decimal = "decimal".equals(logical);
    byte[] bytes = new byte[decimal ? 1 + random.nextInt(16) : random.nextInt(12)];
    if (decimal && random.nextInt(15) == 0) {
      bytes = new byte[0];
    }
    random.nextBytes(bytes);
    if (decimal && random.nextInt(4) == 0) {
      Arrays.fill(bytes, 0, bytes.length / 2, (byte) 0);
    }
    return ByteBuffer.wrap(bytes);
  }

  private ByteBuffer bigDecimal() {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      encoder.writeBytes(new BigInteger(1 + random.nextInt(100), random).toByteArray());
      encoder.writeInt(random.nextInt(20) - 3);
      encoder.flush();
      return ByteBuffer.wrap(out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Utf8 text() {
    switch (random.nextInt(8)) {
      case 0: return new Utf8("");
      case 1: return new Utf8("h\u00e9llo \uD83D\uDE00 \u0000\u2028\"\\");
      case 2: return new Utf8("x".repeat(random.nextInt(200)));
      default: {
        StringBuilder text = new StringBuilder();
        int n = random.nextInt(12);
        for (int i = 0; i < n; i++) {
          text.append((char) (32 + random.nextInt(95)));
        }
        return new Utf8(text.toString());
      }
    }
  }
}
