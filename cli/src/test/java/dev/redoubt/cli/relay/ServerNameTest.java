// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerNameTest {

  @ParameterizedTest
  @CsvSource({
    "docker run -i --rm -e GITHUB_TOKEN ghcr.example/a/files:2, files-2",
    "docker run -e TOKEN=abc -v /a:/b image, image",
    "uv --directory /srv/app run s.py, s",
    "env API_KEY=sk-1 npx -y @scope/server@1.2, server",
    "npx -y @scope/server /srv, server",
    "node --import ./x.mjs build/index.js, index",
    "java -cp a.jar -jar files.jar, files",
    "./server --token abc, server",
    "python3 -u -m my_server secret, my_server",
    "python -u s.py secret, s",
    "env API_KEY=sk-1, env",
  })
  void aServerIsCalledAfterWhatIsStartedAndNeverAfterAValue(String command, String name) {
    assertThat(ServerName.of(List.of(command.split(" ")))).isEqualTo(name);
  }
}
