// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A command line of `docker run`, read as the client reads it.
///
/// @param program as written: `docker`, or a path to it
/// @param options in their order
/// @param image what is run
/// @param arguments what is handed to the image
record RunLine(String program, List<Given> options, String image, List<String> arguments) {

  RunLine {
    requireNonNull(program, "program");
    options = List.copyOf(options);
    requireNonNull(image, "image");
    arguments = List.copyOf(arguments);
  }

  /// An option with its value; of one that takes none `true` or `false`.
  record Given(RunOption option, String value) {
    Given {
      requireNonNull(option, "option");
      requireNonNull(value, "value");
    }

    boolean isOn() {
      return value.equals("true");
    }

    /// Returns it as one word that cannot be read in another way.
    String word() {
      return "--" + option.name() + "=" + value;
    }
  }

  /// Why a line is not understood.
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String reason) {
      super(reason);
    }
  }

  /// Returns the line `argv`.
  ///
  /// @throws UnreadableException if it is no `docker run`, or one of its words is not known: then
  ///   nobody can tell which word is the image
  static RunLine read(List<String> argv) throws UnreadableException {
    return new Reader(argv).read();
  }

  private static final class Reader {
    private final List<String> argv;
    private final List<Given> options = new ArrayList<>();
    private int at;

    Reader(List<String> argv) {
      this.argv = argv;
    }

    RunLine read() throws UnreadableException {
      String program = next("the line is empty");
      if (!isEngine(program)) {
        throw new UnreadableException("\"%s\" is neither docker nor podman".formatted(program));
      }
      String verb = next("it says nothing to do");
      if (verb.equals("container")) {
        verb = next("it says nothing to do");
      }
      if (!verb.equals("run")) {
        throw new UnreadableException(
            verb.startsWith("-")
                ? "\"%s\" before \"run\" may mean another engine".formatted(verb)
                : "it is no \"run\" but \"%s\"".formatted(verb));
      }
      while (at < argv.size() && isOption(argv.get(at))) {
        String word = argv.get(at++);
        if (word.equals("--")) {
          break;
        }
        if (word.startsWith("--")) {
          named(word);
        } else {
          lettered(word);
        }
      }
      String image = next("it names no image");
      if (image.isBlank() || image.startsWith("-")) {
        throw new UnreadableException("\"%s\" is no image".formatted(image));
      }
      return new RunLine(program, options, image, argv.subList(at, argv.size()));
    }

    private static boolean isEngine(String program) {
      String name =
          program.substring(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1);
      return switch (name) {
        case "docker", "podman", "docker.exe", "podman.exe" -> true;
        default -> false;
      };
    }

    /* A single dash is a word like any other, and so the image. */
    private static boolean isOption(String word) {
      return word.length() > 1 && word.startsWith("-");
    }

    private String next(String otherwise) throws UnreadableException {
      if (at >= argv.size()) {
        throw new UnreadableException(otherwise);
      }
      return argv.get(at++);
    }

    private void named(String word) throws UnreadableException {
      int equals = word.indexOf('=');
      String name = word.substring(2, equals < 0 ? word.length() : equals);
      RunOption option = RunOption.named(name).orElseThrow(() -> unknown("--" + name));
      Optional<String> attached =
          equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1));
      add(option, attached);
    }

    /* -it, -itv /a:/b, -v/a:/b, -e=NAME */
    private void lettered(String word) throws UnreadableException {
      for (int i = 1; i < word.length(); i++) {
        char letter = word.charAt(i);
        RunOption option = RunOption.lettered(letter).orElseThrow(() -> unknown("-" + letter));
        String rest = word.substring(i + 1);
        if (rest.startsWith("=")) {
          add(option, Optional.of(rest.substring(1)));
          return;
        }
        if (option.taking() == RunOption.Taking.VALUE) {
          add(option, rest.isEmpty() ? Optional.empty() : Optional.of(rest));
          return;
        }
        add(option, Optional.empty());
      }
    }

    private void add(RunOption option, Optional<String> attached) throws UnreadableException {
      if (option.taking() == RunOption.Taking.VALUE) {
        String value =
            attached.isPresent()
                ? attached.get()
                : next("--%s has no value".formatted(option.name()));
        options.add(new Given(option, value));
        return;
      }
      options.add(new Given(option, String.valueOf(isTrue(option, attached.orElse("true")))));
    }

    private static boolean isTrue(RunOption option, String value) throws UnreadableException {
      return switch (value) {
        case "1", "t", "T", "true", "TRUE", "True" -> true;
        case "0", "f", "F", "false", "FALSE", "False" -> false;
        default ->
            throw new UnreadableException(
                "--%s=%s is neither true nor false".formatted(option.name(), value));
      };
    }

    private static UnreadableException unknown(String option) {
      return new UnreadableException(
          "the option %s is not known, so nobody can tell which word is the image"
              .formatted(option));
    }
  }
}
