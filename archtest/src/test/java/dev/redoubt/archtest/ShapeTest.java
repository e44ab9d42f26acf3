// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.archtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a file, a class and a package look like.
class ShapeTest {

  private static final int MOST_LINES = 600;
  private static final int MOST_TEST_LINES = 800;
  private static final int MOST_COMPONENTS = 6;

  private static final Set<String> BY_KIND =
      Set.of(
          "common",
          "core",
          "util",
          "utils",
          "shared",
          "impl",
          "helper",
          "helpers",
          "dto",
          "base",
          "exception",
          "exceptions",
          "service",
          "services",
          "misc");

  private static final Pattern EMPTY_NAME =
      Pattern.compile(".+(Impl|Manager|Helper|Helpers|Util|Utils|Base|Data|Info|Processor)");

  @Test
  void noMainFileIsLongerThanAReaderCanHold() {
    assertThat(longerThan(MOST_LINES, Code.files("src/main/java", ".java"))).isEmpty();
  }

  @Test
  void noTestFileIsLongerThanAReaderCanHold() {
    assertThat(longerThan(MOST_TEST_LINES, Code.files("src/test/java", ".java"))).isEmpty();
  }

  @Test
  void everySourceFileStatesItsLicence() {
    assertThat(
            sources()
                .filter(
                    file -> !Code.text(file).startsWith("// SPDX-License-Identifier: Apache-2.0\n"))
                .map(ShapeTest::name))
        .isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsForAndIsNullMarked() {
    Set<Path> folders = new TreeSet<>();
    Code.files("src/main/java", ".java").forEach(file -> folders.add(file.getParent()));
    assertThat(
            folders.stream()
                .filter(folder -> {
                  Path info = folder.resolve("package-info.java");
                  return !Files.exists(info)
                      || !Code.text(info).contains("@NullMarked")
                      || !Code.text(info).contains("\n/// ");
                })
                .map(ShapeTest::name))
        .isEmpty();
  }

  @Test
  void noPackageIsNamedByKind() {
    assertThat(
            Code.CLASSES.stream()
                .map(JavaClass::getPackageName)
                .distinct()
                .filter(name -> Stream.of(name.split("\\.", -1)).anyMatch(BY_KIND::contains)))
        .isEmpty();
  }

  @Test
  void noTypeHasANameThatSaysNothing() {
    assertThat(
            Code.CLASSES.stream()
                .map(JavaClass::getSimpleName)
                .filter(name -> EMPTY_NAME.matcher(name).matches()))
        .isEmpty();
  }

  @Test
  void classesAreFinal() {
    assertThat(
            Code.CLASSES.stream()
                .filter(type -> type.getPackageName().startsWith("dev.redoubt"))
                .filter(type -> !type.isInterface() && !type.isEnum() && !type.isRecord())
                .filter(type -> !type.isAnonymousClass() && !type.getSimpleName().isEmpty())
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .filter(type -> !type.getModifiers().contains(JavaModifier.FINAL))
                .map(JavaClass::getName))
        .isEmpty();
  }

  @Test
  void recordsHaveFewComponents() {
    assertThat(
            Code.CLASSES.stream()
                .filter(JavaClass::isRecord)
                .filter(type ->
                    type.getFields().stream()
                            .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                            .count()
                        > MOST_COMPONENTS)
                .map(JavaClass::getName))
        .isEmpty();
  }

  @Test
  void noTestIsSwitchedOffOrNamedAfterNothing() {
    Pattern banned = Pattern.compile("@Disabled\\b|void (test|should)[A-Z_]");
    assertThat(
            Code.files("src/test/java", ".java").stream()
                .filter(file -> !name(file).endsWith("ShapeTest.java"))
                .filter(file -> banned.matcher(Code.text(file)).find())
                .map(ShapeTest::name))
        .isEmpty();
  }

  private static List<String> longerThan(int most, List<Path> files) {
    return files.stream()
        .filter(file -> Code.text(file).lines().count() > most)
        .map(ShapeTest::name)
        .toList();
  }

  private static Stream<Path> sources() {
    return Stream.of("src/main/java", "src/test/java")
        .flatMap(folder -> Code.files(folder, ".java").stream());
  }

  private static String name(Path file) {
    return Code.ROOT.relativize(file).toString();
  }
}
