// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.GlobalOptions;
import dev.redoubt.cli.Surroundings;
import dev.redoubt.cli.Terminal;
import dev.redoubt.document.Node;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class StandingPolicyTest {

  /// A clock that stands until it is set.
  private static final class Hands extends Clock {
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @TempDir private Path world;
  private final Hands clock = new Hands();
  private final List<String> told = new ArrayList<>();
  private boolean deaf;
  private int read;
  private Path own;
  private Path named;
  private Path workspace;
  private Path managed;

  @BeforeEach
  void lay() throws IOException {
    own = Files.createDirectories(world.resolve("home/.config/redoubt")).resolve("redoubt.toml");
    named = world.resolve("named.toml");
    workspace = Files.createDirectories(world.resolve("work")).toRealPath();
    managed = Files.createDirectories(world.resolve("managed"));
    Files.setPosixFilePermissions(managed, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String denies(String tool) {
    return "[[guard.rules]]\neffect = \"deny\"\naction = \"tool\"\ntool = \"%s\"\nreason = \"no\"\n"
        .formatted(tool);
  }

  private StandingPolicy<Integer> policy(String... options) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false);
    Surroundings surroundings =
        new Surroundings(
            Map.of("HOME", world.resolve("home").toString()),
            workspace,
            new Surroundings.Streams(
                InputStream.nullInputStream(), nowhere, nowhere, Surroundings.Terminals.NONE),
            clock,
            managed);
    Call call =
        new Call(
            new CommandLine(GuardPolicy.addTo(CommandSpec.create())).parseArgs(options),
            new GlobalOptions(
                world.resolve("home/.local/share/redoubt"),
                Optional.empty(),
                GlobalOptions.Network.OFF,
                GlobalOptions.Verbosity.NORMAL,
                GlobalOptions.ColorMode.NEVER),
            surroundings);
    return new StandingPolicy<>(
        call,
        workspace,
        Wall.NONE,
        () -> ++read,
        new StandingPolicy.Told() {
          @Override
          public void changed(List<Path> files) {
            hear("changed " + files.stream().map(world::relativize).toList());
          }

          @Override
          public void kept(String problem) {
            hear("kept " + problem.replace(world + "/", ""));
          }
        });
  }

  private void hear(String what) {
    if (deaf) {
      throw new IllegalStateException("it cannot be written down");
    }
    told.add(what);
  }

  /* Which of the tools a, b and c are refused. */
  private static String refused(StandingPolicy<Integer> policy) {
    StringBuilder refused = new StringBuilder();
    for (String tool : List.of("a", "b", "c")) {
      Action call = new Action.CallTool("files", tool, new Node.Obj(Map.of(), 1));
      if (policy.now().guard().review(call) instanceof Decision.Deny) {
        refused.append(tool);
      }
    }
    return refused.toString();
  }

  @Test
  void whatChangesInAFileCountsFromTheNextQuestionOn() throws IOException {
    Files.writeString(own, denies("a"));
    Files.writeString(named, denies("b"));
    StandingPolicy<Integer> policy = policy("--policy", named.toString(), "--deny", "tool:*/c");
    assertThat(refused(policy)).isEqualTo("abc");
    assertThat(policy.now()).isSameAs(policy.now());

    Files.writeString(own, "# none\n");
    assertThat(refused(policy)).isEqualTo("bc");
    Files.writeString(named, "# none\n");
    assertThat(refused(policy)).isEqualTo("c");
    Files.writeString(own, denies("b"));
    assertThat(refused(policy)).isEqualTo("bc");

    assertThat(told)
        .containsExactly(
            "changed [home/.config/redoubt/redoubt.toml]",
            "changed [named.toml]",
            "changed [home/.config/redoubt/redoubt.toml]");
    assertThat(policy.now().settings()).as("read with the rules beside it").isEqualTo(3);
  }

  @Test
  void aFileThatComesLaterCounts() throws IOException {
    StandingPolicy<Integer> policy = policy();
    assertThat(refused(policy)).isEmpty();

    Files.writeString(own, denies("a"));

    assertThat(refused(policy)).isEqualTo("a");
  }

  @Test
  void anotherFileOfTheSameSizeAndTimeCounts() throws IOException {
    Files.writeString(own, denies("a"));
    FileTime time = Files.getLastModifiedTime(own);
    StandingPolicy<Integer> policy = policy();

    Path other = Files.writeString(world.resolve("other"), denies("b"));
    Files.setLastModifiedTime(other, time);
    Files.move(other, own, StandardCopyOption.REPLACE_EXISTING);

    assertThat(refused(policy)).isEqualTo("b");
  }

  @Test
  void whatIsNotUnderstoodKeepsWhatWasAndIsToldOnce() throws IOException {
    Files.writeString(own, denies("a"));
    Files.writeString(named, denies("b"));
    StandingPolicy<Integer> policy = policy("--policy", named.toString());

    Files.writeString(own, denies("c") + "[[guard.rules]]\neffect = \"block\"\n");
    assertThat(refused(policy)).isEqualTo("ab");
    clock.now = clock.now.plus(Duration.ofMinutes(1));
    Files.writeString(named, denies("c"));
    assertThat(refused(policy)).as("the other file goes on changing").isEqualTo("ac");
    Files.writeString(own, denies("b"));
    assertThat(refused(policy)).isEqualTo("bc");

    assertThat(told).hasSize(3);
    assertThat(told.getFirst())
        .startsWith("kept home/.config/redoubt/redoubt.toml:7:")
        .contains("effect");
    assertThat(told.subList(1, 3))
        .containsExactly("changed [named.toml]", "changed [home/.config/redoubt/redoubt.toml]");
  }

  @Test
  void aFileThatIsGoneOrEmptyKeepsWhatWasUntilItIsBack() throws IOException {
    Files.writeString(own, denies("a"));
    StandingPolicy<Integer> policy = policy();

    Files.delete(own);
    assertThat(refused(policy)).isEqualTo("a");
    Files.createFile(own);
    assertThat(refused(policy)).isEqualTo("a");
    Files.writeString(own, denies("b"));
    assertThat(refused(policy)).isEqualTo("b");

    assertThat(told)
        .containsExactly(
            "kept home/.config/redoubt/redoubt.toml is gone",
            "kept home/.config/redoubt/redoubt.toml is empty",
            "changed [home/.config/redoubt/redoubt.toml]");
  }

  @Test
  void whatCannotBeToldDoesNotCount() throws IOException {
    Files.writeString(own, denies("a"));
    StandingPolicy<Integer> policy = policy();
    assertThat(refused(policy)).isEqualTo("a");

    deaf = true;
    Files.writeString(own, "# none\n");
    assertThatThrownBy(policy::now).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(policy::now).isInstanceOf(IllegalStateException.class);
    deaf = false;

    assertThat(refused(policy)).isEmpty();
    assertThat(told).hasSize(1);
  }

  @Test
  void aCheckoutThatChangesCountsAsItWasUntilItIsTrustedAgain() throws IOException {
    Path file = Files.writeString(workspace.resolve("redoubt.toml"), denies("a"));
    trust();
    Files.writeString(own, denies("b"));
    StandingPolicy<Integer> policy = policy();
    assertThat(refused(policy)).isEqualTo("ab");

    Files.writeString(file, denies("c"));
    assertThat(refused(policy)).isEqualTo("ab");
    Files.writeString(own, "# none\n");
    assertThat(refused(policy)).as("the operator's own file does not wait").isEqualTo("a");
    trust();
    assertThat(refused(policy)).as("it is not looked at all the time").isEqualTo("a");
    clock.now = clock.now.plus(Duration.ofSeconds(1));
    assertThat(refused(policy)).isEqualTo("c");

    assertThat(told.getFirst()).startsWith("kept ").contains("redoubt trust");
    assertThat(told).hasSize(3);
  }

  private void trust() {
    Terminal.Run run =
        new Terminal(workspace, world.resolve("home")).redoubt("trust", "add", "--yes");
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
  }

  @Test
  void aManagedPolicyThatBreaksStaysInForceAndOneThatExpiresDoesNot() throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    write(
        "managed.pub",
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n");
    sign(keys, denies("a"));
    StandingPolicy<Integer> policy = policy();
    assertThat(refused(policy)).isEqualTo("a");

    write("managed.toml", denies("b"));
    assertThat(refused(policy)).as("not signed").isEqualTo("a");
    Files.delete(managed.resolve("managed.pub"));
    assertThat(refused(policy)).as("not enrolled any more").isEqualTo("a");
    assertThat(told.getFirst())
        .contains("managed.toml.sig is no signature")
        .doesNotContain("everything is denied");
    write(
        "managed.pub",
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n");
    sign(keys, "[guard.managed]\nexpires = \"2026-11-22\"\n" + denies("c"));
    assertThat(refused(policy)).isEqualTo("c");
    clock.now = clock.now.plus(Duration.ofDays(1));
    assertThat(refused(policy)).as("expired").isEqualTo("abc");
  }

  private void sign(KeyPair keys, String text) throws Exception {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.getPrivate());
    signature.update(text.getBytes(StandardCharsets.UTF_8));
    write("managed.toml.sig", Base64.getEncoder().encodeToString(signature.sign()));
    write("managed.toml", text);
  }

  private void write(String name, String text) throws IOException {
    Path file = Files.writeString(managed.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  @Test
  void aMistakeAtTheStartIsNoPolicy() throws IOException {
    Files.writeString(own, "[[guard.rules]]\neffect = \"block\"\n");

    assertThatThrownBy(this::policy).isInstanceOf(RedoubtException.class);
  }
}
