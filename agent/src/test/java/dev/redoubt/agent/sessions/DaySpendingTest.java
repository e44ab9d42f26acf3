// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.agent.api.AgentEvent;
import dev.redoubt.agent.api.Cost;
import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.Usage;
import dev.redoubt.agent.sessions.Transcript.Spent;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaySpendingTest {

  private static final Usage USAGE = new Usage(10, 0, 0, 1);
  private static final Instant MIDNIGHT = Instant.parse("2026-06-15T00:00:00Z");
  private static final Instant NOON = Instant.parse("2026-06-15T12:00:00Z");
  private static final Instant YESTERDAY = Instant.parse("2026-06-14T12:00:00Z");
  private static final SessionId OWN = new SessionId("own");
  private static final SessionId OTHER = new SessionId("other");

  @TempDir private Path data;

  @Test
  void sessionsOfOthersAndTheirSubAgentsCountApartFromTheOwn() {
    answers(OWN, NOON, 1);
    answers(OWN.child(1), NOON, 1);
    answers(OWN.child(1).child(2), NOON, 1);
    answers(OTHER, YESTERDAY, 2);
    answers(OTHER, NOON, 4);
    answers(new SessionId("own2"), NOON, 1);

    DaySpending spending = spending();

    assertThat(spending.of(OWN)).isEqualTo(spent(3));
    assertThat(spending.besides(OWN)).isEqualTo(spent(5));
  }

  @Test
  void whatAnotherProcessUsesMeanwhileCounts() {
    answers(OWN, NOON, 1);
    DaySpending spending = spending();
    assertThat(spending.besides(OWN)).isEqualTo(Spent.NOTHING);

    try (SessionLog log = log(OTHER, NOON)) {
      log.append(answer());
      assertThat(spending.besides(OWN)).isEqualTo(spent(1));
      log.append(answer());
      assertThat(spending.besides(OWN)).isEqualTo(spent(2));
    }
  }

  @Test
  void aLogThatIsDamagedAnywhereIsNotGuessedAt() throws IOException {
    answers(OTHER, NOON, 5);
    byte[] whole = Files.readAllBytes(file());
    int first = indexOf(whole, '\n') + 1;
    for (int at = first + 3; at < whole.length - 1; at += whole.length / 20) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file(), damaged);
      assertUnknown("damaged at " + at);
    }
    Files.write(file(), Arrays.copyOfRange(whole, first, whole.length));
    assertUnknown("without its first entry");
    Files.write(file(), new byte[] {'x', '\n'});
    assertUnknown("nothing is left of it");
    Files.write(file(), Arrays.copyOf(whole, whole.length - 9));
    Files.write(file().resolveSibling("000002.jsonl"), whole);
    assertUnknown("half a line in front of more");
  }

  @Test
  void whatCannotBeOpenedIsNotGuessedAt() throws IOException {
    answers(OTHER, NOON, 1);
    Files.delete(file());
    Files.createDirectory(file());
    assertUnknown("a folder where the log was");
  }

  @Test
  void halfALastLineIsHowAKilledProcessEnds() throws IOException {
    answers(OTHER, NOON, 3);
    byte[] whole = Files.readAllBytes(file());
    int lines = new String(whole, java.nio.charset.StandardCharsets.UTF_8).split("\n").length;
    for (int cut = 1; cut < 200; cut += 13) {
      Files.write(file(), Arrays.copyOf(whole, whole.length - cut));
      assertThat(spending().besides(OWN).turns()).as("%d of %d", cut, lines).isBetween(2, 3);
    }
  }

  @Test
  void damageThatIsOlderThanTheDayHidesNothingOfIt() throws IOException {
    answers(OTHER, YESTERDAY, 3);
    byte[] damaged = Files.readAllBytes(file());
    damaged[damaged.length / 2] ^= 1;
    Files.write(file(), damaged);
    Files.setLastModifiedTime(file(), FileTime.from(MIDNIGHT.minusSeconds(1)));
    assertThat(spending().besides(OWN)).isEqualTo(Spent.NOTHING);

    Files.setLastModifiedTime(file(), FileTime.from(MIDNIGHT));
    assertUnknown("written to on this day");
  }

  @Test
  void anIndexThatSaysOtherwiseChangesNothing() throws IOException {
    answers(OTHER, NOON, 2);
    assertThat(spending().besides(OWN)).isEqualTo(spent(2));
    Path index = data.resolve("sessions/index.jsonl");
    Files.writeString(index, Files.readString(index).replace("2026-06-15", "2026-06-13"));
    assertThat(spending().besides(OWN)).isEqualTo(spent(2));
  }

  private void assertUnknown(String as) {
    assertThatThrownBy(() -> spending().besides(OWN))
        .as(as)
        .isInstanceOfSatisfying(
            RedoubtException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREADABLE))
        .hasMessageContaining("what the session other has used is not known");
  }

  private Path file() {
    return new SessionFolder(data).stream(OTHER).resolve("000001.jsonl");
  }

  private DaySpending spending() {
    return new DaySpending(new SessionFolder(data), MIDNIGHT);
  }

  private void answers(SessionId id, Instant time, int count) {
    try (SessionLog log = log(id, time)) {
      for (int i = 0; i < count; i++) {
        log.append(answer());
      }
    }
  }

  private SessionLog log(SessionId id, Instant time) {
    return SessionLog.open(new SessionFolder(data), id, Clock.fixed(time, ZoneOffset.UTC));
  }

  private static AgentEvent answer() {
    return new AgentEvent.Answered(
        new Message.FromModel(List.of(new Message.Words("a"))),
        ModelAnswer.Stop.END,
        USAGE,
        Optional.of(new Cost(100)),
        "m");
  }

  private static Spent spent(int answers) {
    return new Spent(answers, new Usage(10L * answers, 0, 0, answers), new Cost(100L * answers), 0);
  }

  private static int indexOf(byte[] bytes, char wanted) {
    int at = 0;
    while (bytes[at] != wanted) {
      at++;
    }
    return at;
  }
}
