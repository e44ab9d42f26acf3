// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.programs.Arg;
import dev.redoubt.guard.programs.BuiltInManuals;
import dev.redoubt.guard.programs.Call;
import dev.redoubt.guard.programs.Call.Input;
import dev.redoubt.guard.programs.Manual;
import dev.redoubt.guard.programs.NameList;
import dev.redoubt.guard.programs.Reading;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says what starting a program leads to, following its manual and what that leads to in turn.
///
/// Used by one analysis, not thread-safe.
final class Programs {

  private static final int DEEPEST = 12;

  /// The folders of the system: a program in them is the one that its manual is about.
  private static final Set<String> SYSTEM =
      Set.of("/bin/", "/usr/bin/", "/usr/local/bin/", "/sbin/", "/usr/sbin/");

  /// Wrappers of build tools that lie in the workspace.
  private static final Set<String> BUILD_WRAPPERS = Set.of("mvnw", "gradlew");

  /// Programs that pass on their own output only to the one program that they start.
  private static final Set<String> TRANSPARENT =
      Set.of("timeout", "nice", "env", "stdbuf", "time", "ionice", "taskset");

  /// Programs whose answer does not depend on the folder, as long as they are given no path.
  private static final Set<String> PLACELESS =
      Set.of(
          "echo",
          "printf",
          "true",
          "false",
          "test",
          "[",
          "date",
          "sleep",
          "seq",
          "uname",
          "whoami",
          "id",
          "hostname",
          "expr",
          "basename",
          "dirname",
          "yes",
          "nproc",
          "arch",
          "tty",
          "cal",
          "tput",
          "uptime",
          "which",
          "cat",
          "head",
          "tail",
          "sort",
          "uniq",
          "wc",
          "tr",
          "cut",
          "tac",
          "rev",
          "nl",
          "fold",
          "fmt",
          "column",
          "paste",
          "jq",
          "sed",
          "awk",
          "grep",
          "base64",
          "bc",
          "xargs",
          "tee",
          "cmp",
          "comm",
          "md5sum",
          "sha256sum",
          "kill",
          "timeout",
          "nice",
          "stdbuf",
          "time",
          "bash",
          "sh");

  private final Findings findings;
  private final Situation situation;
  private final Walk walk;
  private final FileFacts facts;
  private List<Argument> running = List.of();
  private int nesting;
  private Input output = Feed.ANY;

  Programs(Findings findings, Situation situation, Walk walk, FileFacts facts) {
    this.facts = facts;
    this.findings = findings;
    this.situation = situation;
    this.walk = walk;
  }

  /// Returns whether there is a manual of that name.
  boolean isNamed(String name) {
    return BuiltInManuals.of(name).isPresent();
  }

  /// Returns what the program wrote that was started last, when nothing else started it.
  Input output() {
    return output;
  }

  /// Walks through what starting `argv` in one of `folders` leads to.
  void run(List<Argument> argv, Folders folders, Input input) {
    output = Feed.ANY;
    if (!findings.goesOn()) {
      return;
    }
    if (nesting >= DEEPEST) {
      findings.opaque(
          "shell.too-deep", argv.getFirst().shown(), "commands are nested too deeply to follow");
      return;
    }
    String written = argv.getFirst().text().orElse(null);
    if (written == null || written.contains(Argument.NUMBER)) {
      findings.opaque(
          "shell.unknown-command", argv.getFirst().shown(), "nobody knows which program that is");
      return;
    }
    nesting++;
    named(written, argv, folders, input);
    nesting--;
  }

  private void named(String written, List<Argument> argv, Folders folders, Input input) {
    String name = name(written, folders);
    if (name == null) {
      findings.command(Argument.shown(argv), Nature.UNKNOWN, "runs the file %s".formatted(written));
      unknownWords(argv);
      return;
    }
    Optional<Manual> manual = BuiltInManuals.of(name);
    if (manual.isEmpty()) {
      findings.command(
          Argument.shown(argv),
          Nature.UNKNOWN,
          "nothing is known about the program %s".formatted(name));
      unknownWords(argv);
      return;
    }
    List<Arg> arguments = argv.subList(1, argv.size()).stream().map(Argument::arg).toList();
    Call call = new Call(name, arguments, input);
    Reading reading = manual.get().read(call);
    if (reading.nature() == Nature.HARMLESS && written.contains("/.bin/")) {
      // It is a file of the workspace, whatever its name.
      reading = new Reading(Nature.BUILD, "runs the workspace's " + written, reading.wants());
    }
    judged(argv, reading, folders);
    if (!TRANSPARENT.contains(name)) {
      findings.releaseWrites();
    }
    findings.deeper();
    if (reading.nature() == Nature.HARMLESS
        && onlyRepository(reading.wants())
        && !PLACELESS.contains(name)) {
      place(argv.getFirst().shown(), folders);
    }
    boolean quiet = name.equals("mkdir") || name.equals("touch");
    int before = findings.writes();
    List<Argument> outer = running;
    running = argv;
    for (Want want : reading.wants()) {
      want(want, folders, input);
    }
    running = outer;
    if (quiet) {
      findings.forgetWrites(before);
    }
    findings.back();
    output = NameList.of(call, reading);
  }

