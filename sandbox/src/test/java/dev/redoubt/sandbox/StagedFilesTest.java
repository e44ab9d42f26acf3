// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Guard;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.network.NetworkRules;
import dev.redoubt.sandbox.bubblewrap.BubblewrapBackend;
import dev.redoubt.sandbox.docker.DockerBackend;
import dev.redoubt.sandbox.docker.DockerEngine;
import dev.redoubt.sandbox.files.HostFileFacts;
import dev.redoubt.sandbox.files.Listing;
import dev.redoubt.sandbox.local.LocalBackend;
import dev.redoubt.sandbox.network.Dialer;
import dev.redoubt.sandbox.processes.RunningCommand;
import dev.redoubt.sandbox.processes.Streams;
import dev.redoubt.sandbox.staging.StagingArea;
import dev.redoubt.sandbox.wall.Backend;
import dev.redoubt.sandbox.wall.Enclosure;
import dev.redoubt.sandbox.wall.ResourceLimits;
import dev.redoubt.sandbox.wall.Staging;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// File tools while writes are staged, alone and beside commands behind an overlay.
@ResourceLock("container engine")
class StagedFilesTest {

  @TempDir private Path folder;
  private Path workspace;
  private StagingArea area;

  @BeforeEach
  void make() throws IOException {
    Path real = folder.toRealPath();
    workspace = Files.createDirectories(real.resolve("workspace"));
    Files.createDirectories(real.resolve("home"));
    area = StagingArea.of(real.resolve("state"), workspace);
    Files.createDirectories(workspace.resolve("src/deep"));
    Files.writeString(workspace.resolve("src/f"), "lower f\n");
    Files.setPosixFilePermissions(
        workspace.resolve("src/f"), PosixFilePermissions.fromString("rwxr-x---"));
    Files.writeString(workspace.resolve("src/deep/g"), "lower g\n");
    Files.createSymbolicLink(workspace.resolve("link"), Path.of("src"));
  }

  private Sandbox sandbox(Backend backend) throws IOException, InterruptedException {
    Path real = folder.toRealPath();
    Enclosure enclosure =
        new Enclosure(
            workspace,
            real.resolve("home"),
            real.resolve("state"),
            Map.of("PATH", "/usr/bin:/bin"),
            new Enclosure.Exits.None(),
            ResourceLimits.DEFAULT);
    return new Sandbox(
        backend.open(enclosure, new Staging(area, _ -> true)),
        new Yes(),
        new HostFileFacts(),
        Dialer.create(),
        NetworkRules.NONE);
  }

  private static Outcome perform(Sandbox sandbox, Action action) {
    return sandbox.perform(SandboxContract.permit(action), Manner.quiet());
  }

  private Outcome write(Sandbox sandbox, String path, String text) {
    return perform(sandbox, new Action.Write(workspace.resolve(path), Content.of(text)));
  }

  private String read(Sandbox sandbox, String path) {
    return switch (perform(sandbox, new Action.Read(workspace.resolve(path)))) {
      case Outcome.ReadFile(Content content, long _) ->
          new String(content.bytes(), StandardCharsets.UTF_8);
      case Outcome other -> other.getClass().getSimpleName();
    };
  }

  private String run(Sandbox sandbox, String line) {
    Outcome outcome = perform(sandbox, line(line));
    return outcome instanceof Outcome.Ran(var ended)
        ? ended.output().toString() + ended.errors()
        : outcome.toString();
  }

  private Action.Run line(String line) {
    return new Action.Run(
        new Program.Line(Program.Shell.BASH, line), workspace, Map.of(), Action.Input.NOTHING);
  }

