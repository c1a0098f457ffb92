package kafkalens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Makes random defaults in the specification's JSON form, most of them valid. */
final class Defaults {
  private static final String[] BYTES = {"", "\u0000\u00ff", "a\u00e9", "\u0001"};
  private static final String[] TEXTS = {"", "dflt", "h\u00e9\uD83D\uDE00", "null"};

  private final Random random;

  Defaults(Random random) {
    this.random = random;
  }

  /** A default, or null where none is made. Records that are still open get none. */
  JsonNode of(Type type, List<Type> open) {
    return of(type, open, 0);
  }

  private JsonNode of(Type type, List<Type> open, int depth) {
    if (depth > 4) {
      return null;
    }
    switch (type.kind) {
      case "null": return NullNode.instance;
      case "boolean": return BooleanNode.valueOf(random.nextBoolean());
      case "int": return IntNode.valueOf(random.nextInt(2000) - 1000);
      case "long":
        return random.nextInt(4) == 0 ? LongNode.valueOf(random.nextLong()) : IntNode.valueOf(random.nextInt(9000));
      case "float":
      case "double":
        return random.nextInt(3) == 0
            ? IntNode.valueOf(random.nextInt(100))
            : DoubleNode.valueOf(random.nextInt(1000) / 8.0);
      case "bytes":
        return "big-decimal".equals(type.logical) ? null : TextNode.valueOf(BYTES[random.nextInt(4)]);
      case "string": return TextNode.valueOf(text(type));
      case "fixed": {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < type.size; i++) {
          bytes.append((char) random.nextInt(256));
        }
        return TextNode.valueOf(bytes.toString());
      }
      case "enum": return TextNode.valueOf(type.symbols.get(random.nextInt(type.symbols.size())));
      case "array": {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        JsonNode item = random.nextInt(2) == 0 ? of(type.items, open, depth + 1) : null;
        return item == null ? list : list.add(item);
      }
      case "map": {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        JsonNode value = random.nextInt(2) == 0 ? of(type.items, open, depth + 1) : null;
        return value == null ? object : object.set("k", value);
      }
      case "union": {
        int branch = random.nextInt(8) == 0 ? random.nextInt(type.branches.size()) : 0;
        return of(type.branches.get(branch), open, depth + 1);
      }
      default: return record(type, open, depth);
    }
  }

  private String text(Type type) {
    if ("uuid".equals(type.logical)) {
      return UUID.nameUUIDFromBytes(new byte[] {(byte) random.nextInt()}).toString();
    }
    return TEXTS[random.nextInt(4)];
  }

  private JsonNode record(Type type, List<Type> open, int depth) {
    if (type.fields == null) {
      return null;
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Type.Field field : type.fields) {
      if (field.fallback != null && random.nextInt(3) == 0) {
        continue;
      }
      JsonNode value = field.type == type ? null : of(field.type, open, depth + 1);
      if (value == null) {
        return null;
      }
      object.set(field.name, value);
    }
    return open.contains(type) ? null : object;
  }
}
