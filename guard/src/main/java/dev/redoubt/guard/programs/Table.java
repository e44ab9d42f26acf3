// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Option.Arity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The options and operands of one program or subcommand, and what each of them does.
///
/// Options are written as in a manual page, many in one text: `-abc` are three short ones, `--all`
/// is a long one. With [Builder#words] a single dash starts a whole name, in the manner of `find
/// -name`. What is not in the table is unknown. Immutable and safe to share.
final class Table {

  /// How options and operands are told apart.
  enum Order {
    /// Options may follow operands, as GNU programs allow.
    ANYWHERE,
    /// The first operand ends the options; it often is a command.
    BEFORE_OPERANDS
  }

  private final Nature nature;
  private final String reason;
  private final Map<String, Option> options;
  private final List<Option> prefixes;
  private final boolean words;
  private final boolean numbers;
  private final boolean judgedFurther;
  private final Order order;
  private final Operands operands;
  private final @Nullable String otherwise;
  private final List<String> patternOptions;
  private final List<String> configured;
  private final Set<Meaning> meanings;

  private Table(Builder builder) {
    nature = builder.nature;
    reason = builder.reason;
    options = Map.copyOf(builder.options);
    prefixes = List.copyOf(builder.prefixes);
    words = builder.words;
    numbers = builder.numbers;
    judgedFurther = builder.judgedFurther;
    order = builder.order;
    operands = builder.operands;
    otherwise = builder.otherwise;
    patternOptions = List.copyOf(builder.patternOptions);
    configured = List.copyOf(builder.configured);
    meanings = Set.copyOf(builder.meanings);
  }

  /// Starts the table of a program that only shows something.
  static Builder harmless(String reason) {
    return new Builder(Nature.HARMLESS, reason);
  }

  /// Starts the table of a program that does to files what its operands and options say.
  static Builder filesOnly(String reason) {
    return new Builder(Nature.FILES_ONLY, reason);
  }

  /// Starts the table of a program of any nature.
  static Builder of(Nature nature, String reason) {
    return new Builder(nature, reason);
  }

  /// Returns what `arguments` say; never throws.
  Arguments read(List<Arg> arguments) {
    return new ArgumentReader(this, arguments).read();
  }

  Nature nature() {
    return nature;
  }

  String reason() {
    return reason;
  }

  Operands operands() {
    return operands;
  }

  /// Returns the operand that is meant when there is none, if there is such a thing.
  Optional<String> otherwise() {
    return Optional.ofNullable(otherwise);
  }

  /// Returns the options that make the first operand a file and no pattern.
  List<String> patternOptions() {
    return patternOptions;
  }

  /// Returns the names a configuration starts with.
  List<String> configured() {
    return configured;
  }

  boolean words() {
    return words;
  }

  boolean numbers() {
    return numbers;
  }

  boolean optionsEndAtOperand() {
    return order == Order.BEFORE_OPERANDS;
  }

  Optional<Option> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  /// Returns the option that `text` starts with, for options whose value is part of their word.
  Optional<Option> prefixOf(String text) {
    Option longest = null;
    for (Option prefix : prefixes) {
      if (text.startsWith(prefix.name())
          && (longest == null || prefix.name().length() > longest.name().length())) {
        longest = prefix;
      }
    }
    return Optional.ofNullable(longest);
  }

  /// Returns the one long option `name` stands for, written in full or shortened; empty when there
  /// is none or more than one.
  Optional<Option> longOption(String name) {
    Option exact = options.get(name);
    if (exact != null) {
      return Optional.of(exact);
    }
    Option found = null;
    for (Option option : options.values()) {
      if (option.name().startsWith(name) && name.length() > 2) {
        if (found != null && !found.actsLike(option)) {
          return Optional.empty();
        }
        // Which of two interchangeable ones it is must not depend on the order of the map.
        if (found == null || option.name().compareTo(found.name()) < 0) {
          found = option;
        }
      }
    }
    return Optional.ofNullable(found);
  }

  /// Returns whether an option that slips in unseen could do more than read.
  boolean harms() {
    for (Meaning meaning : meanings) {
      if (meaning.harms()) {
        return true;
      }
    }
    return judgedFurther;
  }

  /// Returns whether one of the options is of `meaning`.
  boolean has(Meaning meaning) {
    return meanings.contains(meaning);
  }

  /// Returns the names of all options, with their dashes, for tests.
  List<String> names() {
    return options.keySet().stream().sorted().toList();
  }

