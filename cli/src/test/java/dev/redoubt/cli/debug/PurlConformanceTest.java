// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.debug;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.cli.debug.PurlConformance.Result;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.testkit.NeedsSharedData;
import dev.redoubt.testkit.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PurlConformanceTest {

  @Test
  void everyKindOfTestThatHoldsIsCountedAndNothingElse() throws Exception {
    assertThat(
            run(
                """
                {"tests": [
                  {"description": "p", "test_type": "parse", "test_group": "required",
                   "input": "pkg:NPM/@A/b@1?Z=1&checksum=a,b#x/",
                   "expected_output": {"type": "npm", "namespace": "@a", "name": "b",
                     "version": "1", "qualifiers": {"z": "1", "checksum": ["a", "b"]},
                     "subpath": "x"}},
                  {"description": "b", "test_type": "build",
                   "input": {"type": "npm", "namespace": null, "name": "b", "version": null,
                     "qualifiers": null, "subpath": null},
                   "expected_output": "pkg:npm/b"},
                  {"description": "r", "test_type": "roundtrip", "test_group": "base",
                   "input": "pkg:npm/B", "expected_output": "pkg:npm/b"},
                  {"description": "v", "test_type": "validate", "test_group": "recommended",
                   "input": "pkg:npm/B", "expected_output": "pkg:npm/b"},
                  {"description": "f", "test_type": "parse", "input": "pkg:npm",
                   "expected_failure": true},
                  {"description": "g", "test_type": "build", "input": {"type": null, "name": "x"},
                   "expected_output": null, "expected_failure": true},
                  {"description": "ok", "test_type": "validation", "input": "pkg:golang/A/b",
                   "expected_output": [{"severity": "warning", "message": "case"}]},
                  {"description": "no", "test_type": "validation", "input": "pkg:rpm/curl",
                   "expected_output": [{"severity": "error", "message": "namespace"}]}
                ]}
                """))
        .contains(new Result(List.of(), 8, 0, 0));
  }

  @Test
  void everyKindOfTestThatDoesNotHoldIsReportedByItsDescription() throws Exception {
    Result result =
        run("""
        {"tests": [
        {"description": "p", "test_type": "parse", "input": "pkg:npm/b",
         "expected_output": {"type": "npm", "name": "c"}},
        {"description": "b", "test_type": "build", "input": {"type": "npm", "name": "b"},
         "expected_output": "pkg:npm/c"},
        {"description": "f", "test_type": "parse", "input": "pkg:npm/b",
         "expected_failure": true},
        {"description": "n", "test_type": "validate", "input": "pkg:npm",
         "expected_output": "pkg:npm"},
        {"description": "v", "test_type": "validation", "input": "pkg:rpm/a/b",
         "expected_output": [{"severity": "error", "message": "m"}]},
        {"description": "\\u001b[31mt", "test_type": "\\u202edance", "input": ""},
        {"description": "i", "test_type": "parse"},
        {"description": "a", "test_type": "validate", "test_group": "advanced",
         "input": "pkg:npm/b", "expected_output": "pkg:npm/c"}
        ]}
        """)
            .orElseThrow();

    assertThat(result)
        .isEqualTo(
            new Result(
                List.of(
                    "p (line 2): expected {name=c, namespace=null, qualifiers={}, subpath=null,"
                        + " type=npm, version=null}, got {name=b, namespace=null, qualifiers={},"
                        + " subpath=null, type=npm, version=null}",
                    "b (line 4): expected pkg:npm/c, got pkg:npm/b",
                    "f (line 6): accepted as {name=b, namespace=null, qualifiers={}, subpath=null,"
                        + " type=npm, version=null}",
                    "n (line 8): expected pkg:npm, but \"pkg:npm\" is not a package URL: the type"
                        + " or the name is missing",
                    "v (line 10): accepted as a purl",
                    "?[31mt (line 12): unknown test_type \"?dance\"",
                    "i (line 13): the test has no input",
                    "a (line 14, recommended): expected pkg:npm/c, got pkg:npm/b"),
                8,
                7,
                1));
    assertThat(result.summary()).isEqualTo("checked 8, failed 7, recommended not met 1");
  }

  @Test
  void aDocumentWithoutAListOfTestsIsNone() throws Exception {
    assertThat(run("{}")).isEmpty();
    assertThat(run("[]")).isEmpty();
    assertThat(run("{\"tests\": {}}")).isEmpty();
    assertThat(run("{\"tests\": []}")).contains(new Result(List.of(), 0, 0, 0));
  }

  @NeedsSharedData
  @Test
  void theTestsOfTheSpecificationAreMet() throws Exception {
    List<Path> files;
    try (Stream<Path> found = Files.walk(SharedData.path("purl"))) {
      files = found.filter(file -> file.toString().endsWith("-test.json")).sorted().toList();
    }
    int checked = 0;
    for (Path file : files) {
      Result result = run(Files.readString(file, StandardCharsets.UTF_8)).orElseThrow();
      assertThat(result.complaints()).as("%s", file).isEmpty();
      checked += result.checked();
    }
    assertThat(files).hasSizeGreaterThan(40);
    assertThat(checked).isGreaterThan(280);
  }

  private static Optional<Result> run(String json) throws DocumentException, IOException {
    return PurlConformance.run(Json.read(json.getBytes(StandardCharsets.UTF_8), Limits.SCAN));
  }
}
