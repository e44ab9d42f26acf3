// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.Terminal;
import dev.redoubt.cli.Terminal.Run;
import dev.redoubt.testkit.Namespaces;
import dev.redoubt.testkit.NeedsNamespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A command fills a real disk of a few megabytes: that of the workspace, or of Redoubt's data too.
@NeedsNamespaces
class FullDiskTest {

  private static final String FILLS = ": > kept; head -c 9000000 /dev/zero > large";

  @TempDir private Path folder;

  @Test
  void whatFilledTheWorkspaceRanAndFailedAndIsUndone() throws Exception {
    assertThat(ran(FullWorkspace.class))
        .containsExactly(
            "head: error writing 'standard output': No space left on device",
            "filling: 1",
            "report: ran and failed",
            "undo: 0",
            "kept: 10000, large: gone");
  }

  @Test
  void whatCannotBeWrittenDownIsNotDoneAndNothingIsLost() throws Exception {
    assertThat(ran(FullData.class))
        .containsExactly(
            "head: error writing 'standard output': No space left on device",
            "filling: 1 redoubt: cannot record the workspace after the turn",
            "recorded: 4 redoubt: cannot record the workspace",
            "undo: 4 redoubt: cannot undo in",
            "evidence: 4 redoubt: cannot write evidence to",
            "touched by what was refused: 0",
            "with room: 0 redoubt: turn 1",
            "undo: 0",
            "undo: 0",
            "kept: 10000, large: gone",
            "verify: 0");
  }

  private List<String> ran(Class<?> program) throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Path out = folder.resolve("out");
    List<String> command =
        List.of(
            "sh",
            "-c",
            "ip link set lo up && mount -t tmpfs -o size=4m none \"$1\" &&"
                + " LC_ALL=C exec \"$2\" -XX:TieredStopAtLevel=1"
                + " --enable-native-access=ALL-UNNAMED -cp \"$3\" \"$4\" \"$1\" \"$5\"",
            "sh",
            disk.toString(),
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            System.getProperty("java.class.path"),
            program.getName(),
            Files.createDirectory(folder.resolve("home")).toString());
    Process process =
        new ProcessBuilder(Namespaces.around(command))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(out)).isZero();
    return Files.readAllLines(out);
  }

  /// One small disk, and the calls that are made on it.
  private record Scene(Path workspace, Path home) {

    static Scene laidOut(Path workspace, Path home) throws IOException {
      Files.writeString(workspace.resolve("kept"), "text ".repeat(2000));
      return new Scene(workspace, home);
    }

    Run redoubt(String... arguments) {
      return new Terminal(workspace, home).redoubt(arguments);
    }

    Run exec(String... arguments) {
      String[] all = new String[arguments.length + 3];
      System.arraycopy(new String[] {"exec", "--approval", "allow"}, 0, all, 0, 3);
      System.arraycopy(arguments, 0, all, 3, arguments.length);
      return redoubt(all);
    }

    void sayFiles() throws IOException {
      String large = Files.exists(workspace.resolve("large")) ? "there" : "gone";
      say("kept: %d, large: %s".formatted(Files.size(workspace.resolve("kept")), large));
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }

  /* Without what follows the first name or number of a complaint. */
  private static void say(String what, Run run) {
    String complaint = run.err().strip().replaceAll("(?s)( \"| \\(|: No space).*", "");
    say("%s: %d %s".formatted(what, run.exitCode(), complaint).strip());
  }

  /// The workspace alone is on the small disk.
  static final class FullWorkspace {

    private FullWorkspace() {}

    public static void main(String[] arguments) throws Exception {
      Scene scene = Scene.laidOut(Path.of(arguments[0]), Path.of(arguments[1]));
      Path report = scene.home().resolve("report");
      say("filling", scene.exec("--report", report.toString(), "--", "sh", "-c", FILLS));
      String said = Files.readString(report);
      boolean failed = said.contains("\"outcome\":\"ran\"") && said.contains("\"exitCode\":1");
      say("report: " + (failed ? "ran and failed" : said));
      say("undo", scene.redoubt("undo"));
      scene.sayFiles();
    }
  }

  /// Redoubt's data is on it too.
  static final class FullData {

    private FullData() {}

    public static void main(String[] arguments) throws Exception {
      Path disk = Path.of(arguments[0]);
      Scene scene =
          Scene.laidOut(
              Files.createDirectory(disk.resolve("work")),
              Files.createDirectory(disk.resolve("home")));
      say("filling", scene.exec("--", "sh", "-c", FILLS));
      say("recorded", scene.exec("--", "touch", "made"));
      say("undo", scene.redoubt("undo"));
      withoutEvidence(scene);
      Files.write(scene.workspace().resolve("large"), new byte[0]);
      say("with room", scene.exec("--", "touch", "made"));
      say("undo", scene.redoubt("undo"));
      say("undo", scene.redoubt("undo"));
      scene.sayFiles();
      say("verify", scene.redoubt("evidence", "verify"));
    }

    /* The last page of its file has room for some. The first complaint may be about the outcome of
     * what ran; after it there is no room for a decision. */
    private static void withoutEvidence(Scene scene) throws IOException {
      int refused = 0;
      int touched = 0;
      Run last = null;
      for (int i = 0; i < 50 && refused < 3; i++) {
        Path made = scene.workspace().resolve("made-" + i);
        last = scene.exec("--no-undo", "--", "touch", made.toString());
        if (last.err().contains("cannot write evidence")) {
          refused++;
          touched += refused > 1 && Files.exists(made) ? 1 : 0;
        }
      }
      say("evidence", java.util.Objects.requireNonNull(last));
      say("touched by what was refused: " + touched);
    }
  }
}
