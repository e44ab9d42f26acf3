// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.Tool.Access;
import dev.redoubt.agent.hooks.HookTerms;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Nearest;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.extensions.Extensions;
import dev.redoubt.cli.sandbox.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What an agent may use. A tool that a mode does not have does not exist for the model, whatever
/// it calls; what remains goes through the guard as always.
///
/// @param text its name
/// @param access what its tools may do
/// @param names of tools it has besides and of those it has not
/// @param instructions what the model is told in it; may be empty
/// @param model which model is asked unless the call says otherwise
public record Mode(
    String text, Set<Access> access, Names names, String instructions, Optional<String> model) {

  /// Everything.
  public static final Mode CODE = builtIn("code", EnumSet.allOf(Access.class));

  /// Looks and thinks, to say what it would do.
  public static final Mode PLAN = builtIn("plan", EnumSet.of(Access.READS, Access.THINKS));

  /// Looks and thinks, to say what is wrong.
  public static final Mode REVIEW = builtIn("review", EnumSet.of(Access.READS, Access.THINKS));

  /// Only talks.
  public static final Mode CHAT = builtIn("chat", EnumSet.of(Access.THINKS));

  private static final String SERVED = "mcp__";
  private static final List<Mode> BUILT_IN = List.of(CHAT, PLAN, REVIEW, CODE);
  private static final List<String> KEYS =
      List.of("description", "access", "tools", "without", "instructions", "model");

  /// Names of tools, `*` standing for any text.
  ///
  /// @param also those it has besides
  /// @param without those it has not, whatever else is said
  public record Names(List<String> also, List<String> without) {

    static final Names NONE = new Names(List.of(), List.of());

    public Names {
      also = List.copyOf(also);
      without = List.copyOf(without);
    }
  }

  public Mode {
    requireNonNull(text, "text");
    access = Set.copyOf(access);
    requireNonNull(names, "names");
    requireNonNull(instructions, "instructions");
    requireNonNull(model, "model");
  }

  private static Mode builtIn(String name, Set<Access> access) {
    return new Mode(name, access, Names.NONE, "", Optional.empty());
  }

  /// Returns the mode of `--mode`, one that is built in or configured; `code` when it was not
  /// given.
  ///
  /// @throws UsageException if there is no such mode
  /// @throws dev.redoubt.model.RedoubtException USAGE if it is not configured right
  public static Mode of(Call call, Extensions extensions) {
    String name = call.text("--mode").orElse("code");
    Map<String, Mode> modes = all(extensions);
    Mode mode = modes.get(name);
    if (mode == null) {
      throw new UsageException(
          "--mode \"%s\" is not %s%s"
              .formatted(
                  name,
                  String.join(", ", modes.keySet()),
                  Nearest.to(name, List.copyOf(modes.keySet()))
                      .map("; did you mean %s?"::formatted)
                      .orElse("")));
    }
    return mode;
  }

  /// Returns every mode by name, those that are built in first.
  public static Map<String, Mode> all(Extensions extensions) {
    Map<String, Mode> modes = new LinkedHashMap<>();
    for (Mode mode : List.of(CODE, PLAN, REVIEW, CHAT)) {
      modes.put(mode.text, mode);
    }
    new TreeMap<>(extensions.modes())
        .forEach((name, table) -> modes.put(name, configured(name, table)));
    return modes;
  }

  private static Mode configured(String name, Table table) {
    if (BUILT_IN.stream().anyMatch(mode -> mode.text.equals(name))) {
      throw table.wrong("access", "is of the mode \"%s\", which is built in".formatted(name));
    }
    if (!name.matches("[a-z0-9][a-z0-9-]{0,31}")) {
      throw table.wrong("access", "is of \"%s\", which is no name of a mode".formatted(name));
    }
    table.requireKeys(KEYS);
    Set<Access> access = EnumSet.noneOf(Access.class);
    for (String word : table.texts("access")) {
      access.add(
          Arrays.stream(Access.values())
              .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(word))
              .findFirst()
              .orElseThrow(() ->
                  table.wrong(
                      "access",
                      "has \"%s\"; known: reads, thinks, writes, runs, connects".formatted(word))));
    }
    return new Mode(
        name,
        access,
        new Names(table.texts("tools"), table.texts("without")),
        table.text("instructions").orElse(""),
        table.text("model"));
  }

  /// Checks that it names no tool that does not exist, so that a slip of the pen neither gives nor
  /// hides one unseen.
  ///
  /// @throws UsageException if it does
  void requireKnown(List<Tool> tools) {
    List<String> all = tools.stream().map(tool -> tool.spec().name()).toList();
    for (List<String> list : List.of(names.also, names.without)) {
      for (String name : list) {
        if (name.indexOf('*') < 0 && !name.startsWith(SERVED) && !all.contains(name)) {
          throw new UsageException(
              "the mode %s names a tool \"%s\", which there is not%s"
                  .formatted(
                      text,
                      name,
                      Nearest.to(name, all).map("; did you mean %s?"::formatted).orElse("")));
        }
      }
    }
  }

  /// Returns whether it can have tools of MCP servers, which are not known before these run.
  boolean isServed() {
    return access.contains(Access.CONNECTS)
        || names.also.stream().anyMatch(name -> name.startsWith(SERVED) || name.startsWith("*"));
  }

  /// Returns those of `tools` that it has.
  List<Tool> among(List<Tool> tools) {
    return tools.stream().filter(this::has).toList();
  }

  private boolean has(Tool tool) {
    String name = tool.spec().name();
    return (access.contains(tool.access()) || fits(names.also, name)) && !fits(names.without, name);
  }

  private static boolean fits(List<String> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> HookTerms.fits(pattern, name));
  }

  /// Returns for each of `tools` that it has not the built-in mode that does least and has it.
  Map<String, String> elsewhere(List<Tool> tools) {
    Map<String, String> modes = new LinkedHashMap<>();
    for (Tool tool : tools) {
      if (!has(tool)) {
        List<Mode> having = new ArrayList<>(BUILT_IN);
        having.removeIf(mode -> !mode.has(tool));
        modes.put(tool.spec().name(), having.getFirst().text);
      }
    }
    return modes;
  }
}
