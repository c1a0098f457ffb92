package kafkalens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Random;

/** Prints a type as the JSON of a schema, in one of the ways that the specification allows. */
final class Printer {
  private final ObjectMapper mapper;
  private final Random random;
  private final Map<Type, String> seen = new IdentityHashMap<>();

  Printer(ObjectMapper mapper, Random random) {
    this.mapper = mapper;
    this.random = random;
  }

  JsonNode print(Type type, String enclosing) {
    if (type.isNamed()) {
      return seen.containsKey(type) ? reference(type, enclosing) : definition(type, enclosing);
    }
    switch (type.kind) {
      case "array":
      case "map": {
        ObjectNode object = mapper.createObjectNode();
        object.put("type", type.kind);
        object.set(type.kind.equals("array") ? "items" : "values", print(type.items, enclosing));
        annotate(object, type);
        return object;
      }
      case "union": {
        ArrayNode list = mapper.createArrayNode();
        for (Type branch : type.branches) {
          list.add(print(branch, enclosing));
        }
        return list;
      }
      default:
        return primitive(type);
    }
  }

  private JsonNode primitive(Type type) {
    boolean plain = type.logical == null && type.properties.isEmpty();
    if (plain && random.nextInt(12) != 0) {
      return TextNode.valueOf(type.kind);
    }
    ObjectNode object = mapper.createObjectNode();
    object.put("type", type.kind);
    annotate(object, type);
    return object;
  }

  private JsonNode reference(Type type, String enclosing) {
    String full = seen.get(type);
    boolean near = namespace(full).equals(enclosing) && !enclosing.isEmpty();
    if (near && random.nextInt(3) > 0) {
      return TextNode.valueOf(full.substring(full.lastIndexOf('.') + 1));
    }
    return TextNode.valueOf(full);
  }

  private JsonNode definition(Type type, String enclosing) {
    String full = type.fullName(enclosing);
    seen.put(type, full);
    ObjectNode object = mapper.createObjectNode();
    object.put("type", type.kind);
    object.put("name", type.name);
    if (type.hasNamespace && !type.dotted) {
      object.put("namespace", type.namespace);
    }
    aliases(object, type.aliases);
    switch (type.kind) {
      case "record":
        fields(object.putArray("fields"), type, namespace(full));
        break;
      case "enum":
        type.symbols.forEach(object.putArray("symbols")::add);
        if (type.enumDefault != null) {
          object.put("default", type.enumDefault);
        }
        break;
      default:
        object.put("size", type.size);
    }
    annotate(object, type);
    return object;
  }

  private void fields(ArrayNode list, Type record, String namespace) {
    for (Type.Field field : record.fields) {
      ObjectNode object = list.addObject();
      object.put("name", field.name);
      if (field.doc != null) {
        object.put("doc", field.doc);
      }
      object.set("type", print(field.type, namespace));
      if (field.fallback != null) {
        object.set("default", field.fallback);
      }
      aliases(object, field.aliases);
    }
  }

  private static void aliases(ObjectNode object, Iterable<String> aliases) {
    if (aliases.iterator().hasNext()) {
      ArrayNode list = object.putArray("aliases");
      aliases.forEach(list::add);
    }
  }

  private static void annotate(ObjectNode object, Type type) {
    if (type.logical != null) {
      object.put("logicalType", type.logical);
    }
    if (type.precision != null) {
      object.put("precision", type.precision);
    }
    if (type.scale != null) {
      object.put("scale", type.scale);
    }
    type.properties.forEach(object::set);
  }

  private static String namespace(String full) {
    int dot = full.lastIndexOf('.');
    return dot < 0 ? "" : full.substring(0, dot);
  }
}
