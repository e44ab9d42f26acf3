// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Effect.Nature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckShelfTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pytest                            | BUILD SEARCH:.
          pytest -q -x                      | BUILD SEARCH:.
          pytest -xvs tests/test_a.py::test_b | BUILD SEARCH:tests/test_a.py SEARCH:.
          pytest -k 'a_and_b --maxfail=1    | BUILD SEARCH:.
          pytest -p no:cacheprovider        | BUILD SEARCH:.
          pytest --cov=src --cov-report=term-missing | BUILD SEARCH:.
          pytest --cov-report xml:../x      | BUILD WRITE:../x SEARCH:.
          pytest --junitxml=../x            | BUILD WRITE:../x SEARCH:.
          pytest ../x                       | BUILD SEARCH:../x SEARCH:.
          jest --ci a.test.js               | BUILD READ:a.test.js SEARCH:.
          vitest run                        | BUILD SEARCH:.
          mocha test                        | BUILD READ:test SEARCH:.
          eslint src --ext .ts              | BUILD SEARCH:src SEARCH:.
          eslint --max-warnings 0 .         | BUILD SEARCH:.
          tsc --noEmit                      | BUILD SEARCH:.
          tsc -p ../x                       | BUILD SEARCH:../x SEARCH:.
          tsc --outDir ../x                 | BUILD WRITE:../x SEARCH:.
          mypy src                          | BUILD SEARCH:src SEARCH:.
          mypy --strict -p pkg              | BUILD SEARCH:.
          flake8 src                        | BUILD SEARCH:src SEARCH:.
          pylint -E src                     | BUILD SEARCH:src SEARCH:.
          rspec spec/a_spec.rb              | BUILD READ:spec/a_spec.rb SEARCH:.
          phpunit --filter Foo              | BUILD SEARCH:.
          rubocop -l lib                    | BUILD SEARCH:lib SEARCH:.
          ruff check                        | HARMLESS SEARCH:.
          ruff check src --select E         | HARMLESS SEARCH:src
          ruff format --check src           | HARMLESS SEARCH:src
          black --check .                   | HARMLESS SEARCH:.
          isort --check-only src            | BUILD SEARCH:src SEARCH:.
          prettier --check .                | BUILD SEARCH:.
          prettier -c src                   | BUILD SEARCH:src SEARCH:.
          rustfmt --check src/main.rs       | BUILD READ:src/main.rs SEARCH:.
          shellcheck -x a.sh                | HARMLESS READ:a.sh
          hadolint Dockerfile               | HARMLESS READ:Dockerfile
          yamllint .                        | HARMLESS SEARCH:.
          javac -d out A.java               | BUILD WRITE:out READ:A.java SEARCH:.
          javac A.java                      | BUILD READ:A.java WRITE:. SEARCH:.
          unittest discover -s ../x         | BUILD SEARCH:../x READ:discover SEARCH:.
          unittest -v tests.test_a          | BUILD READ:tests.test_a SEARCH:.
          javac --version                   | HARMLESS
          javap -c A                        | HARMLESS READ:A
          jar tf x.jar                      | HARMLESS READ:x.jar
          gcc -Wall -O2 -o a a.c            | FILES_ONLY WRITE:a READ:a.c
          gcc -c a.c                        | FILES_ONLY READ:a.c WRITE:.
          gcc a.c                           | FILES_ONLY READ:a.c WRITE:a.out
          gcc --version                     | HARMLESS
          clang++ -std=c++20 -I../inc -c a.cc | FILES_ONLY SEARCH:../inc READ:a.cc WRITE:.
          rustc --version                   | BUILD SEARCH:.
          """)
  void checkingAndCompilingPasses(String line, String expected) {
    assertThat(Calls.reading(line)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pytest -p evil",
        "pytest -pevil",
        "pytest -c x.ini",
        "pytest --rootdir /x",
        "pytest --rootd /x",
        "pytest -o python_files=x",
        "pytest --override-ini=a=b",
        "pytest --pyargs x",
        "pytest --basetemp=src",
        "pytest --pdb",
        "pytest -W error::evil.Cls",
        "pytest @args",
        "pytest $x",
        "jest --config=x.js",
        "jest -c x.js",
        "jest --globalSetup ./x.js",
        "jest -u",
        "vitest",
        "vitest run --config x",
        "mocha --require ./x",
        "mocha -r ./x",
        "eslint --fix src",
        "eslint --rulesdir x src",
        "eslint -c x.js src",
        "eslint -f ./x.js src",
        "eslint --resolve-plugins-relative-to x .",
        "tsc --watch",
        "tsc @args",
        "mypy @args",
        "tsc -w",
        "mypy --config-file x src",
        "mypy --install-types",
        "flake8 --config=x",
        "pylint --load-plugins=x src",
        "pylint --init-hook=x src",
        "pylint --init-h=x src",
        "rspec -r ./x",
        "rspec -I x",
        "phpunit --bootstrap x",
        "rubocop -a",
        "rubocop --require ./x",
        "ruff check --fix",
        "ruff check --config x",
        "ruff format .",
        "black .",
        "isort src",
        "isort --check --settings-path x src",
        "prettier --write .",
        "prettier -c -w .",
        "prettier --check --plugin=./x .",
        "rustfmt src/main.rs",
        "rustfmt --check --config-path x a.rs",
        "javac -processor X A.java",
        "javac -cp x.jar A.java",
        "javac --processor-path x A.java",
        "javac -J-javaagent:x A.java",
        "javac @args",
        "javac -Xplugin:X A.java",
        "javap -J-javaagent:x A",
        "jar xf x.jar",
        "jar tf @x",
        "jar cf x.jar .",
        "jar tf x.jar @y",
        "gcc -fplugin=./x.so a.c",
        "gcc -specs=x a.c",
        "gcc -wrapper ./x a.c",
        "gcc -B. a.c",
        "gcc @args",
        "gcc -Wl,-x a.c",
        "clang -Xclang -load a.c",
        "rustc a.rs",
      })
  void whatFixesLoadsOrIsConfiguredElsewhereIsAQuestion(String line) {
    Call call = Calls.call(line);

    assertThat(BuiltInManuals.of(call.name()).orElseThrow().read(call).nature())
        .isGreaterThanOrEqualTo(Nature.CHANGES);
  }
}
