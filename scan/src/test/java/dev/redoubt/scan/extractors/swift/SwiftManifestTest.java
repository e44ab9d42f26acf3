// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors.swift;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SwiftManifestTest {

  @ParameterizedTest
  @CsvSource({
    "https://Git.Example/Acme/Quay.git, git.example/Acme/Quay",
    "https://me:secret@git.example/acme/quay/, git.example/acme/quay",
    "ssh://git@git.example:22/acme/quay.git, git.example/acme/quay",
    "git@git.example:acme/quay.git, git.example/acme/quay",
  })
  void aRepositoryIsNamedByHostAndPath(String url, String expected) {
    assertThat(SwiftManifest.repository(url)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/home/me/quay", "../quay", "https://", "https://git.example/", ":a"})
  void whatIsOnNoHostHasNoName(String url) {
    assertThat(SwiftManifest.repository(url)).isEmpty();
  }
}
