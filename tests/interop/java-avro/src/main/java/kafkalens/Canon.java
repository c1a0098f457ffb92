package kafkalens;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

/** Writes a datum so that nothing of it is lost: typed, floats by their bits, unions by their branch. */
final class Canon {
  private final ObjectMapper mapper;
  private final StringBuilder out = new StringBuilder();

  Canon(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  String text(Schema schema, Object datum) throws JsonProcessingException {
    write(schema, datum);
    return out.toString();
  }

  private void write(Schema schema, Object datum) throws JsonProcessingException {
    switch (schema.getType()) {
      case NULL: out.append("null"); break;
      case BOOLEAN:
      case INT:
      case LONG: out.append(datum); break;
      case FLOAT: out.append(String.format("{\"f\":\"%08x\"}", Float.floatToRawIntBits((Float) datum))); break;
      case DOUBLE: out.append(String.format("{\"d\":\"%016x\"}", Double.doubleToRawLongBits((Double) datum))); break;
      case STRING: out.append(mapper.writeValueAsString(datum.toString())); break;
      case BYTES: {
        ByteBuffer buffer = ((ByteBuffer) datum).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        bytes(bytes);
        break;
      }
      case FIXED: bytes(((GenericFixed) datum).bytes()); break;
      case ENUM: out.append("{\"e\":\"").append(datum).append("\"}"); break;
      case ARRAY: array(schema.getElementType(), (Collection<?>) datum); break;
      case MAP: map(schema.getValueType(), (Map<?, ?>) datum); break;
      case UNION: {
        int branch = GenericData.get().resolveUnion(schema, datum);
        out.append("{\"u\":[").append(branch).append(',');
        write(schema.getTypes().get(branch), datum);
        out.append("]}");
        break;
      }
      case RECORD: record(schema, (IndexedRecord) datum); break;
      default: throw new IllegalStateException();
    }
  }

  private void bytes(byte[] bytes) {
    out.append("{\"b\":\"").append(HexFormat.of().formatHex(bytes)).append("\"}");
  }

  private void array(Schema item, Collection<?> items) throws JsonProcessingException {
    out.append('[');
    String comma = "";
    for (Object value : items) {
      out.append(comma);
      write(item, value);
      comma = ",";
    }
    out.append(']');
  }

  private void map(Schema of, Map<?, ?> datum) throws JsonProcessingException {
    TreeMap<String, Object> sorted = new TreeMap<>();
    datum.forEach((key, value) -> sorted.put(key.toString(), value));
    out.append("{\"m\":{");
    String comma = "";
    for (Map.Entry<String, Object> entry : sorted.entrySet()) {
      out.append(comma).append(mapper.writeValueAsString(entry.getKey())).append(':');
      write(of, entry.getValue());
      comma = ",";
    }
    out.append("}}");
  }

  private void record(Schema schema, IndexedRecord record) throws JsonProcessingException {
    out.append("{\"r\":[");
    String comma = "";
    for (Schema.Field field : schema.getFields()) {
      out.append(comma).append('[').append(mapper.writeValueAsString(field.name())).append(',');
      write(field.schema(), record.get(field.pos()));
      out.append(']');
      comma = ",";
    }
    out.append("]}");
  }
}