  @Test
  void theyWriteToTheAreaAndSeeWhatIsThere() throws Exception {
    try (var _ = area.hold("test");
        Sandbox sandbox = sandbox(new LocalBackend())) {
      assertThat(write(sandbox, "link/f", "staged f\n")).isEqualTo(new Outcome.Changed());
      assertThat(write(sandbox, "src/new", "find me\n")).isEqualTo(new Outcome.Changed());
      assertThat(perform(sandbox, new Action.Delete(workspace.resolve("src/deep"))))
          .isEqualTo(new Outcome.Changed());

      assertThat(read(sandbox, "src/f")).isEqualTo("staged f\n");
      assertThat(read(sandbox, "link/f")).isEqualTo("staged f\n");
      assertThat(read(sandbox, "src/deep/g")).isEqualTo("Failed");
      assertThat(perform(sandbox, new Action.ListFolder(workspace.resolve("src"))))
          .isEqualTo(
              new Outcome.Listed(
                  new Listing(
                      java.util.List.of(
                          new Listing.Entry("f", Listing.Kind.FILE, 9),
                          new Listing.Entry("new", Listing.Kind.FILE, 8)),
                      true)));
      assertThat(perform(sandbox, new Action.Search(workspace, "find|lower|staged")))
          .isInstanceOfSatisfying(
              Outcome.Found.class,
              found ->
                  assertThat(found.matches().lines().stream().map(line -> line.path()))
                      .containsExactly("src/f", "src/new"));

      // Made again where it was deleted, it shows nothing of what lay there.
      assertThat(write(sandbox, "src/deep", "a file now\n")).isEqualTo(new Outcome.Changed());
      assertThat(read(sandbox, "src/deep")).isEqualTo("a file now\n");
    }
    assertThat(workspace.resolve("src/f")).hasContent("lower f\n");
    assertThat(workspace.resolve("src/deep/g")).hasContent("lower g\n");
    assertThat(workspace.resolve("src/new")).doesNotExist();
    assertThat(Files.getPosixFilePermissions(area.upper().resolve("src/f")))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
    assertThat(Files.getPosixFilePermissions(area.folder()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void nothingIsWrittenOutsideOrIntoARepository() throws Exception {
    Files.createDirectories(workspace.resolve(".git/hooks"));
    Path outside = Files.createDirectory(folder.toRealPath().resolve("outside"));
    Files.createSymbolicLink(workspace.resolve("out"), outside);
    try (var _ = area.hold("test");
        Sandbox sandbox = sandbox(new LocalBackend())) {
      assertThat(write(sandbox, ".git/hooks/pre-commit", "x")).isInstanceOf(Outcome.Failed.class);
      assertThat(write(sandbox, "out/x", "x")).isInstanceOf(Outcome.Failed.class);
      assertThat(perform(sandbox, new Action.Delete(outside))).isInstanceOf(Outcome.Failed.class);
      assertThat(perform(sandbox, line("touch made"))).isInstanceOf(Outcome.RefusedByWall.class);
    }
    assertThat(outside).isEmptyDirectory();
    assertThat(workspace.resolve(".git/hooks")).isEmptyDirectory();
  }

  @Test
  @NeedsEngine("bwrap")
  void theyAndCommandsSeeTheSame() throws Exception {
    seeTheSame(new BubblewrapBackend());
  }

  @Test
  @NeedsEngine(value = "dockerd", right = NeedsEngine.Right.ROOT)
  void theyAndCommandsInAContainerSeeTheSame() throws Exception {
    Files.writeString(workspace.resolve(".env"), "SECRET=1\n");
    Files.createDirectories(workspace.resolve("pinned/.git/hooks"));
    Files.writeString(workspace.resolve("pinned/.git/HEAD"), "ref: refs/heads/main\n");
    DockerSandboxTest.giveAway(workspace);
    DockerBackend docker = new DockerBackend(DockerEngine.shared().settings());

    seeTheSame(docker);

    try (var _ = area.hold("test");
        Sandbox sandbox = sandbox(docker)) {
      assertThat(
              run(
                  sandbox,
                  "cat .env; echo x > pinned/.git/hooks/pre-commit; mkdir .vscode/x; echo y >"
                      + " pinned/z"))
          .contains(".env: Permission denied", "hooks/pre-commit: Read-only", ".vscode/x");
      assertThat(read(sandbox, "pinned/z")).isEqualTo("y\n");
    }
    assertThat(workspace.resolve("pinned/z")).doesNotExist();
    assertThat(workspace.resolve("pinned/.git/hooks")).isEmptyDirectory();
  }

  private void seeTheSame(Backend backend) throws Exception {
    try (var _ = area.hold("test");
        Sandbox sandbox = sandbox(backend)) {
      write(sandbox, "src/f", "tool\n");
      perform(sandbox, new Action.Delete(workspace.resolve("src/deep")));
      assertThat(run(sandbox, "cat src/f; stat -c %a src/f; ls src")).isEqualTo("tool\n750\nf\n");

      assertThat(
              run(sandbox, "echo command >> src/f; mkdir src/deep; echo h > src/deep/h; rm link"))
          .isEmpty();
      assertThat(read(sandbox, "src/f")).isEqualTo("tool\ncommand\n");
      assertThat(read(sandbox, "src/deep/h")).isEqualTo("h\n");
      assertThat(read(sandbox, "src/deep/g")).isEqualTo("Failed");
      assertThat(read(sandbox, "link/f")).isEqualTo("Failed");

      // A link that a command staged leads nowhere but where it is judged again.
      run(sandbox, "ln -s /etc/hostname escape");
      assertThat(write(sandbox, "escape", "x")).isInstanceOf(Outcome.RefusedByWall.class);
      perform(sandbox, new Action.Delete(workspace.resolve("src/deep")));
      assertThat(run(sandbox, "ls src")).isEqualTo("f\n");
    }
    assertThat(workspace.resolve("src/f")).hasContent("lower f\n");
    assertThat(workspace.resolve("src/deep/g")).hasContent("lower g\n");
    assertThat(Files.isSymbolicLink(workspace.resolve("link"))).isTrue();
  }

  @Test
  @NeedsEngine("bwrap")
  void whileACommandHasTheOverlayNothingElseWrites() throws Exception {
    try (var _ = area.hold("test");
        Sandbox sandbox = sandbox(new BubblewrapBackend())) {
      Outcome started =
          sandbox.perform(
              SandboxContract.permit(line("echo begun; read -r _; echo over > late")),
              new Manner(new Streams.Piped(Streams.Caps.DEFAULT), Optional.empty(), true));
      RunningCommand command = ((Outcome.Runs) started).command();
      assertThat(command.fromOutput().read()).isEqualTo('b');

      assertThat(write(sandbox, "src/f", "x")).isInstanceOf(Outcome.Failed.class);
      assertThat(perform(sandbox, line("true"))).isInstanceOf(Outcome.RefusedByWall.class);
      assertThat(read(sandbox, "src/f")).isEqualTo("lower f\n");

      command.toInput().write('\n');
      command.toInput().close();
      command.await();
      assertThat(read(sandbox, "late")).isEqualTo("over\n");
      assertThat(write(sandbox, "src/f", "x")).isEqualTo(new Outcome.Changed());
    }
  }

  private record Yes() implements Guard {
    @Override
    public String name() {
      return "yes";
    }

    @Override
    public Decision review(Action action) {
      return new Decision.Allow("test.yes", "for the test");
    }
  }
}
