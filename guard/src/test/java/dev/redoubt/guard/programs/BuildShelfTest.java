// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.Effect.Nature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildShelfTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mvn test",
        "mvn -q test",
        "mvn -q -o -B verify",
        "mvn clean package -DskipTests",
        "mvn test -Dtest=FooTest -DfailIfNoTests=false",
        "mvn -pl core -am test",
        "mvn -T1C verify",
        "mvn --version",
        "mvn dependency:tree",
        "mvn spotless:check",
        "mvn help:evaluate -Dexpression=project.version -q -DforceStdout",
        "mvnw -q verify",
        "mvnd test",
        "gradle test",
        "gradlew build",
        "gradlew :core:test --tests FooTest",
        "gradlew check -x test --info --console plain",
        "gradlew compileTestJava lintDebug testDebugUnitTest",
        "gradlew tasks",
        "gradlew --version",
        "gradlew dependencies --configuration compileClasspath",
        "make",
        "make test",
        "make -j4 all",
        "make -j 4 check",
        "make -n test",
        "make lint-js V=1",
        "make clean build",
        "ninja -C build",
        "ninja test",
        "cmake --build build",
        "cmake --build build --target test -j 4",
        "cmake -S . -B build -DCMAKE_BUILD_TYPE=Debug",
        "cmake ..",
        "ctest --output-on-failure -j4",
        "ctest --test-dir build -R foo",
        "cargo test",
        "cargo build --release",
        "cargo check --all-targets --all-features",
        "cargo clippy -- -D warnings",
        "cargo test foo -- --nocapture --test-threads=1",
        "cargo fmt --check",
        "cargo fmt --all -- --check",
        "cargo tree -i serde",
        "cargo metadata --format-version 1 --no-deps",
        "cargo --version",
        "go test ./...",
        "go test -race -run TestFoo -count=1 ./pkg",
        "go build ./...",
        "go vet ./...",
        "go list -m all",
        "go version",
        "go env GOPATH",
        "go doc fmt.Println",
        "go mod graph",
        "just test",
        "just --list",
        "task --list",
        "rake test",
        "tox -e py312",
        "nox -s tests",
        "dotnet test --no-build",
        "dotnet build -c Release",
        "swift test --filter Foo",
        "mix test test/a_test.exs",
        "meson test -C build",
        "bazel test //...",
      })
  void whatTheWorkspaceBuildsAndChecksIsABuild(String line) {
    assertThat(read(line).nature()).isEqualTo(Nature.BUILD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mvn",
        "mvn deploy",
        "mvn install",
        "mvn exec:exec",
        "mvn exec:java -Dexec.mainClass=X",
        "mvn test -Dexec.executable=sh",
        "mvn test -DargLine=-javaagent:x.jar",
        "mvn test -Dmaven.ext.class.path=x.jar",
        "mvn -D maven.repo.local=x test",
        "mvn --define maven.repo.local=x test",
        "mvn org.codehaus.mojo:exec-maven-plugin:3.0.0:exec",
        "mvn -f other/pom.xml test",
        "mvn -fother/pom.xml test",
        "mvn --file=other/pom.xml test",
        "mvn --fil other/pom.xml test",
        "mvn -s x.xml test",
        "mvn -gs x.xml test",
        "mvn -t x.xml test",
        "mvn $goal",
        "mvn *",
        "mvn archetype:generate",
        "mvn help:effective-settings",
        "mvn help:evaluate -Dexpression=settings.servers -DforceStdout",
        "mvn versions:set -DnewVersion=2",
        "mvn spotless:apply",
        "gradle -I x.gradle test",
        "gradle --init-script=x test",
        "gradle --init-sc x test",
        "gradle -b x.gradle test",
        "gradle -c x.gradle test",
        "gradle -Dx=y test",
        "gradle -Px=y test",
        "gradle --include-build ../x test",
        "gradle test --scan",
        "gradle run",
        "gradle publish",
        "gradle properties",
        "gradlew deployTest",
        "make deploy",
        "make install",
        "make -f x test",
        "make -fx test",
        "make --fil=x test",
        "make --eval='$(shell_x) test",
        "make SHELL=./x test",
        "make CC=./x",
        "make V=$x",
        "make $x",
        "make -I x test",
        "make -p test",
        "make -np test",
        "make test-and-publish",
        "make build/../x",
        "ninja -f x",
        "ninja -t clean",
        "cmake -P x.cmake",
        "cmake -E rm x",
        "cmake --install build",
        "cmake -DCMAKE_C_COMPILER=./x .",
        "cmake --build build --target install",
        "ctest -S x",
        "ctest --build-and-test x y",
        "cargo run",
        "cargo install x",
        "cargo --config x test",
        "cargo test --config x",
        "cargo test --conf x",
        "cargo test --manifest-path ../x/Cargo.toml",
        "cargo test --manifest ../x/Cargo.toml",
        "cargo -Zx test",
        "cargo +nightly test",
        "cargo fmt",
        "cargo clippy --fix",
        "cargo clippy -- -Clinker=x",
        "cargo build --target ./x.json",
        "cargo publish",
        "cargo my-plugin",
        "go run .",
        "go generate ./...",
        "go install a.example/x@latest",
        "go get x",
        "go test -exec ./x ./...",
        "go test --exec=./x ./...",
        "go build -toolexec=./x ./...",
        "go vet -vettool=./x",
        "go build -overlay x.json",
        "go build -ldflags=-extld=./x",
        "go test -modfile=x ./...",
        "go env -w GOFLAGS=-toolexec=x",
        "go mod tidy",
        "go tool x",
        "go fmt ./...",
        "just deploy",
        "just -f x test",
        "just --set a b test",
        "task -t x test",
        "rake -e x",
        "tox -c x",
        "nox -f x",
        "dotnet run",
        "dotnet test -l x",
        "swift run",
        "mix run x",
        "bazel run //x",
        "bazel test --run_under=./x //x",
      })
  void anythingElseIsNoBuild(String line) {
    assertThat(read(line).nature()).isGreaterThanOrEqualTo(Nature.CHANGES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mvn -q test            | BUILD SEARCH:.
          mvn -l ../x.log test   | BUILD WRITE:../x.log SEARCH:.
          make -C ../x test      | BUILD IN:../x(SEARCH:.)
          make -C a -C b test    | BUILD IN:a(IN:b(SEARCH:.))
          gradle -p ../x test    | BUILD IN:../x(SEARCH:.)
          ninja -C ../x          | BUILD IN:../x(SEARCH:.)
          cmake --build ../x     | BUILD SEARCH:../x SEARCH:.
          cmake -S /x -B /y      | BUILD SEARCH:/x WRITE:/y SEARCH:.
          cargo -C ../x test     | BUILD IN:../x(SEARCH:.)
          cargo test --target-dir /x | BUILD WRITE:/x SEARCH:.
          go test -C ../x ./...  | BUILD IN:../x(SEARCH:.)
          go -C ../x vet ./...   | BUILD IN:../x(SEARCH:.)
          go test /x/...         | BUILD SEARCH:/x SEARCH:.
          go test -coverprofile=../c ./a | BUILD WRITE:../c SEARCH:./a SEARCH:.
          gofmt -l .             | HARMLESS SEARCH:.
          gofmt -w .             | CHANGES SEARCH:.
          make --version         | HARMLESS
          dotnet --version       | BUILD SEARCH:.
          """)
  void theFolderOfABuildIsLookedThrough(String line, String expected) {
    assertThat(Calls.reading(line)).isEqualTo(expected);
  }

  private static Reading read(String line) {
    Call call = Calls.call(line);
    return BuiltInManuals.of(call.name()).orElseThrow().read(call);
  }
}
