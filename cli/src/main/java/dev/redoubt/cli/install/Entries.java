// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.install;

import dev.redoubt.cli.install.Part.Member;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds the servers in a configuration, and what of it is not for the screen.
final class Entries {

  private static final int DEEPEST = 6;
  private static final Set<String> SECTIONS =
      Set.of(
          "mcpServers",
          "mcp_servers",
          "mcp-servers",
          "context_servers",
          "mcp.servers",
          "modelContextProtocolServers",
          "amp.mcpServers");
  private static final Set<String> OTHER =
      Set.of("properties", "$defs", "definitions", "history", "examples");
  private static final List<String> ENVIRONMENTS = List.of("env", "environment");
  private static final Set<String> SECRET =
      Set.of(
          "env",
          "environment",
          "headers",
          "http_headers",
          "requestInit",
          "auth",
          "oauth",
          "bearer_token");

  private final List<Entry> entries = new ArrayList<>();
  private final List<String> left = new ArrayList<>();
  private final boolean ofServers;

  private Entries(boolean ofServers) {
    this.ofServers = ofServers;
  }

  /// Returns the servers below `root` that a client starts.
  ///
  /// @param ofServers whether the file is about servers only, so that `servers` holds them
  static Entries in(Part root, boolean ofServers) {
    Entries found = new Entries(ofServers);
    found.search(root, DEEPEST);
    return found;
  }

  /// Returns the servers that are started by a command.
  List<Entry> started() {
    return List.copyOf(entries);
  }

  /// Returns the names of those that are reached in another way.
  List<String> others() {
    return List.copyOf(left);
  }

  private void search(Part part, int depth) {
    if (depth == 0 || !(part instanceof Part.Obj(int _, int _, List<Member> members))) {
      return;
    }
    for (Member member : members) {
      boolean servers = ofServers && depth == DEEPEST && member.key().equals("servers");
      if (SECTIONS.contains(member.key()) || servers) {
        section(member.value());
      } else if (member.key().equals("mcp")) {
        mcp(member.value(), depth);
      } else if (!OTHER.contains(member.key())) {
        search(member.value(), depth - 1);
      }
    }
  }

  private void mcp(Part value, int depth) {
    if (!(value instanceof Part.Obj object)) {
      return;
    }
    Optional<Part> servers = object.get("servers");
    boolean bare =
        object.members().stream()
            .anyMatch(member ->
                member.value() instanceof Part.Obj each
                    && (each.get("command").isPresent() || each.get("url").isPresent()));
    if (servers.isPresent()) {
      section(servers.get());
    } else if (bare) {
      section(object);
    } else {
      search(object, depth - 1);
    }
  }

  private void section(Part section) {
    if (section instanceof Part.Obj(int _, int _, List<Member> members)) {
      for (Member member : members) {
        if (member.value() instanceof Part.Obj server) {
          server(member.key(), server);
        }
      }
    } else if (section instanceof Part.Arr(int _, int _, List<Part> items)) {
      for (Part item : items) {
        if (item instanceof Part.Obj server) {
          String name =
              server
                  .get("name")
                  .map(Entries::text)
                  .filter(text -> !text.isEmpty())
                  .orElse("server");
          server(
              name, server.get("transport").orElse(server) instanceof Part.Obj own ? own : server);
        }
      }
    }
  }

  private void server(String name, Part.Obj server) {
    Optional<Member> command = member(server, "command");
    if (command.isEmpty()) {
      left.add(name);
      return;
    }
    switch (command.get().value()) {
      case Part.Text program -> add(name, server, program, command.get());
      case Part.Arr list
          when !list.items().isEmpty() && list.items().getFirst() instanceof Part.Text program ->
          entries.add(
              new Entry(
                  name,
                  program,
                  command.get().manner(),
                  Optional.of(list),
                  variables(server),
                  obstacle(server, list)));
      case Part.Obj inner -> server(name, inner, server);
      case Part.Arr _, Part.Other _ -> left.add(name);
    }
  }

