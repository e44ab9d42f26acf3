// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalQueueTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final String DIGEST = "0123456789abcdef".repeat(4);
  private static final ApprovalQueue.Waiting CALL =
      new ApprovalQueue.Waiting(
          DIGEST, "files", "in /a: sh", "delete", "{\"path\":\"a\"}", "asked");

  @TempDir private Path folder;

  private ApprovalQueue at(Instant now) {
    return new ApprovalQueue(folder.resolve("queue"), Clock.fixed(now, ZoneOffset.UTC));
  }

  @Test
  void aYesHoldsForExactlyTheCallThatWasShownAndOnce() throws Exception {
    at(NOW).put(CALL);
    at(NOW).put(CALL);

    assertThat(at(NOW).waiting()).containsExactly(CALL);
    assertThat(at(NOW).take(DIGEST)).isEmpty();
    assertThat(at(NOW).grant(CALL, "ada", Duration.ofMinutes(1))).isTrue();
    assertThat(at(NOW).waiting()).isEmpty();
    assertThat(at(NOW).take("f".repeat(64))).isEmpty();
    assertThat(at(NOW).take(DIGEST)).contains("ada");
    assertThat(at(NOW).take(DIGEST)).isEmpty();
  }

  private static ApprovalQueue.Waiting other(String digest, String arguments) {
    return new ApprovalQueue.Waiting(digest, "files", "in /a: sh", "delete", arguments, "asked");
  }

  @Test
  void aCallWaitsForAnHourAndOnlyWhatCanBeReadCounts() throws Exception {
    assertThat(at(NOW).put(CALL)).isTrue();
    for (int i = 0; i < ApprovalQueue.MOST; i++) {
      Files.writeString(folder.resolve("queue/waiting/x%d.json".formatted(i)), "{}");
    }
    assertThat(at(NOW).isWaiting(DIGEST)).isTrue();
    assertThat(at(NOW).put(other("e".repeat(64), "{}"))).isTrue();

    ApprovalQueue later = at(NOW.plusSeconds(3_600));
    assertThat(later.waiting()).isEmpty();
    assertThat(later.grant(CALL, "ada", Duration.ofMinutes(1))).isFalse();
    assertThat(later.put(CALL)).isTrue();
    assertThat(later.waiting()).containsExactly(CALL);
  }

  @Test
  void whatAPersonCannotBeShownWholeIsNotKept() throws Exception {
    assertThat(at(NOW).put(other(DIGEST, "x".repeat(ApprovalQueue.LONGEST_ARGUMENTS + 1))))
        .isFalse();
    assertThat(at(NOW).waiting()).isEmpty();
    String whole = "\\".repeat(ApprovalQueue.LONGEST_ARGUMENTS);
    assertThat(at(NOW).put(other(DIGEST, whole))).isTrue();
    assertThat(at(NOW).waiting()).containsExactly(other(DIGEST, whole));
  }

  @Test
  void aYesThatIsTooOldIsNone() throws Exception {
    at(NOW).put(CALL);
    at(NOW).grant(CALL, "ada", Duration.ofMinutes(1));

    assertThat(at(NOW.plusSeconds(60)).take(DIGEST)).isEmpty();
    assertThat(at(NOW).take(DIGEST)).isEmpty();
  }

  @Test
  void ofManyWhoTakeAYesAtOnceOneHasIt() throws Exception {
    at(NOW).put(CALL);
    at(NOW).grant(CALL, "ada", Duration.ofMinutes(1));

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var taken =
          threads.invokeAll(
              IntStream.range(0, 50)
                  .<Callable<Optional<String>>>mapToObj(_ -> () -> at(NOW).take(DIGEST))
                  .toList());
      long yes = 0;
      for (var each : taken) {
        yes += each.get().isPresent() ? 1 : 0;
      }
      assertThat(yes).isEqualTo(1);
    }
  }

  @Test
  void whatNobodyWaitsForIsNeitherGrantedNorDropped() throws Exception {
    at(NOW).put(CALL);

    assertThat(at(NOW).grant(other("f".repeat(64), "{}"), "ada", Duration.ofMinutes(1))).isFalse();
    assertThat(at(NOW).grant(other(DIGEST, "{}"), "ada", Duration.ofMinutes(1))).isFalse();
    assertThat(at(NOW).drop(CALL.id())).contains(CALL);
    assertThat(at(NOW).grant(CALL, "ada", Duration.ofMinutes(1))).isFalse();
    assertThat(at(NOW).take(DIGEST)).isEmpty();
  }

  @Test
  void aYesThatIsNoneOfOursIsNone() throws Exception {
    at(NOW).put(CALL);
    at(NOW).grant(CALL, "ada", Duration.ofMinutes(1));
    Path yes = folder.resolve("queue/granted/" + DIGEST + ".json");
    for (String text :
        new String[] {
          "",
          "{}",
          Files.readString(yes).replace(DIGEST, "f".repeat(64)),
          Files.readString(yes).replaceFirst("\"until\":\"[^\"]*\"", "\"until\":\"for ever\"")
        }) {
      Files.writeString(yes, text);

      assertThat(at(NOW).take(DIGEST)).as(text).isEmpty();
    }
  }

  @Test
  void onlyTheOwnerReadsTheQueueAndItHasAnEnd() throws Exception {
    for (int i = 0; i < ApprovalQueue.MOST + 5; i++) {
      at(NOW)
          .put(
              new ApprovalQueue.Waiting(
                  "%064x"
                      .formatted(i)
                      .transform(hex -> new StringBuilder(hex).reverse().toString()),
                  "files",
                  "in /a: sh",
                  "x",
                  "{}",
                  "asked"));
    }

    assertThat(at(NOW).waiting()).hasSize(ApprovalQueue.MOST);
    try (Stream<Path> all = Files.walk(folder.resolve("queue"))) {
      assertThat(
              all.filter(Files::isRegularFile)
                  .map(file -> {
                    try {
                      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                    } catch (IOException e) {
                      return e.toString();
                    }
                  }))
          .containsOnly("rw-------");
    }
  }
}
