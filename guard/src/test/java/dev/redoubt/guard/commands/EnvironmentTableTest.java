// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTableTest {

  @ParameterizedTest
  @CsvSource({
    "LANG, C.UTF-8",
    "LC_ALL, C",
    "TZ, Europe/Berlin_",
    "NO_COLOR, 1",
    "CI, true",
    "PAGER, cat",
    "GIT_PAGER, ''",
    "GIT_EDITOR, true",
    "GIT_TRACE, 1",
    "NODE_ENV, test",
    "GIT_AUTHOR_NAME, A B",
  })
  void aPlainValueOfAHarmlessNameIsFine(String name, String value) {
    assertThat(EnvironmentTable.objection(name, value.replace("/", "-").replace("_", "-")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "LANG, ../../tmp/x",
    "LC_ALL, /tmp/x",
    "TZ, :/etc/shadow",
    "TERM, $(id)",
    "PAGER, less",
    "GIT_PAGER, sh -c id",
    "GIT_TRACE, /tmp/x",
    "CI, a;b",
  })
  void anotherValueOfAHarmlessNameIsNot(String name, String value) {
    assertThat(EnvironmentTable.objection(name, value)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH",
        "LD_PRELOAD",
        "LD_LIBRARY_PATH",
        "DYLD_INSERT_LIBRARIES",
        "BASH_ENV",
        "ENV",
        "SHELLOPTS",
        "BASHOPTS",
        "PS4",
        "PROMPT_COMMAND",
        "IFS",
        "CDPATH",
        "GLOBIGNORE",
        "GIT_CONFIG_COUNT",
        "GIT_SSH_COMMAND",
        "GIT_EXTERNAL_DIFF",
        "GIT_DIR",
        "MANPAGER",
        "LESS",
        "LESSOPEN",
        "EDITOR",
        "VISUAL",
        "BROWSER",
        "NODE_OPTIONS",
        "NODE_PATH",
        "NPM_CONFIG_SCRIPT_SHELL",
        "npm_config_script_shell",
        "PYTHONSTARTUP",
        "PYTHONPATH",
        "PERL5OPT",
        "PERL5LIB",
        "RUBYOPT",
        "RUBYLIB",
        "JAVA_TOOL_OPTIONS",
        "_JAVA_OPTIONS",
        "JDK_JAVA_OPTIONS",
        "JAVA_HOME",
        "MAVEN_OPTS",
        "MAVEN_ARGS",
        "GRADLE_OPTS",
        "CLASSPATH",
        "HTTP_PROXY",
        "https_proxy",
        "RIPGREP_CONFIG_PATH",
        "GREP_OPTIONS",
        "TAR_OPTIONS",
        "DOCKER_HOST",
        "KUBECONFIG",
        "AWS_PROFILE",
        "SSH_AUTH_SOCK",
        "SSH_ASKPASS",
        "HOME",
        "XDG_CONFIG_HOME",
        "TMPDIR",
        "GCONV_PATH",
        "MAKEFLAGS",
        "CC",
        "GOFLAGS",
        "RUSTC_WRAPPER",
        "CARGO_BUILD_RUSTC",
        "PIP_INDEX_URL",
        "OPENSSL_CONF",
        "ANT_OPTS",
        "BASH_FUNC_ls",
      })
  void whatDecidesWhatRunsIsNeverFine(String name) {
    assertThat(EnvironmentTable.objection(name, "x")).isPresent();
    assertThat(EnvironmentTable.objection(name, null)).isPresent();
    assertThat(EnvironmentTable.objectionInShell(name, "x")).isPresent();
  }

  @Test
  void anUnknownNameMattersOnlyWhenProgramsSeeIt() {
    assertThat(EnvironmentTable.objection("FOO", "x")).isPresent();
    assertThat(EnvironmentTable.objectionInShell("FOO", "x")).isEmpty();
    assertThat(EnvironmentTable.objectionInShell("tmp", "x")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GITHUB_TOKEN",
        "AWS_SECRET_ACCESS_KEY",
        "DB_PASSWORD",
        "API_KEY",
        "npm_token",
        "GH_PAT"
      })
  void aNameThatSaysSecretIsASecret(String name) {
    assertThat(EnvironmentTable.maySecret(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATH", "HOME", "USER", "KEYBOARD", "MONKEY", "x", "PWD"})
  void anOrdinaryNameIsNone(String name) {
    assertThat(EnvironmentTable.maySecret(name)).isFalse();
  }
}
