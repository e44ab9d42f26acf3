// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.gradle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Component;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.ExtractorContract;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.testkit.NeedsSharedData;
import dev.redoubt.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GradleLockfileExtractorTest extends ExtractorContract {

  @Override
  protected Extractor extractor() {
    return new GradleLockfileExtractor();
  }

  @Override
  protected String wantedPath() {
    return "gradle.lockfile";
  }

  @ParameterizedTest
  @CsvSource({
    "a/buildscript-gradle.lockfile,true",
    "a/gradle/dependency-locks/compileClasspath.lockfile,true",
    "gradle/dependency-locks/compileClasspath.lockfile,true",
    "a/flake.lockfile,false",
    "a/gradle.lockfile.bak,false"
  })
  void lockFilesOfOtherToolsAreLeftAlone(String path, boolean wanted) {
    assertThat(extractor().wants(new FileEntry(path, 1))).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "runtimeClasspath|PROD",
        "testRuntimeClasspath|DEV",
        "testRuntimeClasspath,runtimeClasspath|PROD",
        "debugAndroidTestCompileClasspath|DEV",
        "releaseRuntimeClasspath|PROD",
        "latestRuntimeClasspath|PROD",
        "annotationProcessor,kapt|DEV",
        "checkstyle|DEV",
        "harbour|UNKNOWN",
        "harbour,testRuntimeClasspath|UNKNOWN"
      })
  void theScopeFollowsFromTheConfigurations(String configurations, String scope)
      throws IOException {
    Extraction extraction = extract("com.example:a:1=" + configurations + "\n");

    assertThat(extraction.inventory().components())
        .extracting(component -> component.scope().name())
        .containsExactly(scope);
  }

  @Test
  void aComputedDependencyInTheScriptLeavesTheRelationOpen() throws IOException {
    Extraction extraction =
        extract(
            Map.of(
                "gradle.lockfile",
                "com.example:a:1=runtimeClasspath\ncom.example:b:1=runtimeClasspath\n",
                "build.gradle",
                "dependencies {\n  implementation 'com.example:a:1'\n  api pick()\n}\n"));

    assertThat(extraction.inventory().components())
        .extracting(Component::relation)
        .extracting(Enum::name)
        .containsExactly("DIRECT", "UNKNOWN");
  }

  @Test
  void manyMalformedLinesGiveABoundedNumberOfGaps() throws IOException {
    Extraction extraction = extract("?\n".repeat(100_000) + "com.example:a:1=runtimeClasspath\n");

    assertThat(extraction.gaps()).hasSizeLessThan(100);
    assertThat(extraction.inventory().components()).hasSize(1);
  }

  /* The counts are those of `grep -cvE '^(#|empty=|$)'`. */
  @NeedsSharedData
  @ParameterizedTest
  @CsvSource({
    "anchore+syft/syft/pkg/cataloger/java/testdata/gradle/gradle.lockfile,4",
    "anthropics+anthropic-sdk-java/anthropic-java-core/gradle.lockfile,227",
    "aquasecurity+trivy/pkg/fanal/analyzer/language/java/gradle/testdata/lockfiles/happy/gradle.lockfile,2"
  })
  void realLockFilesAreReadWhole(String path, int packages) throws IOException {
    Extraction extraction = extract(Files.readString(SharedData.path("projects").resolve(path)));

    assertThat(extraction.inventory().components()).hasSize(packages);
    assertThat(extraction.gaps()).isEmpty();
  }
}
