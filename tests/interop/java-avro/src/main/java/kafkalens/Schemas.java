package kafkalens;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Makes random types. The order of calls to the random generator is part of what a seed means. */
final class Schemas {
  private static final String[] PRIMITIVES = {
    "null", "boolean", "int", "long", "float", "double", "bytes", "string"
  };
  private static final String[] NAMESPACES = {"com.acme", "com.acme.orders", "a", "org.example.v1", "x.y_z"};
  /** What registries hold, too. */
  private static final String[] ODD_NAMESPACES = {"Order V1", "com.acme-corp.v1", "1st.pkg", "com..x"};
  private static final String[] WORDS = {
    "id", "name", "total", "ts", "flag", "items", "status", "price", "Qty", "_x", "aB", "custId", "note", "ref",
    "kind", "geo"
  };
  private static final String[] SYMBOLS = {"A", "B", "C", "RED", "x_1", "_u", "Z9"};

  private final Random random;
  private final Defaults defaults;
  private int names;
  /** Named types that may be referred to. */
  private List<Type> known = new ArrayList<>();
  /** Records that are being made: a reference to one is a recursion. */
  private List<Type> open = new ArrayList<>();

  Schemas(Random random) {
    this.random = random;
    this.defaults = new Defaults(random);
  }

  Defaults defaults() {
    return defaults;
  }

  /** A type of a whole datum. */
  Type root() {
    return random.nextInt(10) < 7 ? record(4) : any(3, false);
  }

  /** A type of an added field, which knows nothing of the others. */
  Type added() {
    List<Type> outerOpen = open;
    List<Type> outerKnown = known;
    open = new ArrayList<>();
    known = new ArrayList<>();
    Type type = any(2, false);
    open = outerOpen;
    known = outerKnown;
    return type;
  }

  Type primitive() {
    return new Type(PRIMITIVES[random.nextInt(8)]);
  }

  private Type any(int depth, boolean inUnion) {
    int r = random.nextInt(100);
    if (depth <= 0) {
      r = r % 50;
    }
    if (r < 26) {
      return annotated(primitive());
    }
    if (r < 42) {
      Type type = logical();
      return type.isNamed() ? remembered(type) : type;
    }
    if (r < 45) {
      return remembered(enumeration());
    }
    if (r < 47) {
      return remembered(fixed());
    }
    if (r < 50) {
      boolean again = !known.isEmpty() && random.nextInt(2) == 0;
      return again ? known.get(random.nextInt(known.size())) : new Type("string");
    }
    if (r < 60) {
      return items("array", any(depth - 1, false));
    }
    if (r < 68) {
      return items("map", any(depth - 1, false));
    }
    return r < 84 && !inUnion ? union(depth) : record(depth);
  }

  private Type annotated(Type type) {
    if (random.nextInt(40) == 0) {
      type.properties.put("acme.note", TextNode.valueOf("hi"));
    }
    if (random.nextInt(30) == 0 && type.kind.equals("string")) {
      type.properties.put("avro.java.string", TextNode.valueOf("String"));
    }
    return type;
  }

  private Type remembered(Type type) {
    known.add(type);
    return type;
  }

  private static Type items(String kind, Type items) {
    Type type = new Type(kind);
    type.items = items;
    return type;
  }

  private static Type logical(String kind, String logical) {
    return annotate(new Type(kind), logical);
  }

  private static Type annotate(Type type, String logical) {
    type.logical = logical;
    return type;
  }

  private Type logical() {
    switch (random.nextInt(19)) {
      case 0: return logical("int", "date");
      case 1: return logical("int", "time-millis");
      case 2: return logical("long", "time-micros");
      case 3: return logical("long", "timestamp-millis");
      case 4: return logical("long", "timestamp-micros");
      case 5: return logical("long", "timestamp-nanos");
      case 6: return logical("long", "local-timestamp-millis");
      case 7: return logical("long", "local-timestamp-micros");
      case 8: return logical("long", "local-timestamp-nanos");
      case 9:
      case 10: return decimal();
      case 11:
      case 12: return fixedDecimal();
      case 13:
      case 14: return logical("string", "uuid");
      case 15: return sized(16, "uuid");
      case 16: return sized(12, "duration");
      case 17: return logical("bytes", "big-decimal");
      default: return invalidLogical();
    }
  }

  private Type decimal() {
    Type type = logical("bytes", "decimal");
    type.precision = 1 + random.nextInt(38);
    if (random.nextInt(4) > 0) {
      type.scale = random.nextInt(type.precision + 1);
    }
    return type;
  }

