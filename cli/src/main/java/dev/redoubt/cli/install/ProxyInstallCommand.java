// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.install;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import dev.redoubt.cli.guard.LineDifference;
import dev.redoubt.cli.scan.Machine;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import dev.redoubt.scan.extractors.agents.ClientPlaces;
import dev.redoubt.secrets.Redaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `redoubt proxy install`: puts the proxy in front of the MCP servers that a client starts, or
/// takes it away again.
///
/// Shows what it would change and changes nothing until `--yes`. What a file was before lies beside
/// it under its name with `.before-redoubt`.
public final class ProxyInstallCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("CLIENT")
                .type(String.class)
                .description("claude-desktop, claude-code, cursor, vscode, codex, … or another id.")
                .build())
        .addOption(
            OptionSpec.builder("--server")
                .paramLabel("NAME")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description("Only this server, as the client calls it; again for another one.")
                .build())
        .addOption(
            OptionSpec.builder("--project")
                .description("Change the files in this folder, not your own.")
                .build())
        .addOption(value("--mode", "MODE", "What the proxies are told: enforce or observe."))
        .addOption(value("--sandbox", "B", "What the proxies are told to put around servers."))
        .addOption(OptionSpec.builder("--undo").description("Take the proxy away again.").build())
        .addOption(OptionSpec.builder("--yes").description("Write the change.").build())
        .addOption(value("--program", "PATH", "How the client starts Redoubt; this program."));
  }

  private static OptionSpec value(String name, String label, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt proxy install claude-desktop",
        "redoubt proxy install cursor --project --server files --sandbox bubblewrap --yes",
        "redoubt proxy install codex --undo --yes");
  }

  @Override
  public int run(Call call) {
    ClientFiles files = files(call);
    for (Path other : files.others()) {
      CommandOutput.note(call, "redoubt: %s is neither JSON nor TOML, and stays as it is", other);
    }
    if (files.editable().isEmpty()) {
      CommandOutput.note(call, "redoubt: there is no configuration to change; looked for");
      files.looked().forEach(path -> CommandOutput.note(call, "  %s", path));
      return ExitCode.NO;
    }
    Set<String> wanted = new LinkedHashSet<>(call.texts("--server"));
    requireKnown(files, wanted);
    List<Change> changes = new ArrayList<>();
    for (Path path : files.editable()) {
      changes.add(change(call, new ConfigurationFile(path), wanted));
    }
    changes.forEach(
        change -> change.notes().forEach(note -> CommandOutput.note(call, "redoubt: %s", note)));
    return written(call, changes.stream().filter(Change::isOne).toList());
  }

  private static ClientFiles files(Call call) {
    String id = call.parameter(0).orElse("");
    ClientPlaces client =
        ClientPlaces.of(id)
            .orElseThrow(
                () -> new UsageException("which client? " + String.join(", ", ClientPlaces.ids())));
    if (!call.has("--project")) {
      return ClientFiles.of(
          client.machine(
              call.world().home().toAbsolutePath().normalize(),
              call.world().environment(),
              Machine.system(System.getProperty("os.name", ""))));
    }
    ClientFiles found = ClientFiles.in(call.world().folder(), client.project());
    for (Path file : found.editable()) {
      requireNoLink(call.world().folder(), file);
    }
    return found;
  }

  /* A checkout could lead the change to any file of the person. */
  private static void requireNoLink(Path folder, Path file) {
    for (Path path = file; path != null && !path.equals(folder); path = path.getParent()) {
      if (Files.isSymbolicLink(path)) {
        throw new RedoubtException(
            ErrorCode.USAGE,
            "\"%s\" is reached through a link of the checkout: nothing was changed"
                .formatted(file));
      }
    }
  }

  private static void requireKnown(ClientFiles files, Set<String> wanted) {
    Set<String> unknown = new LinkedHashSet<>(wanted);
    Set<String> known = new LinkedHashSet<>();
    for (Path path : files.editable()) {
      try {
        Entries entries = ClientFiles.format(path).entries(new ConfigurationFile(path).text());
        entries.started().forEach(entry -> known.add(entry.name()));
        known.addAll(entries.others());
      } catch (NotUnderstoodException e) {
        throw unreadable(path, e);
      }
    }
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new UsageException(
          "there is no server \"%s\"; there %s"
              .formatted(
                  unknown.iterator().next(),
                  known.isEmpty() ? "are none" : "are " + String.join(", ", known)));
    }
  }

  /// What becomes of one file.
  private record Change(
      ConfigurationFile file, String before, String after, List<String> notes, boolean restores) {

    boolean isOne() {
      return !before.equals(after);
    }
  }

  private static Change change(Call call, ConfigurationFile file, Set<String> wanted) {
    Wrapping wrapping =
        new Wrapping(
            call.text("--program").orElse(System.getProperty("redoubt.launcher", "redoubt")),
            options(call),
            ClientFiles.format(file.path()));
    String before = file.text();
    try {
      if (call.has("--undo")) {
        return undone(file, before, wrapping, wanted);
      }
      Wrapping.Result result = wrapping.wrapped(before, name -> isWanted(wanted, name));
      // An edit that could not be read again is none.
      ClientFiles.format(file.path()).parts(result.text());
      return new Change(file, before, result.text(), result.left(), false);
    } catch (NotUnderstoodException e) {
      throw unreadable(file.path(), e);
    }
  }

  private static boolean isWanted(Set<String> wanted, String name) {
    return wanted.isEmpty() || wanted.contains(name);
  }

  private static List<String> options(Call call) {
    List<String> options = new ArrayList<>();
    call.text("--mode")
        .ifPresent(mode -> options.addAll(List.of("--mode", known("--mode", mode, MODES))));
    call.text("--sandbox")
        .ifPresent(name -> options.addAll(List.of("--sandbox", known("--sandbox", name, WALLS))));
    return options;
  }

  private static final List<String> MODES = List.of("enforce", "observe");
  private static final List<String> WALLS =
      List.of("local", "bubblewrap", "landlock", "docker", "ssh", "auto");

  private static String known(String option, String word, List<String> words) {
    if (!words.contains(word)) {
      throw new UsageException(
          "%s \"%s\" is not one of %s".formatted(option, word, String.join(", ", words)));
    }
    return word;
  }

  /* What was there before comes back to the last blank when nothing else was changed since; else
   * only the proxies are taken away. */
  private static Change undone(
      ConfigurationFile file, String before, Wrapping wrapping, Set<String> wanted)
      throws NotUnderstoodException {
    String bare = wrapping.unwrapped(before, name -> isWanted(wanted, name));
    Optional<String> kept = file.before();
    if (kept.isEmpty() || bare.equals(before) || !wanted.isEmpty()) {
      return new Change(file, before, bare, List.of(), false);
    }
    // A list of arguments that was added stays behind empty, and says the same.
    String was = wrapping.wrapped(kept.get(), _ -> true).text();
    if (was.equals(wrapping.wrapped(bare, _ -> true).text())) {
      return new Change(file, before, kept.get(), List.of(), true);
    }
    return new Change(
        file,
        before,
        bare,
        List.of(
            "%s was changed since the proxy was put in; only that is taken away"
                .formatted(file.path())),
        false);
  }

  private static int written(Call call, List<Change> changes) {
    if (changes.isEmpty()) {
      CommandOutput.line(
          call,
          call.has("--undo")
              ? "no server is behind a proxy of Redoubt"
              : "nothing is to be changed");
      return ExitCode.OK;
    }
    for (Change change : changes) {
      CommandOutput.line(call, "%s", change.file().path());
      difference(change).forEach(line -> CommandOutput.line(call, "  %s", line));
    }
    if (!call.has("--yes")) {
      CommandOutput.line(call, "nothing was written; with --yes it is");
      return ExitCode.OK;
    }
    for (Change change : changes) {
      boolean first = !call.has("--undo") && !change.file().before().isPresent();
      change.file().replace(change.before(), change.after(), first);
      if (change.restores()) {
        change.file().forget();
      }
      CommandOutput.line(
          call,
          "%s",
          first
              ? "written; what was there is in " + change.file().backup().getFileName()
              : change.restores() ? "written; it is as it was before" : "written");
    }
    return ExitCode.OK;
  }

  /* Keys of accounts stand in these files, and a screen is seen by others. */
  private static List<String> difference(Change change) {
    Wrapping.Format format = ClientFiles.format(change.file().path());
    try {
      return LineDifference.of(
              Entries.masked(change.before(), format.parts(change.before())),
              Entries.masked(change.after(), format.parts(change.after())))
          .stream()
          .map(Redaction::text)
          .toList();
    } catch (NotUnderstoodException e) {
      throw unreadable(change.file().path(), e);
    }
  }

  private static RedoubtException unreadable(Path path, NotUnderstoodException e) {
    return new RedoubtException(
        ErrorCode.UNREADABLE,
        "\"%s\" cannot be followed, %s: nothing was changed".formatted(path, e.getMessage()),
        e);
  }
}