  private static boolean onlyRepository(List<Want> wants) {
    return wants.isEmpty() || wants.equals(List.of(new Want.Repository()));
  }

  private void judged(List<Argument> argv, Reading reading, Folders folders) {
    Nature nature = reading.nature();
    String reason = reading.reason();
    if (nature == Nature.BUILD) {
      if (findings.writes() > 0) {
        nature = Nature.CHANGES;
        reason = "runs what this line wrote before: " + reason;
      } else if (isElsewhere(reading.wants(), folders)) {
        nature = Nature.CHANGES;
        reason = "builds outside of the workspace: " + reason;
      }
    }
    findings.command(Argument.shown(argv), nature, reason);
    if (nature != Nature.HARMLESS && nature != Nature.FILES_ONLY) {
      unknownWords(argv);
    }
  }

  private boolean isElsewhere(List<Want> wants, Folders folders) {
    if (folders.isAny() || !folders.paths().stream().allMatch(findings::isInside)) {
      return true;
    }
    for (Want want : wants) {
      boolean elsewhere =
          switch (want) {
            case Want.In(Arg folder, List<Want> inner) -> isElsewhere(inner, in(folder, folders));
            case Want.With(_, List<Want> inner) -> isElsewhere(inner, folders);
            case Want.File _, Want.Connect _, Want.Command _, Want.ShellText _, Want.Opaque _ ->
                false;
            case Want.Repository() -> false;
          };
      if (elsewhere) {
        return true;
      }
    }
    return false;
  }

  private void unknownWords(List<Argument> argv) {
    for (Argument argument : argv) {
      if (argument.arg() instanceof Arg.Unknown(String shown, String reason)) {
        findings.opaque("shell.unknown-word", shown, reason);
        return;
      }
    }
  }

  /// Returns the name under which the manual is found; null when a file is run that has none.
  private @Nullable String name(String written, Folders folders) {
    int slash = written.lastIndexOf('/');
    if (slash < 0) {
      return written;
    }
    String name = written.substring(slash + 1);
    if (SYSTEM.contains(written.substring(0, slash + 1))) {
      return name;
    }
    boolean isWrapper =
        BUILD_WRAPPERS.contains(name)
            && folders.only().isPresent()
            && Folders.normal(absolute(written, folders.paths().getFirst()))
                .equals(Folders.join(Folders.normal(situation.workspace()), name));
    return isWrapper || isInstalled(written, name, folders) ? name : null;
  }

  /// Whether it is a tool where the package managers of the workspace put it.
  private boolean isInstalled(String written, String name, Folders folders) {
    if (folders.only().isEmpty() || !BuiltInManuals.isInstalledByWorkspace(name)) {
      return false;
    }
    String path = Folders.normal(absolute(written, folders.paths().getFirst()));
    return findings.isInside(path)
        && (path.endsWith("/node_modules/.bin/" + name) || path.endsWith("/vendor/bin/" + name));
  }

  private void want(Want want, Folders folders, Input input) {
    switch (want) {
      case Want.File(Access access, Arg path) -> file(access, Argument.of(path), folders);
      case Want.Connect(String method, Arg target) -> connect(method, target);
      case Want.Command(List<Arg> argv) -> {
        if (!argv.isEmpty()) {
          run(argv.stream().map(Argument::of).toList(), folders, input);
        }
      }
      case Want.ShellText(Arg text) -> shellText(text, folders, input);
      case Want.In(Arg folder, List<Want> wants) -> {
        Folders inner = in(folder, folders);
        place(folder.shown(), inner);
        wants.forEach(it -> want(it, inner, input));
      }
      case Want.With(List<Reading.Variable> variables, List<Want> wants) -> {
        variables.forEach(this::variable);
        wants.forEach(it -> want(it, folders, input));
      }
      case Want.Opaque(String rule, String shown, String reason) ->
          findings.opaque(rule, shown, reason);
      case Want.Repository() -> repository(folders);
    }
  }

  /// Records that git obeys what a repository of the workspace says. What lies elsewhere is a
  /// question by itself.
  private void repository(Folders folders) {
    for (String written : folders.paths()) {
      String folder = Folders.normal(written);
      if (!findings.isInside(folder)) {
        continue;
      }
      for (FileFacts.Setting setting : facts.repositoryPrograms(folder)) {
        if (!isHusky(setting)) {
          String quoted = setting.key() + " = " + setting.value();
          findings.command(
              Argument.shown(running),
              Nature.CHANGES,
              "the settings of the repository in %s name a program: %s".formatted(folder, quoted));
          return;
        }
      }
    }
  }

