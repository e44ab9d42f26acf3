// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackageLaunchTest {

  /* One command line a row, its words separated by one blank, `·` for a blank inside a word. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          npx -y @scope/server@1.2.3                        | pkg:npm/%40scope/server@1.2.3
          npx @scope/server                                 | pkg:npm/%40scope/server
          npx --yes server@latest --flag x                  | pkg:npm/server
          npx server@^1.2                                   | pkg:npm/server
          npx -p @scope/pkg@2.0.0 -c server                 | pkg:npm/%40scope/pkg@2.0.0
          npx --package=pkg@1.0.0 -- server                 | pkg:npm/pkg@1.0.0
          npx -y --registry https://npm.example server@1.0.0 | pkg:npm/server@1.0.0
          npx -y github:owner/repo                          | pkg:github/owner/repo
          npx -y alias@npm:real@1.0.0                       | pkg:npm/real@1.0.0
          /usr/local/bin/npx -y server@1.0.0                | pkg:npm/server@1.0.0
          C:\\Program·Files\\nodejs\\npx.cmd -y server@1.0.0 | pkg:npm/server@1.0.0
          cmd /c npx -y server@1.0.0                        | pkg:npm/server@1.0.0
          cmd.exe /C npx·-y·server@1.0.0                    | pkg:npm/server@1.0.0
          cmd /d /s /c npx server@1.0.0                     | pkg:npm/server@1.0.0
          powershell -NoProfile -Command npx -y server@1.0.0 | pkg:npm/server@1.0.0
          sh -c npx·-y·server@1.0.0                         | pkg:npm/server@1.0.0
          bash -lc cd·/x·&&·exec·npx·-y·server@1.0.0        | pkg:npm/server@1.0.0
          env A=b C=d npx server@1.0.0                      | pkg:npm/server@1.0.0
          /usr/bin/env -u X npx server@1.0.0                | pkg:npm/server@1.0.0
          A=b npx server@1.0.0                              | pkg:npm/server@1.0.0
          wsl npx server@1.0.0                              | pkg:npm/server@1.0.0
          wsl.exe -d Ubuntu -e bash -c npx·server@1.0.0     | pkg:npm/server@1.0.0
          sudo -u me npx server@1.0.0                       | pkg:npm/server@1.0.0
          doppler run --project p -- npx server@1.0.0       | pkg:npm/server@1.0.0
          npm exec --yes -- server@1.0.0                    | pkg:npm/server@1.0.0
          npm exec --package=pkg@1.0.0 -- server            | pkg:npm/pkg@1.0.0
          npm x server@1.0.0                                | pkg:npm/server@1.0.0
          pnpm dlx server@1.0.0                             | pkg:npm/server@1.0.0
          pnpm --package=pkg@1.0.0 dlx server               | pkg:npm/pkg@1.0.0
          yarn dlx -q server@1.0.0                          | pkg:npm/server@1.0.0
          bunx --bun server@1.0.0                           | pkg:npm/server@1.0.0
          bun x server@1.0.0                                | pkg:npm/server@1.0.0
          uvx mcp-server-git                                | pkg:pypi/mcp-server-git
          uvx mcp-server-git==2025.1.14                     | pkg:pypi/mcp-server-git@2025.1.14
          uvx mcp-server-git@2025.1.14 --repository /r      | pkg:pypi/mcp-server-git@2025.1.14
          uvx mcp-server-git@latest                         | pkg:pypi/mcp-server-git
          uvx --from Some_Pkg[cli]>=2 tool                  | pkg:pypi/some-pkg
          uvx --python 3.12 --from pkg==1.0 tool            | pkg:pypi/pkg@1.0
          uvx --from git+https://github.com/o/r@v1 tool     | pkg:github/o/r@v1
          uv tool run pkg@1.0                               | pkg:pypi/pkg@1.0
          uv --directory /x run --with mcp==1.2.0 mcp run s.py | pkg:pypi/mcp@1.2.0
          pipx run pkg==1.0                                 | pkg:pypi/pkg@1.0
          pipx run --spec pkg==1.0 tool                     | pkg:pypi/pkg@1.0
          docker run -i --rm mcp/fetch                      | pkg:docker/mcp/fetch
          docker run -i --rm -e TOKEN --name n mcp/fetch:1.2 | pkg:docker/mcp/fetch@1.2
          docker run -it -v /a:/b -eX=y -p80:80 mcp/fetch:latest x | pkg:docker/mcp/fetch
          docker --context c run --mount type=bind,src=/a,dst=/b redis:7 | pkg:docker/library/redis@7
          podman run images.example/o/i@sha256:ab                  | pkg:docker/o/i@sha256:ab?repository_url=images.example
          docker run --pull always --network=none localhost:5000/i:1 | pkg:docker/i@1?repository_url=localhost:5000
          deno run -A npm:server@1.0.0                      | pkg:npm/server@1.0.0
          deno run --allow-net --allow-env jsr:@s/p@1.0.0/x | pkg:jsr/%40s/p@1.0.0
          node --no-warnings /a/node_modules/@s/p/dist/i.js | pkg:npm/%40s/p
          node C:\\a\\node_modules\\p\\i.js             | pkg:npm/p
          go run github.com/o/r/cmd/s@v1.2.3                | pkg:golang/github.com/o/r/cmd/s@v1.2.3
          dnx Some.Server@1.0.0 --yes                       | pkg:nuget/Some.Server@1.0.0
          """)
  void theLaunchedPackageIsNamed(String command, String purl) {
    assertThat(packages(command)).startsWith(purl.replace("library/", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "python -m server",
        "python server.py",
        "node server.js",
        "node ./dist/index.js --npx",
        "uv run server.py",
        "uv run --directory /x server",
        "npm run start",
        "npm start",
        "yarn start",
        "bun run server.ts",
        "deno run -A server.ts",
        "docker compose run service",
        "docker exec -i box server",
        "npx ./local",
        "npx ${PACKAGE}",
        "npx",
        "uvx",
        "docker run",
        "docker run ${IMAGE}",
        "sh server.sh",
        "bash -c",
        "cmd",
        "gh aw mcp-server",
        "echo npx server"
      })
  void whatFetchesNothingNamesNothing(String command) {
    assertThat(packages(command)).isEmpty();
  }

  @Test
  void aCommandWithItsArgumentsInOneWordIsTakenApart() {
    assertThat(packages("npx·-y·server@1.0.0 --flag")).containsExactly("pkg:npm/server@1.0.0");
    assertThat(packages("~/Application·Support/npx·tools/bin")).isEmpty();
  }

  @Test
  void everyPackageOfALineIsNamed() {
    assertThat(packages("uvx --with a==1.0,b --from c==2.0 tool"))
        .containsExactly("pkg:pypi/c@2.0", "pkg:pypi/a@1.0", "pkg:pypi/b");
    assertThat(packages("npx -p a@1.0.0 -p b@2.0.0 tool"))
        .containsExactly("pkg:npm/a@1.0.0", "pkg:npm/b@2.0.0");
  }

  @Test
  void wrappersAreLookedThroughOnlySoFar() {
    assertThat(packages("env ".repeat(1000) + "npx server")).isEmpty();
  }

  @Test
  void theHostSideOfEveryMountIsGiven() {
    ContainerRun run =
        ContainerRun.of(
                words(
                    "docker run --rm -v /:/host:ro --volume=C:\\data:/d -v named:/n -v /anonymous"
                        + " --mount type=bind,source=/etc,target=/e --privileged image arg"))
            .orElseThrow();

    assertThat(run.mounts()).containsExactly("/", "C:\\data", "named", "/etc");
    assertThat(run.isOn("--privileged")).isTrue();
    assertThat(run.isOn("--read-only")).isFalse();
    assertThat(run.arguments()).containsExactly(new Word("arg", 1));
  }

  private static List<String> packages(String command) {
    List<String> purls = new ArrayList<>();
    for (ShellScript.Step step : CommandLine.of(words(command)).commands()) {
      PackageLaunch.of(step.words())
          .ifPresent(
              launch -> launch.packages().forEach(named -> purls.add(named.purl().toString())));
    }
    return purls;
  }

  private static List<Word> words(String command) {
    List<Word> words = new ArrayList<>();
    for (String word : command.split(" ", -1)) {
      words.add(new Word(word.replace('·', ' '), 1));
    }
    return words;
  }
}
