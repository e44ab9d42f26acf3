// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.extensions;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Hook;
import dev.redoubt.agent.api.Hook.Right;
import dev.redoubt.agent.api.Moment;
import dev.redoubt.agent.hooks.CommandHook;
import dev.redoubt.agent.hooks.HookTerms;
import dev.redoubt.agent.hooks.HttpHook;
import dev.redoubt.cli.sandbox.Table;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.StrictUrl;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.sandbox.network.WebClient;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `[[hooks]]`.
final class HookSettings {

  private static final List<String> KEYS =
      List.of(
          "name",
          "event",
          "tools",
          "actions",
          "command",
          "script",
          "url",
          "timeout",
          "gate",
          "may-allow");
  private static final List<String> ACTIONS =
      List.of(
          "run",
          "read",
          "write",
          "delete",
          "list",
          "search",
          "connect",
          "fetch",
          "call-tool",
          "start-server",
          "send-to-model",
          "load-config");
  private static final Set<Moment> ABOUT_TOOLS =
      EnumSet.of(Moment.PRE_TOOL, Moment.POST_TOOL, Moment.ON_ASK);
  private static final Set<Moment> ABOUT_ACTIONS = EnumSet.of(Moment.PRE_TOOL, Moment.ON_ASK);
  private static final Set<Moment> CLOSED =
      EnumSet.of(Moment.PRE_TOOL, Moment.PRE_MODEL, Moment.ON_ASK);
  private static final Duration USUAL = Duration.ofSeconds(60);
  private static final Duration AT_THE_END = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Path workspace;
  private final Whose whose;

  /// Who wrote the hooks.
  ///
  /// @param shown before their names; nothing when empty
  /// @param kind what that allows
  /// @param scripts of a plugin, by name
  record Whose(String shown, Kind kind, Map<String, String> scripts) {
    static final Whose OPERATOR = new Whose("", Kind.OPERATOR, Map.of());
    static final Whose CHECKOUT = new Whose("checkout:", Kind.CHECKOUT, Map.of());

    Whose {
      requireNonNull(shown, "shown");
      requireNonNull(kind, "kind");
      scripts = Map.copyOf(scripts);
    }

    static Whose plugin(String name, Map<String, String> scripts) {
      return new Whose("plugin:" + name + ":", Kind.PLUGIN, scripts);
    }
  }

  enum Kind {
    /// May name an address and allow.
    OPERATOR,
    /// Was shown to the operator, who said yes to its commands.
    PLUGIN,
    /// Is trusted, no more.
    CHECKOUT
  }

  private HookSettings(Path workspace, Whose whose) {
    this.workspace = workspace;
    this.whose = whose;
  }

  /// Returns the hooks of `root`, in their order.
  ///
  /// @throws RedoubtException USAGE if one of them is wrong
  static List<Hook> of(Table root, Path workspace, Whose whose) {
    HookSettings settings = new HookSettings(workspace, whose);
    List<Hook> hooks = new ArrayList<>();
    for (Table table : root.tables("hooks")) {
      hooks.add(settings.hook(table, hooks.size() + 1));
    }
    return hooks;
  }

