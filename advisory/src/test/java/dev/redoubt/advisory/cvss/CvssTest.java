// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.cvss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.testkit.Hostile;
import dev.redoubt.testkit.NeedsSharedData;
import dev.redoubt.testkit.Seeded;
import dev.redoubt.testkit.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CvssTest {

  private static final String BASE_4 =
      "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N";

  /* Scores that public documents give: FIRST's examples for 2.0, 3.1 and 4.0, and well-known CVEs. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          AV:N/AC:L/Au:N/C:N/I:N/A:C 7.8
          AV:N/AC:L/Au:N/C:C/I:C/A:C 10.0
          AV:L/AC:H/Au:N/C:C/I:C/A:C 6.2
          AV:N/AC:L/Au:N/C:P/I:N/A:N 5.0
          (AV:N/AC:L/Au:N/C:P/I:P/A:P) 7.5
          AV:N/AC:L/Au:N/C:N/I:N/A:N 0.0
          CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H 9.8
          CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H 10.0
          CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N 7.5
          CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N 6.1
          CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N 6.4
          CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N 3.1
          CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H 9.9
          CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L 4.2
          CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N 0.0
          CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N 7.3
          CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N 7.7
          CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N 8.3
          CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N 4.6
          CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N 5.1
          CVSS:4.0/AV:L/AC:L/AT:N/PR:H/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:N 5.9
          CVSS:4.0/AV:P/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:H/SA:N 8.3
          CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H 10.0
          CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N 0.0
          """)
  void publishedScoresComeOut(String vector, double score) {
    assertThat(Cvss.baseScore(vector)).hasValue(score);
  }

  @Test
  void theScoresOfAnIndependentImplementationComeOut() throws Exception {
    List<String> wrong = new ArrayList<>();
    int checked = 0;
    for (String line : table()) {
      String[] parts = line.split(" ", -1);
      OptionalDouble score = Cvss.baseScore(parts[0]);
      checked++;
      if (!score.equals(OptionalDouble.of(Double.parseDouble(parts[1])))) {
        wrong.add(line + ", got " + score);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(checked).isEqualTo(430);
  }

  @Test
  void temporalAndEnvironmentalMetricsDoNotChangeABaseScoreOfTwoAndThree() {
    assertThat(
            Cvss.baseScore(
                "AV:N/AC:L/Au:N/C:P/I:P/A:P/E:U/RL:OF/RC:UC/CDP:LM/TD:L/CR:L/IR:ND/AR:H"))
        .hasValue(7.5);
    assertThat(Cvss.baseScore("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/RC:U/MAV:P/MC:N"))
        .hasValue(9.8);
  }

  @Test
  void inFourEveryMetricButTheSupplementalOnesCounts() {
    assertThat(Cvss.baseScore(BASE_4)).hasValue(9.3);
    assertThat(Cvss.baseScore(BASE_4 + "/E:X/CR:X/MAV:X")).hasValue(9.3);
    assertThat(Cvss.baseScore(BASE_4 + "/E:P")).hasValue(8.9);
    assertThat(Cvss.baseScore(BASE_4 + "/MVC:N/MVI:N/MVA:N")).hasValue(0.0);
    assertThat(Cvss.baseScore(BASE_4 + "/MSI:S")).hasValue(10.0);
    assertThat(Cvss.baseScore(BASE_4 + "/S:P/AU:Y/R:I/V:C/RE:M/U:Amber")).hasValue(9.3);
  }

  @Test
  void theOrderOfMetricsIsFree() {
    assertThat(Cvss.baseScore("CVSS:3.1/A:H/I:H/C:H/S:U/UI:N/PR:N/AC:L/AV:N")).hasValue(9.8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "9.8",
        "HIGH",
        "CVSS:",
        "CVSS:4.0",
        "CVSS:4.0/",
        "CVSS:3.2/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "CVSS:2.0/AV:N/AC:L/Au:N/C:P/I:P/A:P",
        "cvss:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/A:N",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:h",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/XX:N",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:A",
        "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:U/A:U",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:S/SA:N",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/MVC:",
        "(AV:N/AC:L/Au:N/C:P/I:P/A:P",
        " AV:N/AC:L/Au:N/C:P/I:P/A:P"
      })
  void whatIsNotWellFormedHasNoScore(String vector) {
    assertThat(Cvss.baseScore(vector)).isEmpty();
  }

  @Test
  void hostileTextHasNoScoreAndCostsNothing() {
    List<String> texts = new ArrayList<>();
    for (byte[] bytes : Hostile.inputs().values()) {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      texts.addAll(List.of(text, "CVSS:4.0/" + text, BASE_4 + "/" + text));
    }
    Assertions.assertTimeout(
        Duration.ofSeconds(2),
        () -> assertThat(texts).allSatisfy(text -> assertThat(Cvss.baseScore(text)).isEmpty()));
    Seeded.check(
        20_000,
        random -> {
          OptionalDouble score =
              Cvss.baseScore(BASE_4 + "/" + Seeded.text(random, "EMAVCSRI:XNHLP/", 6));
          assertThat(score.orElse(0)).isBetween(0.0, 10.0);
        });
  }

  /* The classes of 4.0 share no metric, so each is gone through by itself. */
  @Test
  void everyVectorOfFourHasAScore() {
    Map<String, List<String>> classes =
        Map.of(
            "", product("AV:NALP PR:NLH UI:NPA"),
            "/", product("AC:LH AT:NP"),
            "//", product("VC:HLN VI:HLN VA:HLN CR:XHML IR:XHML AR:XHML"),
            "///", product("SC:HLN SI:HLN SA:HLN MSI:XSHLN MSA:XSHLN"));
    Set<String> others = Set.of(BASE_4.substring(9).split("/", -1));
    classes
        .values()
        .forEach(vectors ->
            assertThat(vectors)
                .allSatisfy(
                    vector -> assertThat(Cvss.baseScore(complete(vector, others))).isPresent()));
  }

  private static String complete(String vector, Set<String> others) {
    StringBuilder complete = new StringBuilder("CVSS:4.0").append(vector);
    for (String metric : others) {
      if (!vector.contains("/" + metric.substring(0, 3))) {
        complete.append('/').append(metric);
      }
    }
    return complete.toString();
  }

  private static List<String> product(String metrics) {
    List<String> vectors = List.of("");
    for (String metric : metrics.split(" ", -1)) {
      int colon = metric.indexOf(':') + 1;
      vectors =
          vectors.stream()
              .flatMap(vector ->
                  metric
                      .substring(colon)
                      .chars()
                      .mapToObj(c -> vector + "/" + metric.substring(0, colon) + (char) c))
              .toList();
    }
    return vectors;
  }

  @NeedsSharedData
  @Test
  void everyVectorOfRealAdvisoriesIsRead() throws Exception {
    Set<String> unread = new TreeSet<>();
    int read = 0;
    try (Stream<Path> archives = Files.walk(SharedData.path("osv"))) {
      for (Path archive : archives.filter(path -> path.endsWith("all.zip")).sorted().toList()) {
        for (String vector : vectors(archive)) {
          if (Cvss.baseScore(vector).isPresent()) {
            read++;
          } else {
            unread.add(vector);
          }
        }
      }
    }
    assertThat(read).isGreaterThan(1000);
    // Its I and A have the value U, which no metric of 3.0 but RC and S has.
    assertThat(unread).containsExactly("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:U/A:U");
  }

  private static Set<String> vectors(Path archive) throws IOException {
    Set<String> vectors = new TreeSet<>();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : zip.stream().filter(e -> e.getName().endsWith(".json")).toList()) {
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry)) {
          bytes = in.readAllBytes();
        }
        // Parsing 55,000 records takes long; most have no vector.
        if (!new String(bytes, StandardCharsets.ISO_8859_1).contains("\"CVSS_V")) {
          continue;
        }
        Node record = Json.read(bytes, Limits.SCAN);
        List<Node> severities = new ArrayList<>(record.items("severity"));
        record.items("affected").forEach(affected -> severities.addAll(affected.items("severity")));
        severities.forEach(severity -> severity.text("score").ifPresent(vectors::add));
      }
    }
    return vectors;
  }

  private static List<String> table() throws IOException {
    try (InputStream in = CvssTest.class.getResourceAsStream("/cvss/scores.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    }
  }
}