  /* "command": {"path": …, "args": […], "env": {…}} */
  private void server(String name, Part.Obj inner, Part.Obj outer) {
    Optional<Member> path = member(inner, "path");
    if (path.isPresent() && path.get().value() instanceof Part.Text program) {
      Part.Obj both = new Part.Obj(inner.start(), inner.end(), new ArrayList<>(outer.members()));
      both.members().removeIf(member -> member.key().equals("command"));
      both.members().addAll(inner.members());
      add(name, both, program, path.get());
    } else {
      left.add(name);
    }
  }

  private void add(String name, Part.Obj server, Part.Text program, Member command) {
    Optional<Part> given = server.get("args");
    Optional<Part.Arr> list = given.filter(Part.Arr.class::isInstance).map(Part.Arr.class::cast);
    Optional<String> obstacle =
        given.isPresent() && list.isEmpty()
            ? Optional.of("its arguments are no list")
            : list.flatMap(items -> obstacle(server, items)).or(() -> obstacle(server));
    if (list.isEmpty() && command.manner() == Part.Manner.DOTTED) {
      obstacle = obstacle.or(() -> Optional.of("its command is written as a key with a dot"));
    }
    if (program.value().matches(".*\\s.*") && !program.value().matches("(?:/|[A-Za-z]:).*")) {
      obstacle = obstacle.or(() -> Optional.of("its command is a whole line"));
    }
    entries.add(new Entry(name, program, command.manner(), list, variables(server), obstacle));
  }

  private static Optional<String> obstacle(Part.Obj server, Part.Arr list) {
    return list.items().stream().allMatch(Part.Text.class::isInstance)
        ? obstacle(server)
        : Optional.of("not all of its arguments are texts");
  }

  private static Optional<String> obstacle(Part.Obj server) {
    for (String key : List.of("envFile", "env_file")) {
      if (server.get(key).isPresent()) {
        return Optional.of("%s holds variables whose names are not here".formatted(key));
      }
    }
    return Optional.empty();
  }

  private static List<String> variables(Part.Obj server) {
    Set<String> names = new LinkedHashSet<>();
    for (String key : ENVIRONMENTS) {
      if (server.get(key).orElse(null) instanceof Part.Obj(int _, int _, List<Member> members)) {
        members.forEach(member -> names.add(member.key()));
      }
    }
    if (server.get("env_vars").orElse(null) instanceof Part.Arr(int _, int _, List<Part> items)) {
      items.forEach(item -> names.add(text(item)));
    }
    names.remove("");
    return List.copyOf(names);
  }

  private static Optional<Member> member(Part.Obj object, String key) {
    return object.members().stream()
        .filter(member -> member.key().equals(key))
        .reduce((_, last) -> last);
  }

  private static String text(Part part) {
    return part instanceof Part.Text(int _, int _, String value) ? value : "";
  }

  /// Returns `text` as it may be shown: without the values that clients give to servers.
  ///
  /// @param root what stands in it
  static String masked(String text, Part root) {
    StringBuilder shown = new StringBuilder();
    int from = 0;
    List<Part> secret = new ArrayList<>();
    secrets(root, false, secret);
    for (Part part : secret.stream().sorted((a, b) -> a.start() - b.start()).toList()) {
      shown.append(text, from, part.start()).append("\"***\"");
      from = part.end();
    }
    return shown.append(text, from, text.length()).toString();
  }

  private static void secrets(Part part, boolean secret, List<Part> found) {
    switch (part) {
      case Part.Obj(int _, int _, List<Member> members) ->
          members.forEach(
              member -> secrets(member.value(), secret || SECRET.contains(member.key()), found));
      case Part.Arr(int _, int _, List<Part> items) ->
          items.forEach(item -> secrets(item, secret, found));
      case Part.Text _, Part.Other _ -> {
        if (secret) {
          found.add(part);
        }
      }
    }
  }
}
