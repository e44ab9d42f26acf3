// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.sandbox.processes.Ended;
import dev.redoubt.sandbox.processes.Ending;
import dev.redoubt.testkit.NeedsEngine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/// A far machine that lies: its answers about the work are written by the test.
@NeedsEngine("sshd")
@ResourceLock("sessions on the far side")
class SshHostileTest {

  @TempDir Path folder;
  private SshServer server;
  private Path answers;

  @BeforeEach
  void startServer() throws IOException, InterruptedException {
    folder = folder.toRealPath();
    answers = Files.createDirectory(folder.resolve("answers"));
    Path fake = folder.resolve("fake.sh");
    Files.writeString(
        fake,
        """
        #!/bin/sh
        case "$SSH_ORIGINAL_COMMAND" in
          *" scan"*) [ -e "%1$s/scan" ] && exec cat "%1$s/scan" ;;
          *" fetch"*) [ -e "%1$s/fetch" ] && exec cat "%1$s/fetch" ;;
        esac
        exec sh -c "$SSH_ORIGINAL_COMMAND"
        """
            .formatted(answers));
    Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwxr-xr-x"));
    server = SshServer.start(folder.resolve("sshd"), "ForceCommand " + fake);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private SshFixture open() throws IOException, InterruptedException {
    return new SshFixture(
        folder, server.settings(folder.resolve("far").toString()), SshBackend.Waiting.USUAL);
  }

  @Test
  void namesThatLeadOutAreNotTaken() throws Exception {
    Files.writeString(
        answers.resolve("scan"),
        scan("../escaped", "/escaped", "a/../../escaped", ".git/hooks/pre-commit", "fine"));
    answerFetch("../escaped", "/escaped", "a/../../escaped", ".git/hooks/pre-commit", "fine");

    try (SshFixture both = open()) {
      Ended ended = both.run("true");

      assertThat(ended.ending()).isEqualTo(new Ending.Exited(0));
      assertThat(both.near).isDirectoryContaining(path -> path.endsWith("fine"));
      assertThat(both.near.resolve(".git")).doesNotExist();
      assertThat(folder.resolve("escaped")).doesNotExist();
      assertThat(Path.of("/escaped")).doesNotExist();
    }
  }

  @Test
  void aLinkIsNotFollowedForWhatComesAfterIt() throws Exception {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.createDirectories(folder.resolve("near"));
    Files.createSymbolicLink(folder.resolve("near/out"), outside);
    String listing =
        "folders\n.\n./out\nprograms\nlinks\nfiles\n" + hash("x") + "  ./out/evil\nend whole\n";
    Files.writeString(answers.resolve("scan"), listing);
    answerFetch("out/evil");

    try (SshFixture both = open()) {
      both.run("true");

      assertThat(outside).isEmptyDirectory();
      assertThat(both.notices).contains(new SyncNotice.Conflict("out"));
    }
  }

  @Test
  void contentThatIsNotWhatWasSaidIsNotTaken() throws Exception {
    Files.writeString(
        answers.resolve("scan"),
        "folders\n.\nprograms\nlinks\nfiles\n" + hash("said") + "  ./f\nend whole\n");
    answerFetch("f");

    try (SshFixture both = open()) {
      both.run("true");

      assertThat(both.near.resolve("f")).doesNotExist();
      assertThat(both.notices)
          .containsExactly(
              new SyncNotice.Refused(
                  "f", "it cannot be written here: it changed while it was fetched"));
    }
  }

  @Test
  void anAnswerThatIsNoneCutsTheCommandAndDeletesNothing() throws Exception {
    try (SshFixture both = open()) {
      Files.writeString(both.near.resolve("kept"), "1");
      both.run("true");
      Files.writeString(answers.resolve("scan"), "folders\n.\nprograms\nlinks\nfiles");

      Ended ended = both.run("true");

      assertThat(ended.ending())
          .isInstanceOfSatisfying(
              Ending.Cut.class,
              cut -> assertThat(cut.reason()).contains("was not looked through to its end"));
      assertThat(both.near.resolve("kept")).hasContent("1");
    }
  }

  @Test
  void aFolderThatWasNotSeenWholeDeletesNothing() throws Exception {
    try (SshFixture both = open()) {
      Files.writeString(both.near.resolve("kept"), "1");
      both.run("true");
      Files.writeString(answers.resolve("scan"), "folders\n.\n./d\nprograms\nlinks\nfiles\nend\n");

      both.run("true");

      assertThat(both.near.resolve("kept")).hasContent("1");
    }
  }

  private static String scan(String... files) throws Exception {
    StringBuilder text = new StringBuilder("folders\n.\n./.git\n./.git/hooks\n");
    text.append("programs\nlinks\nfiles\n");
    for (String file : files) {
      String name = file.startsWith("/") ? file : "./" + file;
      text.append(hash("x")).append("  ").append(name).append('\n');
    }
    return text.append("end whole\n").toString();
  }

  private void answerFetch(String... files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TarWriter writer = new TarWriter(bytes);
    for (String file : files) {
      writer.file(file, false, 0, 1, new ByteArrayInputStream("x".getBytes(UTF_8)));
    }
    writer.end();
    Files.write(answers.resolve("fetch"), bytes.toByteArray());
  }

  private static String hash(String text) throws Exception {
    return HexFormat.of()
        .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }
}
