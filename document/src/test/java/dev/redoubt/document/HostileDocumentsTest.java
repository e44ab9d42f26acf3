// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.redoubt.testkit.Hostile;
import dev.redoubt.testkit.Seeded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every reader ends soon, with a tree or with a reason.
class HostileDocumentsTest {

  private interface Reader {
    Object read(byte[] document, Limits limits) throws DocumentException;
  }

  private static final Map<String, Reader> READERS = readers();

  @TestFactory
  Stream<DynamicTest> everyReaderSurvivesEveryHostileInput() {
    return READERS.entrySet().stream()
        .flatMap(reader ->
            Hostile.inputs().entrySet().stream()
                .map(input ->
                    dynamicTest(
                        reader.getKey() + ": " + input.getKey(),
                        () -> survives(reader.getValue(), input.getValue()))));
  }

  @Test
  void randomChangesOfAValidDocumentNeverBreakAReader() {
    byte[] valid =
        "{\"a\": [1, {\"b\": \"c\"}], \"d\": null}\n# x = [1]\n<a b='c'>d</a>"
            .getBytes(StandardCharsets.UTF_8);
    Seeded.check(
        2000,
        random -> {
          byte[] changed = valid.clone();
          for (int i = 0; i < 3; i++) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
          }
          READERS.values().forEach(reader -> survivesAtOnce(reader, changed));
        });
  }

  @TestFactory
  Stream<DynamicTest> aDocumentOverTheSizeLimitIsRefused() {
    return READERS.entrySet().stream()
        .map(reader ->
            dynamicTest(
                reader.getKey(),
                () -> {
                  try {
                    reader.getValue().read(new byte[11], new Limits(10, 5, 5));
                    throw new AssertionError("was read");
                  } catch (DocumentException e) {
                    assertThat(e).hasMessage("11 bytes is over the limit of 10");
                  }
                }));
  }

  private static void survives(Reader reader, byte[] input) {
    assertTimeoutPreemptively(Duration.ofSeconds(30), () -> survivesAtOnce(reader, input));
  }

  private static void survivesAtOnce(Reader reader, byte[] input) {
    try {
      assertThat(reader.read(input, Limits.SCAN)).isNotNull();
    } catch (DocumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      assertThat(e.hint()).isNotBlank();
      if (e.line() != null) {
        assertThat(e.line()).isPositive();
      }
    }
  }

  private static Map<String, Reader> readers() {
    Map<String, Reader> readers = new LinkedHashMap<>();
    readers.put("Json", Json::read);
    readers.put("StrictJson", Json::readStrict);
    readers.put("Yaml", Yaml::read);
    readers.put("Toml", Toml::read);
    readers.put("Xml", Xml::read);
    return readers;
  }
}