  private Type fixedDecimal() {
    Type type = annotate(fixed(), "decimal");
    type.size = 1 + random.nextInt(16);
    int most = (int) Math.floor(Math.log10(2) * (8.0 * type.size - 1));
    if (most < 1) {
      type.size = 2;
      most = 4;
    }
    type.precision = 1 + random.nextInt(Math.min(38, most));
    type.scale = random.nextInt(type.precision + 1);
    return type;
  }

  private Type sized(int size, String logical) {
    Type type = annotate(fixed(), logical);
    type.size = size;
    return type;
  }

  /** Unknown, or not valid where they stand: to be ignored. */
  private Type invalidLogical() {
    switch (random.nextInt(6)) {
      case 0: return logical("long", "date");
      case 1: return logical("string", "acme-custom");
      case 2: {
        Type type = logical("bytes", "decimal");
        type.precision = 3;
        type.scale = 5;
        return type;
      }
      case 3: {
        Type type = logical("bytes", "decimal");
        type.precision = 0;
        return type;
      }
      case 4: return sized(8, "duration");
      default: return logical("int", "timestamp-millis");
    }
  }

  private void name(Type type, String prefix) {
    type.name = prefix + names++;
    int r = random.nextInt(20);
    if (r < 6) {
      type.hasNamespace = true;
      type.namespace = NAMESPACES[random.nextInt(NAMESPACES.length)];
    } else if (r == 6) {
      type.dotted = true;
      type.name = NAMESPACES[random.nextInt(NAMESPACES.length)] + "." + type.name;
    } else if (r == 7) {
      type.hasNamespace = true;
      type.namespace = "";
    } else if (r == 8 && random.nextInt(5) == 0) {
      type.hasNamespace = true;
      type.namespace = ODD_NAMESPACES[random.nextInt(ODD_NAMESPACES.length)];
    }
    if (random.nextInt(15) == 0) {
      type.aliases.add("Old" + type.name.replace('.', '_'));
    }
  }

  private Type fixed() {
    Type type = new Type("fixed");
    name(type, "Fx");
    type.size = random.nextInt(9);
    return type;
  }

  private Type enumeration() {
    Type type = new Type("enum");
    name(type, "En");
    int n = 1 + random.nextInt(5);
    type.symbols = new ArrayList<>(List.of(SYMBOLS).subList(0, n));
    if (random.nextInt(3) == 0) {
      type.enumDefault = type.symbols.get(random.nextInt(n));
    }
    return type;
  }

  private Type union(int depth) {
    Type union = new Type("union");
    union.branches = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int n = random.nextInt(10) < 6 ? 2 : 1 + random.nextInt(5);
    if (random.nextInt(10) < 7) {
      union.branches.add(new Type("null"));
      seen.add("null");
    }
    if (!open.isEmpty() && random.nextInt(4) == 0) {
      Type record = open.get(random.nextInt(open.size()));
      // Without null the recursion would have no end.
      if (seen.add("null")) {
        union.branches.add(new Type("null"));
      }
      union.branches.add(record);
      seen.add(record.unionKey());
    }
    for (int i = 0; union.branches.size() < n && i < 20; i++) {
      Type branch = any(depth - 1, true);
      boolean fits = !branch.kind.equals("union") && seen.add(branch.unionKey());
      if (fits && !(open.contains(branch) && !seen.contains("null"))) {
        union.branches.add(branch);
      }
    }
    if (random.nextInt(4) == 0) {
      Collections.shuffle(union.branches, random);
    }
    if (union.branches.isEmpty()) {
      union.branches.add(new Type("null"));
    }
    return union;
  }

  private Type record(int depth) {
    Type record = new Type("record");
    name(record, "Rec");
    record.fields = new ArrayList<>();
    open.add(record);
    int n = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(5);
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < n; i++) {
      Type.Field field = new Type.Field();
      field.name = WORDS[random.nextInt(WORDS.length)];
      if (!taken.add(field.name)) {
        field.name += i;
        taken.add(field.name);
      }
      field.type = fieldType(depth - 1, record);
      if (random.nextInt(4) == 0) {
        field.fallback = defaults.of(field.type, open);
      }
      if (random.nextInt(10) == 0) {
        field.doc = "d";
      }
      record.fields.add(field);
    }
    open.remove(open.size() - 1);
    return remembered(record);
  }

  private Type fieldType(int depth, Type record) {
    switch (random.nextInt(25)) {
      case 0: return items("array", record);
      case 1: return items("map", record);
      default: return any(depth, false);
    }
  }
}
