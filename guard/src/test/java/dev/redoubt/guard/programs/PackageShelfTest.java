// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Effect.Nature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackageShelfTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          npm --version                     | HARMLESS SEARCH:.
          npm ls --depth=0                  | HARMLESS SEARCH:.
          npm list -g                       | HARMLESS SEARCH:.
          npm run                           | HARMLESS SEARCH:.
          npm config get registry           | HARMLESS SEARCH:.
          npm why left-pad                  | HARMLESS SEARCH:.
          npm test                          | BUILD SEARCH:.
          npm t                             | BUILD SEARCH:.
          npm test --silent                 | BUILD SEARCH:.
          npm run test                      | BUILD SEARCH:.
          npm run -s lint                   | BUILD SEARCH:.
          npm run test:unit -- --coverage   | BUILD SEARCH:.
          npm run build --if-present        | BUILD SEARCH:.
          npm run type-check                | BUILD SEARCH:.
          npm run format:check              | BUILD SEARCH:.
          npm test -- src/a.test.js         | BUILD READ:src/a.test.js SEARCH:.
          npm test -- ../x.js               | BUILD READ:../x.js SEARCH:.
          npm --prefix ../x test            | BUILD IN:../x(SEARCH:.)
          npm -C sub run build              | BUILD IN:sub(SEARCH:.)
          npm -w api test                   | BUILD SEARCH:.
          pnpm --version                    | BUILD SEARCH:.
          pnpm test                         | BUILD SEARCH:.
          pnpm lint                         | BUILD SEARCH:.
          pnpm -r build                     | BUILD SEARCH:.
          pnpm --filter api test            | BUILD SEARCH:.
          yarn --version                    | BUILD SEARCH:.
          yarn test                         | BUILD SEARCH:.
          yarn lint                         | BUILD SEARCH:.
          yarn run typecheck                | BUILD SEARCH:.
          yarn workspace api test           | BUILD SEARCH:.
          yarn --cwd ../x test              | BUILD IN:../x(SEARCH:.)
          yarn exec x                       | BUILD SEARCH:. RUN(x)
          yarn run eslint --fix             | BUILD SEARCH:. RUN(eslint --fix)
          yarn tsc -p .                     | BUILD SEARCH:. RUN(tsc -p .)
          pnpm exec rm -rf x                | BUILD SEARCH:. RUN(rm -rf x)
          pnpm -C ../x exec jest            | BUILD IN:../x(SEARCH:. RUN(jest))
          pnpm --filter api vitest run      | BUILD SEARCH:. RUN(vitest run)
          bun test                          | BUILD SEARCH:.
          bun run test                      | BUILD SEARCH:.
          bun pm ls                         | BUILD SEARCH:.
          npx --version                     | HARMLESS
          npx --no-install tsc --noEmit     | BUILD SEARCH:. RUN(tsc --noEmit)
          pip list                          | HARMLESS
          pip show -f requests              | HARMLESS
          pip freeze                        | HARMLESS
          pip --version                     | HARMLESS
          pip3 check                        | HARMLESS
          pip list --path /x                | HARMLESS SEARCH:/x
          uv --version                      | BUILD SEARCH:.
          uv tree                           | BUILD SEARCH:.
          uv pip list                       | BUILD SEARCH:.
          uv run pytest -q                  | BUILD SEARCH:. RUN(pytest -q)
          uv run --frozen pytest            | BUILD SEARCH:. RUN(pytest)
          uv run -m pytest tests            | BUILD SEARCH:. RUN(python -m pytest tests)
          uv run rm -rf /                   | BUILD SEARCH:. RUN(rm -rf /)
          poetry run pytest                 | BUILD SEARCH:. RUN(pytest)
          poetry show                       | BUILD SEARCH:.
          bundle exec rspec                 | BUILD SEARCH:. RUN(rspec)
          bundle list                       | BUILD SEARCH:.
          conda env list                    | HARMLESS
          gem list                          | HARMLESS
          composer show -i                  | BUILD SEARCH:.
          apt list --installed              | HARMLESS
          apt-cache policy git              | HARMLESS
          dpkg -l                           | HARMLESS
          dpkg -L git                       | HARMLESS
          dpkg -I x.deb                     | HARMLESS READ:x.deb
          rpm -qa                           | HARMLESS
          pacman -Qi git                    | HARMLESS
          brew list                         | HARMLESS
          dnf list installed                | HARMLESS
          apk info                          | HARMLESS
          snap list                         | HARMLESS
          """)
  void lookingAndTheWorkspacesScriptsPass(String line, String expected) {
    assertThat(Calls.reading(line)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "npm install",
        "npm i left-pad",
        "npm ci",
        "npm exec x",
        "npm exec eslint",
        "npm exec --no -- eslint",
        "pnpm exec",
        "pnpm exec -c ls",
        "pnpm -c exec ls",
        "pnpm exec -- ls",
        "pnpm dlx eslint",
        "yarn dlx eslint",
        "yarn add eslint",
        "yarn -- eslint",
        "yarn $x eslint",
        "pnpm exec ./x",
        "bunx eslint",
        "npm x y",
        "npm publish",
        "npm start",
        "npm run deploy",
        "npm run build-and-publish",
        "npm run dev",
        "npm run fix",
        "npm run $x",
        "npm run -- deploy",
        "npm -- install x",
        "npm -- test",
        "npm test -- --config x.js",
        "npm test -- $x",
        "npm test --script-shell=./x",
        "npm test --script-sh=./x",
        "npm --node-options=--require=./x test",
        "npm --userconfig x test",
        "npm config set script-shell ./x",
        "npm config delete x",
        "npm config get //a.example/:_authToken",
        "npm set x=y",
        "npm version patch",
        "npm pkg set scripts.test=x",
        "npm view x",
        "npm audit",
        "npm outdated",
        "npm link",
        "npm rebuild",
        "npm explore x -- ./y",
        "npm --registry=http://a.example test",
        "npm -c x test",
        "yarn",
        "yarn install",
        "yarn add x",
        "yarn dlx x",
        "yarn node x",
        "yarn workspace api add x",
        "yarn plugin import x",
        "yarn --use-yarnrc x test",
        "yarn deploy",
        "pnpm",
        "pnpm install",
        "pnpm dlx x",
        "pnpm --pnpmfile x test",
        "bun x.ts",
        "bun x y",
        "bun build x",
        "bun --preload ./x test",
        "bun -e x",
        "npx tsc",
        "npx -y x",
        "npx --no-install -c x",
        "bunx x",
        "pipx run x",
        "uvx ruff",
        "pip install x",
        "pip install -e .",
        "pip download x",
        "pip list -o",
        "pip list --index-url http://a.example",
        "pip --python ./x list",
        "pip config set x y",
        "uv pip install x",
        "uv run --with x pytest",
        "uv run --wit x pytest",
        "uv run --python ./x pytest",
        "uv sync",
        "uv add x",
        "uv tool run x",
        "poetry install",
        "poetry add x",
        "poetry config x y",
        "bundle install",
        "bundle config x y",
        "bundle exec",
        "conda install x",
        "conda run x",
        "gem install x",
        "gem list -r",
        "composer install",
        "composer -d /x show",
        "apt install x",
        "apt-get update",
        "apt -o Dir::Bin=x list",
        "apt list -o APT::Update::Pre-Invoke::=x",
        "apt-cache -c x policy git",
        "dpkg -i x.deb",
        "dpkg --pre-invoke=x -l",
        "rpm -i x.rpm",
        "rpm -qp http://a.example/x.rpm",
        "brew info ./x.rb",
        "brew info a/b/c",
        "rpm -U x.rpm",
        "rpm -q --eval x",
        "rpm --pipe=x -qa",
        "rpm -qa --pi=x",
        "pacman -S x",
        "pacman -Q --hookdir x",
        "brew install x",
        "dnf install x",
        "yum --installroot=x list",
        "apk add x",
        "snap install x",
      })
  void whatInstallsRunsOrConfiguresIsAQuestion(String line) {
    Call call = Calls.call(line);

    assertThat(BuiltInManuals.of(call.name()).orElseThrow().read(call).nature())
        .isGreaterThanOrEqualTo(Nature.CHANGES);
  }
}