  private Hook hook(Table table, int number) {
    table.requireKeys(KEYS);
    String event = table.text("event").orElseThrow(() -> table.wrong("event", "is missing"));
    Moment moment =
        Moment.of(event)
            .orElseThrow(() ->
                table.wrong(
                    "event",
                    "is none of session_start, session_end, pre_model, post_model, pre_tool,"
                        + " post_tool, turn_end, on_ask"));
    String name = table.text("name").orElse(moment.word() + "-" + number);
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}")) {
      throw table.wrong("name", "is no name: up to 64 letters, digits, blanks and . _ -");
    }
    HookTerms terms =
        new HookTerms(
            whose.shown() + name,
            moment,
            tools(table, moment),
            actions(table, moment),
            rights(table, moment),
            allowed(table, moment));
    Optional<Program> program = program(table).or(() -> script(table));
    Optional<String> url = table.text("url");
    if (program.isPresent() == url.isPresent()) {
      throw table.wrong("command", "or url: give one of them");
    }
    return program.isPresent()
        ? new CommandHook(terms, program.get(), workspace)
        : http(table, terms, url.get());
  }

  private static List<String> tools(Table table, Moment moment) {
    List<String> tools = table.texts("tools");
    if (!tools.isEmpty() && !ABOUT_TOOLS.contains(moment)) {
      throw table.wrong("tools", "is for pre_tool, post_tool and on_ask");
    }
    return tools;
  }

  private static List<String> actions(Table table, Moment moment) {
    List<String> actions = table.texts("actions");
    if (!actions.isEmpty() && !ABOUT_ACTIONS.contains(moment)) {
      throw table.wrong("actions", "is for pre_tool and on_ask");
    }
    for (String action : actions) {
      if (!ACTIONS.contains(action)) {
        throw table.wrong(
            "actions", "has \"%s\"; known: %s".formatted(action, String.join(", ", ACTIONS)));
      }
    }
    return actions;
  }

  private Set<Right> rights(Table table, Moment moment) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    if (table.node().get("gate").isPresent() ? table.flag("gate") : CLOSED.contains(moment)) {
      rights.add(Right.GATE);
    }
    if (whose.kind() != Kind.CHECKOUT) {
      rights.add(Right.VOUCHED);
    }
    if (table.flag("may-allow")) {
      if (moment != Moment.ON_ASK) {
        throw table.wrong("may-allow", "is for on_ask");
      }
      if (whose.kind() != Kind.OPERATOR) {
        throw table.wrong("may-allow", "counts in your own configuration only");
      }
      rights.add(Right.ALLOWS);
    }
    return rights;
  }

  private static Duration allowed(Table table, Moment moment) {
    Duration usual = moment == Moment.SESSION_END ? AT_THE_END : USUAL;
    Optional<String> text = table.text("timeout");
    if (text.isEmpty()) {
      if (table.node().get("timeout").isPresent()) {
        throw table.wrong("timeout", "is no text in the manner of 30s or 2m");
      }
      return usual;
    }
    if (text.get().matches("[1-9][0-9]{0,3}[sm]")) {
      long number = Long.parseLong(text.get().substring(0, text.get().length() - 1));
      Duration allowed =
          text.get().endsWith("m") ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
      if (allowed.compareTo(LONGEST) <= 0) {
        return allowed;
      }
    }
    throw table.wrong("timeout", "is no time in the manner of 30s or 2m, at most 10m");
  }

  /* The text itself is run, so that no wall has to show the folder it lies in. */
  private Optional<Program> script(Table table) {
    Optional<String> name = table.text("script");
    if (name.isEmpty()) {
      return Optional.empty();
    }
    String text = whose.scripts().get(name.get());
    if (text == null) {
      throw table.wrong("script", "is for plugins, and names a file of theirs");
    }
    return Optional.of(new Program.Line(Program.Shell.BASH, text));
  }

  private static Optional<Program> program(Table table) {
    Optional<Node> command = table.node().get("command");
    if (command.isEmpty()) {
      return Optional.empty();
    }
    if (command.get() instanceof Node.Arr) {
      List<String> argv = table.texts("command");
      if (argv.isEmpty() || argv.getFirst().isBlank()) {
        throw table.wrong("command", "is empty");
      }
      return Optional.of(new Program.Argv(argv));
    }
    String line = table.text("command").orElse("");
    if (line.isBlank()) {
      throw table.wrong("command", "is empty");
    }
    return Optional.of(new Program.Line(Program.Shell.BASH, line));
  }

  private Hook http(Table table, HookTerms terms, String url) {
    if (whose.kind() != Kind.OPERATOR) {
      throw table.wrong("url", "counts in your own configuration only");
    }
    StrictUrl at =
        switch (StrictUrl.read(url)) {
          case Reading.Good<StrictUrl>(StrictUrl good) -> good;
          case Reading.Bad<StrictUrl>(String _, String reason) -> throw table.wrong("url", reason);
        };
    try {
      return new HttpHook(terms, workspace.toString(), at, WebClient.create());
    } catch (SocketException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE, "the network cards cannot be listed: " + e.getMessage(), e);
    }
  }
}
