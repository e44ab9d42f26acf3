// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A `docker run` and its like: the image, and what the container is given of the host.
///
/// @param image the image reference as written
/// @param flags the flags with their values, in order
/// @param arguments what the image's entry point is given
public record ContainerRun(Word image, List<Option> flags, List<Word> arguments) {

  /// One flag with its dashes; the value is empty when it has none.
  public record Option(String name, Word value) {}

  private static final Set<String> ENGINES = Set.of("docker", "podman", "nerdctl", "finch");
  private static final Set<String> GLOBAL_VALUED =
      Set.of(
          "-c",
          "--context",
          "-H",
          "--host",
          "--config",
          "-l",
          "--log-level",
          "--tlscacert",
          "--tlscert",
          "--tlskey",
          "--url",
          "--connection",
          "--namespace",
          "-n");

  /* The flags of "run" without a value. Everything else takes one: an engine has five times as many
  flags with a value as without. */
  private static final Set<String> SWITCHES =
      Set.of(
          "--rm",
          "-i",
          "--interactive",
          "-t",
          "--tty",
          "-d",
          "--detach",
          "--init",
          "--privileged",
          "--read-only",
          "-P",
          "--publish-all",
          "--no-healthcheck",
          "--oom-kill-disable",
          "--sig-proxy",
          "-q",
          "--quiet",
          "--disable-content-trust",
          "--help",
          "--replace",
          "--no-hosts",
          "--tls-verify",
          "--use-api-socket",
          "--rmi",
          "--env-host",
          "--http-proxy",
          "--passwd",
          "--no-hostname",
          "--read-only-tmpfs");

  public ContainerRun {
    flags = List.copyOf(flags);
    arguments = List.copyOf(arguments);
  }

  /// Returns the run that the simple command `words` asks for; empty when it asks for something
  /// else.
  public static Optional<ContainerRun> of(List<Word> words) {
    if (words.isEmpty() || !ENGINES.contains(words.getFirst().program())) {
      return Optional.empty();
    }
    List<Word> rest = Flags.read(words.subList(1, words.size()), GLOBAL_VALUED).rest();
    if (!rest.isEmpty() && rest.getFirst().text().equals("container")) {
      rest = rest.subList(1, rest.size());
    }
    if (rest.isEmpty() || !Set.of("run", "create").contains(rest.getFirst().text())) {
      return Optional.empty();
    }
    return image(rest.subList(1, rest.size()));
  }

  private static Optional<ContainerRun> image(List<Word> words) {
    List<Option> options = new ArrayList<>();
    int i = 0;
    while (i < words.size() && words.get(i).isFlag() && !words.get(i).text().equals("--")) {
      i += option(words.subList(i, words.size()), options);
    }
    if (i < words.size() && words.get(i).text().equals("--")) {
      i++;
    }
    return i >= words.size()
        ? Optional.empty()
        : Optional.of(new ContainerRun(words.get(i), options, words.subList(i + 1, words.size())));
  }

  /* Adds the flags in the first word and returns how many words they take. */
  private static int option(List<Word> words, List<Option> options) {
    Word word = words.getFirst();
    String text = word.text();
    Word next = words.size() > 1 ? words.get(1) : new Word("", word.line());
    if (text.startsWith("--")) {
      int equals = text.indexOf('=');
      if (equals > 0) {
        options.add(
            new Option(
                text.substring(0, equals), new Word(text.substring(equals + 1), word.line())));
        return 1;
      }
      boolean isSwitch = SWITCHES.contains(text);
      options.add(new Option(text, isSwitch ? new Word("", word.line()) : next));
      return isSwitch ? 1 : 2;
    }
    for (int at = 1; at < text.length(); at++) {
      String name = "-" + text.charAt(at);
      if (!SWITCHES.contains(name)) {
        String attached = text.substring(at + 1);
        String value = attached.startsWith("=") ? attached.substring(1) : attached;
        options.add(new Option(name, value.isEmpty() ? next : new Word(value, word.line())));
        return value.isEmpty() ? 2 : 1;
      }
      options.add(new Option(name, new Word("", word.line())));
    }
    return 1;
  }

  /// Returns the values of the flags called one of `names`.
  public List<Word> values(String... names) {
    Set<String> wanted = Set.of(names);
    return flags.stream()
        .filter(flag -> wanted.contains(flag.name()) && !flag.value().text().isEmpty())
        .map(Option::value)
        .toList();
  }

  /// Returns whether the switch `name` is given and not set to `false`.
  public boolean isOn(String name) {
    return flags.stream()
        .anyMatch(
            flag -> flag.name().equals(name) && !flag.value().text().equalsIgnoreCase("false"));
  }

  /// Returns the host side of every bind mount and volume, as written.
  public List<String> mounts() {
    List<String> sources = new ArrayList<>();
    for (Option option : flags) {
      String value = option.value().text();
      switch (option.name()) {
        case "-v", "--volume" -> {
          String source = hostSide(value);
          sources.add(source.equals(value) ? "" : source);
        }
        case "--mount" -> mountSource(value).ifPresent(sources::add);
        default -> {}
      }
    }
    return sources.stream().filter(source -> !source.isEmpty()).toList();
  }

  /// Returns the host side of a volume in the manner of `SOURCE:TARGET[:OPTIONS]`, drive letters
  /// and references with a colon inside respected.
  public static String hostSide(String volume) {
    int depth = 0;
    for (int i = 0; i < volume.length(); i++) {
      char c = volume.charAt(i);
      if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth--;
      }
      boolean drive =
          i == 1
              && Character.isLetter(volume.charAt(0))
              && volume.length() > 2
              && (volume.charAt(2) == '\\' || volume.charAt(2) == '/')
              && volume.indexOf(':', 2) > 0;
      if (c == ':' && depth <= 0 && !drive) {
        return volume.substring(0, i);
      }
    }
    return volume;
  }

  private static Optional<String> mountSource(String value) {
    for (String field : value.split(",", -1)) {
      if (field.startsWith("src=") || field.startsWith("source=")) {
        return Optional.of(field.substring(field.indexOf('=') + 1));
      }
    }
    return Optional.empty();
  }
}
