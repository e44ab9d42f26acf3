// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.guard.Content;
import dev.redoubt.guard.FileFacts.Kind;
import dev.redoubt.testkit.Engines;
import dev.redoubt.testkit.Namespaces;
import dev.redoubt.testkit.NeedsEngine;
import dev.redoubt.testkit.NeedsNamespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Mounts, pipes and full disks of the real machine.
class RealMountsTest {

  @TempDir Path temporary;
  private Path home;
  private Path work;

  @BeforeEach
  void makeTrees() throws IOException {
    home = Files.createDirectories(temporary.toRealPath().resolve("home/u"));
    work = Files.createDirectories(home.resolve("work"));
    Files.createDirectories(home.resolve(".ssh"));
    Files.writeString(home.resolve(".ssh/id_rsa"), "key");
    Files.writeString(work.resolve("plain.txt"), "text");
    Files.createDirectories(work.resolve("data"));
    Files.writeString(work.resolve("one"), "");
  }

  @Test
  @NeedsNamespaces
  void aFolderThatIsMountedElsewhereIsKnownByItsOtherName() throws Exception {
    List<String> seen =
        seen(
            "mount --bind '%1$s/.ssh' '%2$s/data' && mount --bind '%1$s/.ssh/id_rsa' '%2$s/one'",
            "data/id_rsa", "data", "one", "plain.txt");

    assertThat(seen).hasSize(4);
    assertThat(seen.get(0))
        .startsWith("data/id_rsa FILE path.")
        .contains(home + "/.ssh/id_rsa")
        .doesNotContain("path.workspace");
    assertThat(seen.get(1)).startsWith("data FOLDER ").contains(home + "/.ssh");
    assertThat(seen.get(2)).startsWith("one FILE ").contains(home + "/.ssh/id_rsa");
    assertThat(rule(seen.get(0))).isEqualTo(rule(seen.get(2))).isNotEqualTo(rule(seen.get(3)));
  }

  @Test
  @NeedsNamespaces
  void aFullDiskIsSaid() throws Exception {
    List<String> seen =
        seen("mkdir '%2$s/small' && mount -t tmpfs -o size=64k none '%2$s/small'", "plain.txt");

    assertThat(seen.getLast()).startsWith("full: ").contains("No space left");
    assertThat(seen.getLast()).endsWith("and there is: what was there before");
  }

  @Test
  @NeedsNamespaces
  void whatCannotBeReplacedIsWrittenInItsPlace() throws Exception {
    Files.writeString(Files.createDirectory(work.resolve("frozen")).resolve("file"), "old");
    Files.writeString(work.resolve("mounted"), "old");

    List<String> seen =
        seen(
            "mount --bind '%2$s/mounted' '%2$s/mounted'"
                + " && mount --bind '%2$s/frozen' '%2$s/frozen'"
                + " && mount --bind '%2$s/frozen/file' '%2$s/frozen/file'"
                + " && mount -o remount,bind,ro '%2$s/frozen'");

    assertThat(seen)
        .containsExactly(
            "mounted: new, the same file: true, beside it: 0",
            "frozen/file: new, the same file: true, beside it: 0");
  }

  @Test
  @NeedsEngine("mkfifo")
  @Timeout(20)
  void aPipeIsSpecialAndNobodyWaitsForItsOtherEnd() throws Exception {
    Path pipe = work.resolve("pipe");
    assertThat(
            new ProcessBuilder(Engines.path("mkfifo").toString(), pipe.toString())
                .inheritIO()
                .start()
                .waitFor())
        .isZero();

    assertThat(new HostFileFacts().of(pipe.toString()).kind()).isEqualTo(Kind.SPECIAL);
    try (GuardedFiles files = GuardedFiles.below(work)) {
      assertThatThrownBy(() -> files.read(pipe)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> files.write(pipe, Content.of("x"))).isInstanceOf(IOException.class);
    }
  }

  private static String rule(String line) {
    return line.split(" ", -1)[2];
  }

  private List<String> seen(String mounting, String... paths) throws Exception {
    List<String> java =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                MountedProgram.class.getName(),
                home.toString(),
                work.toString()));
    java.addAll(List.of(paths));
    List<String> command =
        new ArrayList<>(
            List.of("sh", "-c", mounting.formatted(home, work) + " && exec \"$@\"", "sh"));
    command.addAll(java);
    Path out = temporary.resolve("out");
    Process process =
        new ProcessBuilder(Namespaces.around(command))
            .redirectOutput(out.toFile())
            .redirectErrorStream(true)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String text = Files.readString(out, UTF_8);
    assertThat(process.exitValue()).as(text).isZero();
    return text.lines().toList();
  }
}
