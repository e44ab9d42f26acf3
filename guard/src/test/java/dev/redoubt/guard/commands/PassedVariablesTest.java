// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassedVariablesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GITHUB_PERSONAL_ACCESS_TOKEN",
        "GITHUB_HOST",
        "GH_TOKEN",
        "NPM_TOKEN",
        "UV_PUBLISH_TOKEN",
        "OPENAI_API_KEY",
        "PGHOST",
        "PGPASSWORD",
        "AWS_PROFILE",
        "AWS_SECRET_ACCESS_KEY",
        "GOOGLE_APPLICATION_CREDENTIALS",
        "MEMORY_FILE_PATH",
        "SLACK_BOT_TOKEN",
        "DATABASE_URL",
        "LANG",
        "LC_ALL",
        "NODE_ENV",
        "_x",
      })
  void keysAndSettingsMayBeHandedOn(String name) {
    assertThat(PassedVariables.objection(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LD_PRELOAD",
        "LD_LIBRARY_PATH",
        "LD_ACCESS_KEY",
        "DYLD_INSERT_LIBRARIES",
        "BASH_ENV",
        "BASH_FUNC_TOKEN",
        "ENV",
        "SHELLOPTS",
        "PATH",
        "NODE_OPTIONS",
        "NODE_PATH",
        "PYTHONPATH",
        "PYTHONSTARTUP",
        "PERL5OPT",
        "RUBYOPT",
        "JAVA_TOOL_OPTIONS",
        "GIT_SSH_COMMAND",
        "GIT_CONFIG_COUNT",
        "npm_config_registry",
        "UV_INDEX_URL",
        "EDITOR",
        "AWS_CONFIG_FILE",
        "CLOUDSDK_PYTHON",
        "PGSERVICEFILE",
        "CLAUDE_CONFIG_DIR",
        "KUBECONFIG",
        "HTTP_PROXY",
        "Foo_Proxy",
        "APP_PLUGIN_PATH",
        "PUPPETEER_EXECUTABLE_PATH",
        "FOO_OPTS",
        "REDOUBT_DATA",
        "",
        "1A",
        "A B",
        "A=B",
        "Ä",
        "A\n",
      })
  void whatDecidesWhatRunsAndWhatIsNoNameMayNot(String name) {
    assertThat(PassedVariables.objection(name)).isPresent();
  }
}
