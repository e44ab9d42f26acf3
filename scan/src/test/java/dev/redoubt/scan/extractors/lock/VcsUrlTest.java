// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.model.Purl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VcsUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://git.example/a.git, git+https://git.example/a.git@c0ffee",
    "git+https://git.example/a, git+https://git.example/a@c0ffee",
    "https://me:secret@git.example/a@b, git+https://git.example/a@b@c0ffee",
    "git@git.example:a/b.git, git+ssh://git.example/a/b.git@c0ffee",
    "../a, git+../a@c0ffee",
  })
  void theRepositoryIsNamedWithoutAUser(String url, String expected) {
    Purl purl = Purl.of("gem", null, "a", "1");

    assertThat(VcsUrl.on(purl, url, "c0ffee").qualifiers()).containsEntry("vcs_url", expected);
    assertThat(VcsUrl.on(purl, url, "c0ffee").version()).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({"https://git.example/a, git+https://git.example/a"})
  void withoutACommitThereIsNone(String url, String expected) {
    assertThat(VcsUrl.on(Purl.of("gem", null, "a", "1"), url, null).qualifiers())
        .containsEntry("vcs_url", expected);
  }
}
