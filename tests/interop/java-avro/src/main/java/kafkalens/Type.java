package kafkalens;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A type of a random schema, before it is printed: Java's own classes refuse what some cases are about. */
final class Type {
  /** A field of a record. */
  static final class Field {
    String name;
    Type type;
    /** The default, or null where there is none; JSON's null is a NullNode. */
    JsonNode fallback;
    List<String> aliases = new ArrayList<>();
    String doc;
  }

  /** The specification's word: null, boolean, … record, enum, fixed. */
  String kind;
  String name;
  String namespace;
  boolean hasNamespace;
  /** Whether the name holds its namespace. */
  boolean dotted;
  List<String> aliases = new ArrayList<>();
  List<Field> fields;
  /** Of an array or map. */
  Type items;
  List<Type> branches;
  List<String> symbols;
  String enumDefault;
  int size;
  String logical;
  Integer precision;
  Integer scale;
  Map<String, JsonNode> properties = new LinkedHashMap<>();

  Type(String kind) {
    this.kind = kind;
  }

  boolean isNamed() {
    return kind.equals("record") || kind.equals("enum") || kind.equals("fixed");
  }

  String fullName(String enclosing) {
    if (dotted) {
      return name;
    }
    String space = hasNamespace ? namespace : enclosing;
    return space.isEmpty() ? name : space + "." + name;
  }

  /** What a union may hold once. */
  String unionKey() {
    return isNamed() ? "N" + System.identityHashCode(this) : kind;
  }
}
