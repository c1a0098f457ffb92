package kafkalens;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Makes a reader's schema from a writer's: the changes that people make, allowed or not. */
final class Evolution {
  private final Random random;
  private final Schemas schemas;
  private final Map<Type, Type> done = new IdentityHashMap<>();
  /** The names of the changes. */
  final Set<String> changes = new TreeSet<>();

  Evolution(Random random, Schemas schemas) {
    this.random = random;
    this.schemas = schemas;
  }

  private boolean hit(double chance) {
    return random.nextDouble() < chance;
  }

  private void change(String name) {
    changes.add(name);
  }

  Type evolve(Type from, double chance) {
    if (done.containsKey(from)) {
      return done.get(from);
    }
    Type to = copy(from);
    if (from.isNamed()) {
      done.put(from, to);
      rename(from, to, chance);
    }
    switch (from.kind) {
      case "int":
      case "long":
      case "float":
      case "double":
        number(from, to, chance);
        break;
      case "string":
        string(from, to, chance);
        break;
      case "bytes":
        bytes(from, to, chance);
        break;
      case "fixed":
        if (hit(chance * 0.15)) {
          to.size = from.size + 1;
          change("fixed-size");
        }
        break;
      case "enum":
        if (hit(chance)) {
          enumeration(to);
        }
        break;
      case "array":
      case "map":
        to.items = evolve(from.items, chance);
        break;
      case "union":
        return union(from, to, chance);
      case "record":
        record(from, to, chance);
        break;
      default:
    }
    return to;
  }

  private static Type copy(Type from) {
    Type to = new Type(from.kind);
    to.name = from.name;
    to.namespace = from.namespace;
    to.hasNamespace = from.hasNamespace;
    to.dotted = from.dotted;
    to.aliases = new ArrayList<>(from.aliases);
    to.size = from.size;
    to.logical = from.logical;
    to.precision = from.precision;
    to.scale = from.scale;
    to.properties = new java.util.LinkedHashMap<>(from.properties);
    to.enumDefault = from.enumDefault;
    to.symbols = from.symbols == null ? null : new ArrayList<>(from.symbols);
    return to;
  }

  private void rename(Type from, Type to, double chance) {
    if (hit(chance * 0.25) && !from.dotted) {
      if (random.nextInt(3) == 0) {
        change("rename-noalias");
      } else {
        to.aliases.add(from.name);
        change("rename-alias");
      }
      to.name = from.name + "R";
    }
    if (hit(chance * 0.12) && !from.dotted) {
      to.hasNamespace = true;
      to.namespace = "moved.ns";
      change("ns-move");
      if (random.nextInt(2) == 0) {
        boolean spaced = from.hasNamespace && !from.namespace.isEmpty();
        to.aliases.add((spaced ? from.namespace + "." : "") + from.name);
        change("ns-move-alias");
      }
    }
  }

  private void number(Type from, Type to, double chance) {
    switch (from.kind) {
      case "int":
        if (hit(chance)) {
          int most = random.nextInt(8) == 0 ? 4 : 3;
          promote(from, to, new String[] {"long", "float", "double", "string"}[random.nextInt(most)]);
        } else if (hit(chance * 0.3)) {
          to.logical = to.logical == null ? "date" : null;
          change("logical-change");
        }
        break;
      case "long":
        if (hit(chance)) {
          int most = random.nextInt(6) == 0 ? 3 : 2;
          promote(from, to, new String[] {"float", "double", "int"}[random.nextInt(most)]);
        } else if (hit(chance * 0.3)) {
          to.logical = to.logical == null ? "timestamp-micros" : null;
          change("logical-change");
        }
        break;
      case "float":
        if (hit(chance)) {
          to.kind = random.nextInt(6) == 0 ? "int" : "double";
          change("promo-float-" + to.kind);
        }
        break;
      default:
        if (hit(chance * 0.2)) {
          to.kind = "float";
          change("demo-double-float");
        }
    }
  }

  private void promote(Type from, Type to, String kind) {
    to.kind = kind;
    to.logical = null;
    change("promo-" + from.kind + "-" + kind);
  }

  private void string(Type from, Type to, double chance) {
    if (hit(chance * 0.5)) {
      to.kind = "bytes";
      to.logical = null;
      to.properties.clear();
      change("string-bytes");
    } else if (from.logical == null && hit(chance * 0.2)) {
      to.logical = "uuid";
      change("string-uuid");
    } else if ("uuid".equals(from.logical) && hit(chance)) {
      to.logical = null;
      change("uuid-string");
    }
  }

