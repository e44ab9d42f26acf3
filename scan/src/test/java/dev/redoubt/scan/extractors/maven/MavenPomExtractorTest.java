// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.maven;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Component;
import dev.redoubt.model.Gap;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.Need;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MavenPomExtractorTest extends ExtractorContract {

  @TempDir Path repository;
  private Optional<Path> used = Optional.of(Path.of("src/test/resources/maven-repository"));

  @Override
  protected Extractor extractor() {
    return new MavenPomExtractor(used);
  }

  @Override
  protected String wantedPath() {
    return "pom.xml";
  }

  @Test
  void aPomOfAnyNameIsWanted() {
    assertThat(extractor().wants(new FileEntry("lib/a-1.0.pom", 1))).isTrue();
  }

  @Test
  void theMachineIsNeededOnlyWithARepository() {
    assertThat(new MavenPomExtractor(Optional.of(repository)).needs())
        .containsExactly(Need.MACHINE);
    assertThat(new MavenPomExtractor(Optional.empty()).needs()).isEmpty();
  }

  @Test
  void theNearestVersionWinsAndTheFirstAmongEquallyNear() throws IOException {
    stored("a:1", deps("x:1", "y:1"));
    stored("b:1", deps("c:1", "y:2"));
    stored("c:1", deps("x:2"));
    stored("x:1", "");
    stored("y:1", "");

    assertThat(resolved(deps("b:1", "a:1")))
        .containsExactly(
            "b@1 DIRECT", "a@1 DIRECT", "c@1 TRANSITIVE", "y@2 TRANSITIVE", "x@1 TRANSITIVE");
  }

  @Test
  void theProjectsManagementReachesBelowAndThatOfADependencyDoesNot() throws IOException {
    stored("a:1", managed("x:7") + deps("b:1"));
    stored("b:1", managed("y:7") + deps("x:1", "y"));

    assertThat(resolved(managed("x:3") + deps("a:1")))
        .containsExactly("a@1 DIRECT", "b@1 TRANSITIVE", "x@3 TRANSITIVE", "y@7 TRANSITIVE");
  }

  @Test
  void optionalTestAndProvidedOnesAreNotPassedOn() throws IOException {
    stored(
        "a:1",
        "<dependencies>"
            + dep("o:1", "<optional>true</optional>")
            + dep("t:1", "<scope>test</scope>")
            + dep("p:1", "<scope>provided</scope>")
            + dep("r:1", "<scope>runtime</scope>")
            + "</dependencies>");

    assertThat(resolved(deps("a:1"))).containsExactly("a@1 DIRECT", "r@1 TRANSITIVE");
  }

  @Test
  void theWidestScopeStands() throws IOException {
    stored("t:1", deps("both:1", "only:1"));
    stored("c:1", deps("mid:1"));
    stored("mid:1", deps("both:1"));
    stored("o:1", deps("maybe:1"));

    Extraction extraction =
        pom(
            "<dependencies>"
                + dep("t:1", "<scope>test</scope>")
                + dep("c:1", "")
                + dep("o:1", "<optional>true</optional>")
                + "</dependencies>");

    assertThat(extraction.inventory().components())
        .extracting(it -> it.purl().name() + " " + it.scope())
        .containsExactly(
            "t DEV", "c PROD", "o OPTIONAL", "both PROD", "only DEV", "mid PROD", "maybe OPTIONAL");
  }

  @Test
  void anExclusionHoldsForEverythingBelowItAndNotElsewhere() throws IOException {
    stored("a:1", deps("b:1"));
    stored("b:1", deps("x:1"));
    stored("c:1", deps("d:1"));
    stored("d:1", deps("e:1"));
    stored("e:1", deps("x:2"));
    String excluded =
        dep(
            "a:1",
            "<exclusions><exclusion><groupId>g</groupId><artifactId>x</artifactId></exclusion></exclusions>");

    assertThat(resolved("<dependencies>" + excluded + dep("c:1", "") + "</dependencies>"))
        .contains("x@2 TRANSITIVE")
        .doesNotContain("x@1 TRANSITIVE");
  }

  @Test
  void anArtifactThatMovedIsTheOneItBecame() throws IOException {
    stored(
        "old:1",
        "<distributionManagement><relocation><artifactId>new</artifactId></relocation></distributionManagement>");
    stored("new:1", deps("x:1"));
    stored("a:1", deps("old:1"));

    Extraction extraction = pom(deps("a:1"));

    assertThat(extraction.inventory().components())
        .extracting(it -> it.purl().name() + " " + it.dependsOn())
        .containsExactly("a [pkg:maven/g/new@1]", "new [pkg:maven/g/x@1]", "x []");
  }

  @Test
  void whatTheProjectsManagementExcludesIsExcludedAtEveryDepth() throws IOException {
    stored(
        "old:1",
        "<distributionManagement><relocation><artifactId>new</artifactId></relocation></distributionManagement>");
    stored("new:1", deps("x:1", "y:1"));
    stored("y:1", deps("z:1"));
    String without =
        "<exclusions><exclusion><groupId>g</groupId><artifactId>%s</artifactId></exclusion></exclusions>";

    assertThat(
            resolved(
                "<dependencyManagement><dependencies>"
                    + dep("new:1", without.formatted("x"))
                    + dep("y:1", without.formatted("*"))
                    + "</dependencies></dependencyManagement>"
                    + deps("old:1")))
        .containsExactly("new@1 DIRECT", "y@1 TRANSITIVE");
  }

  @Test
  void aRingOfDependenciesEnds() throws IOException {
    stored("a:1", deps("b:1"));
    stored("b:1", deps("a:1", "project:1"));

    assertThat(resolved(deps("a:1"))).containsExactly("a@1 DIRECT", "b@1 TRANSITIVE");
  }

  @Test
  void whatIsMissingIsOneGapEach() throws IOException {
    stored("a:1", deps("lost:1"));
    stored("b:1", deps("lost:1"));

    assertThat(pom(deps("a:1", "b:1")).gaps())
        .isEqualTo(
            List.of(
                new Gap(
                    "pom.xml",
                    2,
                    "the POM of g:lost:1 is not in the local repository: what it brings in is not"
                        + " known",
                    "run mvn dependency:go-offline")));
  }

  @Test
  void withoutARepositoryOneGapSaysSo() throws IOException {
    used = Optional.empty();

    assertThat(extract(project(deps("a:1", "b:1"))).gaps())
        .extracting(Gap::reason)
        .containsExactly("no local repository was read: what 2 dependencies bring in is not known");
  }

  @Test
  void aMissingParentAndBomAreGapsAndTheRestIsRead() throws IOException {
    String parent =
        "<parent><groupId>g</groupId><artifactId>up</artifactId><version>1</version></parent>";
    String bom = dep("bom:1", "<type>pom</type><scope>import</scope>");
    Extraction extraction =
        pom(
            parent
                + "<dependencyManagement><dependencies>"
                + bom
                + "</dependencies></dependencyManagement>"
                + deps("a"));

    assertThat(extraction.inventory().components())
        .extracting(Component::purl)
        .hasToString("[pkg:maven/g/a]");
    assertThat(extraction.gaps())
        .extracting(Gap::reason)
        .containsExactly(
            "the POM of g:up:1 is not in the local repository: what project inherits is not known",
            "the POM of g:bom:1 is not in the local repository: the versions that this BOM manages"
                + " are not known",
            "g:a has no version, and no dependencyManagement that could be read gives it one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<parent><groupId>g</groupId><artifactId>project</artifactId><version>1</version><relativePath>pom.xml</relativePath></parent>",
        "<dependencyManagement><dependencies><dependency><groupId>g</groupId><artifactId>ring</artifactId><version>1</version><type>pom</type><scope>import</scope></dependency></dependencies></dependencyManagement>"
      })
  void aRingOfParentsOrImportsIsAGap(String ring) throws IOException {
    stored(
        "ring:1",
        "<dependencyManagement><dependencies>"
            + dep("ring:1", "<type>pom</type><scope>import</scope>")
            + "</dependencies></dependencyManagement>");

    assertThat(pom(ring).gaps()).extracting(Gap::line).containsExactly(2);
  }

  @Test
  void propertiesThatDoubleEachOtherEnd() throws IOException {
    StringBuilder properties = new StringBuilder("<properties><p0>x</p0><loop>${loop}</loop>");
    for (int i = 1; i < 64; i++) {
      properties.append("<p%d>${p%d}${p%d}</p%d>".formatted(i, i - 1, i - 1, i));
    }
    properties.append("</properties>");

    assertThat(pom(properties + deps("a:${p63}", "b:${loop}", "c:${p2}")).inventory().components())
        .extracting(it -> it.purl().toString())
        .containsExactly("pkg:maven/g/a", "pkg:maven/g/b", "pkg:maven/g/c@xxxx");
  }

  @Test
  void coordinatesNeverLeadOutOfTheRepository() throws IOException {
    Files.createDirectories(repository.resolve("in"));
    Files.write(repository.resolve("secret.pom"), project("").getBytes(UTF_8));
    used = Optional.of(repository.resolve("in"));

    Extraction extraction =
        extract(project("<dependencies>" + dep("a:../../..", "") + "</dependencies>"));

    assertThat(extraction.gaps()).extracting(Gap::reason).allMatch(it -> it.contains("g:a:../.."));
  }

  private void stored(String artifact, String body) throws IOException {
    used = Optional.of(repository);
    String[] parts = artifact.split(":", 2);
    Path folder = repository.resolve("g").resolve(parts[0]).resolve(parts[1]);
    Files.createDirectories(folder);
    String pom =
        "<project><groupId>g</groupId><artifactId>%s</artifactId><version>%s</version>%s</project>"
            .formatted(parts[0], parts[1], body);
    Files.write(folder.resolve(parts[0] + "-" + parts[1] + ".pom"), pom.getBytes(UTF_8));
  }

  private Extraction pom(String body) throws IOException {
    used = Optional.of(repository);
    return extract(Map.of("pom.xml", project(body)));
  }

  private List<String> resolved(String body) throws IOException {
    return pom(body).inventory().components().stream()
        .map(it -> it.purl().name() + "@" + it.purl().version() + " " + it.relation())
        .toList();
  }

  private static String project(String body) {
    return "<project><groupId>g</groupId><artifactId>project</artifactId><version>1</version>\n%s</project>"
        .formatted(body);
  }

  private static String deps(String... artifacts) {
    StringBuilder out = new StringBuilder("<dependencies>");
    for (String artifact : artifacts) {
      out.append(dep(artifact, ""));
    }
    return out.append("</dependencies>").toString();
  }

  private static String managed(String... artifacts) {
    return "<dependencyManagement>" + deps(artifacts) + "</dependencyManagement>";
  }

  private static String dep(String artifact, String more) {
    String[] parts = artifact.split(":", 2);
    return "<dependency><groupId>g</groupId><artifactId>%s</artifactId>%s%s</dependency>"
        .formatted(parts[0], parts.length < 2 ? "" : "<version>" + parts[1] + "</version>", more);
  }
}
