// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceShelfTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker ps",
        "docker run -v /:/h --privileged x",
        "docker version",
        "docker --version x",
        "docker --host=tcp://a.example --version",
        "podman images",
        "kubectl get secrets",
        "helm list",
        "terraform plan",
        "aws sts get-caller-identity",
        "psql -c x",
        "sqlite3 a.db .shell_ls",
        "redis-cli get x",
        "docker $x",
        "gh pr view",
        "gh api x",
        "glab mr list",
        "hg status",
        "svn update",
        "svn status -u",
        "svn diff -r1",
        "svn diff http://a.example/a",
        "kubectl version",
        "helm version --kubeconfig x",
        "terraform version -x",
        "svn diff --diff-cmd ./x",
        "svn --config-option a=b status",
        "svn status --config-option a=b",
      })
  void actingOnAServiceIsAQuestion(String line) {
    assertThat(Calls.reading(line)).matches("(CHANGES|UNKNOWN).*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker --version",
        "kubectl --help",
        "aws --version",
        "svn status",
        "svn st -v",
        "helm version",
        "kubectl version --client"
      })
  void versionsAndLocalStateAreHarmless(String line) {
    assertThat(Calls.reading(line)).isEqualTo("HARMLESS");
  }
}
