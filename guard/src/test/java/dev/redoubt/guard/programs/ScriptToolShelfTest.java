// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.Program;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.network.NameResolver;
import dev.redoubt.guard.policy.BuiltInPolicy;
import dev.redoubt.guard.policy.PolicyGuard;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptToolShelfTest {

  private static final PolicyGuard GUARD =
      new PolicyGuard(
          new BuiltInPolicy(FileFacts.NONE, NameResolver.NONE),
          new Situation("/w", Situation.Trust.TRUSTED, Situation.Wall.NONE, "/home/u"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cross-env NODE_ENV=production jest",
        "cross-env CI=1 NODE_ENV=test mocha --reporter spec test/",
        "nyc mocha --recursive test",
        "nyc --reporter=lcov --reporter text npm test",
        "c8 --all node --version",
        "run-s lint test",
        "run-p lint:types test:unit",
        "npm-run-all --parallel lint test",
        "gulp build",
        "ava --verbose test/a.js",
        "standard 'src/**/*.js'",
        "cspell --no-progress 'docs/**'",
        "golint -set_exit_status ./...",
        "misspell -error README.md",
        "mocha -R dot --no-exit test",
        "eslint --no-eslintrc -f stylish src",
        "npm run test:mocha",
        "npm run docs:build",
        "cat a | tail -r",
      })
  void whatBuildsAndChecksIsNoQuestion(String line) {
    assertThat(judge(line)).as(line).isInstanceOf(Decision.Allow.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cross-env LD_PRELOAD=./a.so jest",
        "cross-env NODE_OPTIONS=--require=./a.js jest",
        "cross-env CI=1 rm -rf src",
        "cross-env CI=1 jest '$X'",
        "nyc --require ./a.js mocha",
        "nyc --reporter ./a.js mocha",
        "nyc mocha --reporter html",
        "nyc report extra",
        "c8 node a.js",
        "nyc curl https://docs.example",
        "run-s deploy",
        "run-p 'lint:*'",
        "npm-run-all --npm-path ./evil lint",
        "gulp publish",
        "gulp -f ./other.js build",
        "gulp --require ./a.js build",
        "standard --plugin ./a src",
        "standard --fix src",
        "cspell -c ./a.js src",
        "misspell -w README.md",
        "mocha --reporter ./a.js",
        "mocha -R=./a.js",
        "mocha --require ./a.js test",
        "eslint -f ./a.js src",
        "npm run docs:publish",
      })
  void whatRunsSomethingElseIsAsked(String line) {
    assertThat(judge(line)).as(line).isNotInstanceOf(Decision.Allow.class);
  }

  private static Decision judge(String line) {
    return GUARD.review(
        new Action.Run(
            new Program.Line(Program.Shell.BASH, line),
            Path.of("/w"),
            Map.of(),
            Action.Input.NOTHING));
  }
}