  /// Collects a [Table]. Every name may be given once.
  static final class Builder {

    private final Nature nature;
    private final String reason;
    private final Map<String, Option> options = new HashMap<>();
    private final List<Option> prefixes = new ArrayList<>();
    private final Set<Meaning> meanings = EnumSet.noneOf(Meaning.class);
    private boolean words;
    private boolean numbers;
    private boolean judgedFurther;
    private Order order = Order.ANYWHERE;
    private Operands operands = Operands.PLAIN;
    private @Nullable String otherwise;
    private List<String> patternOptions = List.of();
    private List<String> configured = List.of();

    private Builder(Nature nature, String reason) {
      this.nature = requireNonNull(nature, "nature");
      this.reason = requireNonNull(reason, "reason");
    }

    /// Makes a single dash start a whole name: no clusters. Call it before any option.
    Builder words() {
      words = true;
      return this;
    }

    /// Accepts digits as options, in the manner of `head -5`, harmless.
    Builder numbers() {
      numbers = true;
      return this;
    }

    /// Says that the manual itself judges some options: a word that could be one of them is
    /// unknown.
    Builder judgedFurther() {
      judgedFurther = true;
      return this;
    }

    /// Ends the options at the first operand.
    Builder endsAtOperand() {
      order = Order.BEFORE_OPERANDS;
      return this;
    }

    /// Says what operands are.
    Builder operands(Operands meaning) {
      operands = meaning;
      return this;
    }

    /// Says what operands are, and which one is meant when there is none.
    Builder operands(Operands meaning, String whenNone) {
      operands = meaning;
      otherwise = whenNone;
      return this;
    }

    /// Names the options that carry the pattern, so that the first operand is none.
    Builder patternIn(String names) {
      patternOptions = split(names);
      return this;
    }

    /// Names what configurations of the program are called, in the manner of `webpack`.
    Builder configured(String names) {
      configured = split(names);
      return this;
    }

    /// Adds harmless options whose value may be the next word, unless that starts with a dash.
    Builder following(String names) {
      return add(Arity.FOLLOWING, Meaning.HARMLESS, names);
    }

    /// Adds options whose value may be the next word, unless that starts with a dash.
    Builder following(Meaning meaning, String names) {
      return add(Arity.FOLLOWING, meaning, names);
    }

    /// Adds harmless options without value.
    Builder flags(String names) {
      return add(Arity.NONE, Meaning.HARMLESS, names);
    }

    /// Adds options without value.
    Builder flags(Meaning meaning, String names) {
      return add(Arity.NONE, meaning, names);
    }

    /// Adds harmless options with a value.
    Builder values(String names) {
      return add(Arity.REQUIRED, Meaning.HARMLESS, names);
    }

    /// Adds options with a value.
    Builder values(Meaning meaning, String names) {
      return add(Arity.REQUIRED, meaning, names);
    }

    /// Adds harmless options whose value, if there is one, is part of the same word.
    Builder optional(String names) {
      return add(Arity.OPTIONAL, Meaning.HARMLESS, names);
    }

    /// Adds options whose value, if there is one, is part of the same word.
    Builder optional(Meaning meaning, String names) {
      return add(Arity.OPTIONAL, meaning, names);
    }

    /// Adds options of the manner of `-Dname=value`: everything after the name is the value.
    Builder prefixes(Meaning meaning, String names) {
      for (String name : split(names)) {
        prefixes.add(new Option(name, Arity.REQUIRED, meaning));
        meanings.add(meaning);
      }
      return this;
    }

    Table build() {
      return new Table(this);
    }

    private Builder add(Arity arity, Meaning meaning, String names) {
      meanings.add(meaning);
      for (String name : split(names)) {
        if (words || name.startsWith("--")) {
          put(new Option(name, arity, meaning));
        } else {
          for (int i = 1; i < name.length(); i++) {
            put(new Option("-" + name.charAt(i), arity, meaning));
          }
        }
      }
      return this;
    }

    private void put(Option option) {
      if (options.put(option.name(), option) != null) {
        throw new IllegalStateException("the option %s is given twice".formatted(option.name()));
      }
    }

    private static List<String> split(String names) {
      List<String> split = new ArrayList<>();
      int start = 0;
      for (int i = 0; i <= names.length(); i++) {
        if (i == names.length() || names.charAt(i) == ' ' || names.charAt(i) == '\n') {
          if (i > start) {
            split.add(names.substring(start, i));
          }
          start = i + 1;
        }
      }
      return split;
    }
  }
}