  private void bytes(Type from, Type to, double chance) {
    if (hit(chance * 0.5)) {
      to.kind = "string";
      to.logical = null;
      to.precision = null;
      to.scale = null;
      change("bytes-string");
    } else if ("decimal".equals(from.logical) && hit(chance)) {
      if (random.nextBoolean()) {
        to.precision = 38;
        change("decimal-prec");
      } else {
        to.scale = (from.scale == null ? 0 : from.scale) + 1;
        to.precision = Math.max(from.precision, to.scale);
        change("decimal-scale");
      }
    }
  }

  private void enumeration(Type to) {
    switch (random.nextInt(4)) {
      case 0:
        to.symbols.add("NEWSYM");
        change("enum-add");
        break;
      case 1:
        if (to.symbols.size() > 1) {
          String gone = to.symbols.remove(random.nextInt(to.symbols.size()));
          if (gone.equals(to.enumDefault)) {
            to.enumDefault = null;
          }
          change("enum-rm");
        }
        break;
      case 2:
        to.symbols.add("UNK");
        to.enumDefault = "UNK";
        if (to.symbols.size() > 2) {
          to.symbols.remove(0);
        }
        change("enum-default");
        break;
      default:
        Collections.reverse(to.symbols);
        change("enum-reorder");
    }
  }

  private Type union(Type from, Type to, double chance) {
    to.branches = new ArrayList<>();
    for (Type branch : from.branches) {
      to.branches.add(evolve(branch, chance * 0.6));
    }
    Set<String> seen = new HashSet<>();
    to.branches.removeIf(b -> b.kind.equals("union") || !seen.add(b.unionKey()));
    if (to.branches.isEmpty()) {
      to.branches.add(new Type("null"));
    }
    if (!hit(chance)) {
      return to;
    }
    switch (random.nextInt(4)) {
      case 0:
        Collections.shuffle(to.branches, random);
        change("union-shuffle");
        break;
      case 1:
        if (to.branches.size() > 1) {
          to.branches.remove(random.nextInt(to.branches.size()));
          change("union-drop");
        }
        break;
      case 2: {
        Type branch = schemas.primitive();
        if (to.branches.stream().noneMatch(b -> !b.isNamed() && b.kind.equals(branch.kind))) {
          to.branches.add(random.nextInt(to.branches.size() + 1), branch);
          change("union-add");
        }
        break;
      }
      default:
        Type branch = to.branches.get(random.nextInt(to.branches.size()));
        change("union-unwrap");
        return branch;
    }
    return to;
  }

  private void record(Type from, Type to, double chance) {
    to.fields = new ArrayList<>();
    for (Type.Field field : from.fields) {
      if (hit(chance * 0.5)) {
        change("field-drop");
      } else {
        to.fields.add(field(field, chance));
      }
    }
    if (hit(chance)) {
      Type.Field field = new Type.Field();
      field.name = "added" + random.nextInt(100);
      field.type = schemas.added();
      if (random.nextInt(10) > 0) {
        field.fallback = schemas.defaults().of(field.type, List.of());
      }
      change(field.fallback != null ? "field-add-default" : "field-add-nodefault");
      to.fields.add(random.nextInt(to.fields.size() + 1), field);
    }
    if (hit(chance)) {
      Collections.shuffle(to.fields, random);
      change("field-reorder");
    }
  }

  private Type.Field field(Type.Field from, double chance) {
    Type.Field to = new Type.Field();
    to.name = from.name;
    to.type = evolve(from.type, chance);
    to.aliases = new ArrayList<>(from.aliases);
    JsonNode fallback = from.fallback == null ? null : schemas.defaults().of(to.type, List.of());
    to.fallback = fallback;
    if (hit(chance * 0.4)) {
      to.aliases.add(from.name);
      to.name = from.name + "_r";
      change("field-alias");
    } else if (hit(chance * 0.1)) {
      to.name = from.name + "_q";
      change(to.fallback != null ? "field-rename-default" : "field-rename-nodefault");
    }
    if (!to.type.kind.equals("union") && hit(chance * 0.3)) {
      Type union = new Type("union");
      union.branches = new ArrayList<>(List.of(new Type("null")));
      if (!to.type.kind.equals("null")) {
        union.branches.add(to.type);
      }
      to.type = union;
      to.fallback = null;
      change("wrap-nullable");
    }
    return to;
  }
}