  /* Nobody may write below .husky unasked, and a person who trusts the workspace saw what is there. */
  private boolean isHusky(FileFacts.Setting setting) {
    return situation.trust() == Situation.Trust.TRUSTED
        && setting.key().equals("core.hookspath")
        && (setting.value().equals(".husky") || setting.value().equals(".husky/_"));
  }

  private void shellText(Arg text, Folders folders, Input input) {
    findings.releaseWrites();
    switch (text) {
      case Arg.Known(String known) -> {
        State state = State.in(folders, situation.home());
        walk.text(known, Walk.Reader.POSIX, state, input);
      }
      case Arg.Glob(String pattern) ->
          findings.opaque("command.code", pattern, "the text for the shell is not known");
      case Arg.Unknown(String shown, String reason) ->
          findings.opaque("command.code", shown, "the text for the shell is not known: " + reason);
    }
  }

  private void variable(Reading.Variable variable) {
    String value = variable.value() instanceof Arg.Known(String text) ? text : null;
    EnvironmentTable.objection(variable.name(), value)
        .ifPresent(reason -> findings.opaque("command.environment", variable.name(), reason));
  }

  private void connect(String method, Arg target) {
    if (target instanceof Arg.Known(String text) && !text.contains(Argument.NUMBER)) {
      findings.connect(method, text);
    } else {
      findings.opaque("shell.unknown-target", target.shown(), "nobody knows where it connects to");
    }
  }

  private static Folders in(Arg folder, Folders folders) {
    if (!(folder instanceof Arg.Known(String text)) || text.contains(Argument.NUMBER)) {
      return Folders.ANY;
    }
    if (text.startsWith("/")) {
      return Folders.of(text);
    }
    return new Folders(folders.paths().stream().map(path -> Folders.join(path, text)).toList());
  }

  /// Records that a program looks at the folder it runs in, when that is not in the workspace.
  private void place(String shown, Folders folders) {
    if (folders.isAny()) {
      findings.opaque("shell.unknown-target", shown, "nobody knows in which folder that is");
    }
    for (String path : folders.paths()) {
      if (!findings.isInside(path)) {
        findings.file(Access.LIST, new Place(path, path, Place.Kind.EXACT));
      }
    }
  }

  /// Records what a redirection does to its target.
  void redirect(Access access, Argument target, Folders folders) {
    String text = target.text().orElse("");
    boolean tcp = text.startsWith("/dev/tcp/");
    if (tcp || text.startsWith("/dev/udp/")) {
      String[] parts = text.split("/", -1);
      if (parts.length == 5 && !text.contains(Argument.NUMBER)) {
        findings.connect("", parts[3] + ":" + parts[4]);
      } else {
        findings.opaque("shell.unknown-target", target.shown(), "it connects somewhere");
      }
      return;
    }
    file(access, target, folders);
  }

  /// Records that `path` is touched.
  void file(Access access, Argument path, Folders folders) {
    switch (path.arg()) {
      case Arg.Known(String text) when text.equals(Words.PROCESS) -> {}
      case Arg.Known(String text) when text.contains(Argument.NUMBER) ->
          places(
              access,
              path.shown(),
              Words.escaped(text).replace(Argument.NUMBER, "*"),
              Place.Kind.GLOB,
              folders);
      case Arg.Known(String text) -> places(access, path.shown(), text, Place.Kind.EXACT, folders);
      case Arg.Glob(String pattern) ->
          places(access, path.shown(), pattern, Place.Kind.GLOB, folders);
      case Arg.Unknown(String shown, String reason) ->
          findings.opaque(
              access == Access.WRITE || access == Access.DELETE
                  ? "shell.unknown-target"
                  : "shell.unknown-word",
              shown,
              reason);
    }
  }

  private void places(Access access, String shown, String text, Place.Kind kind, Folders folders) {
    if (text.startsWith("/")) {
      findings.file(access, new Place(shown, text, kind));
      return;
    }
    if (folders.isAny()) {
      findings.opaque(
          "shell.unknown-target", shown, "nobody knows in which folder %s lies".formatted(shown));
      return;
    }
    for (String folder : folders.paths()) {
      String base = kind == Place.Kind.GLOB ? Words.escaped(folder) : folder;
      findings.file(access, new Place(shown, Folders.join(base, text), kind));
    }
  }

  private static String absolute(String path, String folder) {
    return path.startsWith("/") ? path : Folders.join(folder, path);
  }
}
