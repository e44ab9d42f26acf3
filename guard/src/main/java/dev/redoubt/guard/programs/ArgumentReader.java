// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.programs.Arguments.Used;
import dev.redoubt.guard.programs.Option.Arity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells options from operands as `getopt_long` does, for one call. Not reusable.
///
/// Sources: getopt(3) of the GNU C library on clusters, abbreviations, `--` and the order.
final class ArgumentReader {

  private final Table table;
  private final List<Arg> arguments;
  private final List<Used> used = new ArrayList<>();
  private final List<Arg> operands = new ArrayList<>();
  private final List<Arg> possibleOptions = new ArrayList<>();
  private @Nullable String doubt;
  private int next;

  ArgumentReader(Table table, List<Arg> arguments) {
    this.table = table;
    this.arguments = arguments;
  }

  Arguments read() {
    boolean optionsEnded = false;
    while (next < arguments.size()) {
      Arg arg = arguments.get(next++);
      if (optionsEnded) {
        operands.add(arg);
      } else if (arg instanceof Arg.Known(String text) && text.equals("--")) {
        optionsEnded = true;
      } else if (isOption(arg)) {
        option(arg);
      } else {
        optionsEnded = operand(arg);
      }
    }
    return new Arguments(used, operands, possibleOptions, doubt);
  }

  /// Takes an argument that need not be an option; returns whether it ends the options.
  private boolean operand(Arg arg) {
    operands.add(arg);
    if (arg.couldBeOption()) {
      possibleOptions.add(arg);
    }
    return table.optionsEndAtOperand();
  }

  private boolean isOption(Arg arg) {
    return switch (arg) {
      case Arg.Known(String text) -> text.length() > 1 && text.charAt(0) == '-';
      case Arg.Glob(String pattern) -> pattern.length() > 1 && pattern.charAt(0) == '-';
      case Arg.Unknown _ -> false;
    };
  }

  private void option(Arg arg) {
    String text = text(arg);
    if (table.words()) {
      word(arg, text);
    } else if (text.startsWith("--")) {
      longOption(arg, text);
    } else {
      cluster(arg, text);
    }
  }

  /// Reads a word that is one option, in the manner of `-name` and `-chdir=x`.
  private void word(Arg arg, String text) {
    int equals = text.indexOf('=');
    Optional<Option> whole = wordOption(text);
    Optional<Option> named = equals < 0 ? Optional.empty() : wordOption(text.substring(0, equals));
    Optional<Option> prefix = table.prefixOf(text);
    if (whole.isPresent() && isPlain(arg, text)) {
      take(whole.get(), null);
    } else if (named.isPresent() && isPlain(arg, text.substring(0, equals))) {
      take(named.get(), part(arg, equals + 1));
    } else if (prefix.isPresent() && isPlain(arg, prefix.get().name())) {
      take(prefix.get(), part(arg, prefix.get().name().length()));
    } else {
      unknown(text);
    }
  }

  private Optional<Option> wordOption(String name) {
    Optional<Option> exact = table.option(name);
    // Programs written in Go read `--name` and `-name` alike.
    return exact.isPresent() || !name.startsWith("--") ? exact : table.option(name.substring(1));
  }

  private void longOption(Arg arg, String text) {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    Optional<Option> option = table.longOption(name);
    if (option.isEmpty() || !isPlain(arg, name)) {
      unknown(name);
    } else {
      take(option.get(), equals < 0 ? null : part(arg, equals + 1));
    }
  }

  private void cluster(Arg arg, String text) {
    boolean counted = false;
    for (int i = 1; i < text.length(); i++) {
      String name = "-" + text.charAt(i);
      Optional<Option> option = table.option(name);
      if (option.isEmpty() && table.numbers() && isDigit(text.charAt(i))) {
        counted = true;
        continue;
      }
      if (option.isEmpty() || !isPlain(arg, name)) {
        unknown(name);
        return;
      }
      boolean last = i + 1 == text.length();
      if (counted && last && option.get().arity() == Arity.REQUIRED) {
        // In `head -20c file` the letter belongs to the number, and the file is no value.
        unknown(text);
        return;
      }
      if (option.get().arity() != Arity.NONE) {
        take(option.get(), last ? null : part(arg, i + 1));
        return;
      }
      take(option.get(), null);
    }
  }

  private void take(Option option, @Nullable Arg attached) {
    if (attached != null) {
      if (option.arity() == Arity.NONE) {
        unknown(option.name() + " with a value");
      } else {
        used.add(new Used(option, attached));
      }
    } else if (option.arity() == Arity.NONE || option.arity() == Arity.OPTIONAL) {
      used.add(new Used(option, null));
    } else if (option.arity() == Arity.FOLLOWING && (next == arguments.size() || dashNext())) {
      used.add(new Used(option, null));
    } else if (next == arguments.size()) {
      unknown(option.name() + " without a value");
    } else {
      Arg value = arguments.get(next++);
      used.add(new Used(option, value));
      if (!(value instanceof Arg.Known)) {
        // None, one or many words: what follows the first can be anything.
        operands.add(value);
        if (value.couldBeOption()) {
          possibleOptions.add(value);
        }
      }
    }
  }

  private boolean dashNext() {
    return isOption(arguments.get(next));
  }

  private void unknown(String name) {
    if (doubt == null) {
      doubt = name + " is not a known option";
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// Returns whether the part `name` of `arg` stands for itself only.
  private static boolean isPlain(Arg arg, String name) {
    return arg instanceof Arg.Known || !hasGlob(name);
  }

  private static boolean hasGlob(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("*?[\\(".indexOf(text.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static String text(Arg arg) {
    return switch (arg) {
      case Arg.Known(String text) -> text;
      case Arg.Glob(String pattern) -> pattern;
      case Arg.Unknown(String shown, String _) -> shown;
    };
  }

  private static Arg part(Arg arg, int from) {
    return switch (arg) {
      case Arg.Known(String text) -> new Arg.Known(text.substring(from));
      case Arg.Glob(String pattern) -> new Arg.Glob(pattern.substring(from));
      case Arg.Unknown unknown -> unknown;
    };
  }
}
