// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.redoubt.sandbox.files.SearchTerms.Ignored;
import dev.redoubt.sandbox.files.SearchTerms.Show;
import dev.redoubt.testkit.NeedsEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderSearchTest {

  private Path folder;

  @BeforeEach
  void real(@TempDir Path temporary) throws IOException {
    folder = temporary.toRealPath();
  }

  private void file(String name, String text) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private Matches find(Path at, String pattern, SearchTerms terms) throws IOException {
    try (GuardedFiles files = GuardedFiles.below(Path.of("/"))) {
      return new FolderSearch(files, path -> !path.endsWith("secret"), terms)
          .find(at, Pattern.compile(pattern));
    }
  }

  private List<String> names(Path at, String... globs) throws IOException {
    SearchTerms terms =
        new SearchTerms(Show.NAMES, List.of(globs), Ignored.PASSED_OVER, 0, 10_000, 64);
    return find(at, "", terms).files().stream()
        .filter(file -> file.kind() == Listing.Kind.FILE)
        .map(Matches.File::path)
        .toList();
  }

  @Test
  @NeedsEngine("git")
  void whatGitIgnoresIsPassedOver() throws Exception {
    String names =
        """
        a.log
        keep.log
        b/a.log
        b/keep.log
        build/x
        b/build/x
        b/build.txt
        doc/a.txt
        doc/b/a.txt
        x/doc/a.txt
        tmp/one/two
        tmp/keep/two
        abc
        a-c
        a]c
        foo/bar/deep/q
        foo/q
        #hash
        !bang
        nested/.gitignore
        nested/a.log
        nested/only.txt
        nested/d/only.txt
        vendor/in/x
        vendor/keep
        z/q1.o
        z/q2.o
        z/q3.c
        deep/a/b/c/file
        deep/file
        Mixed/Case.TXT
        é/ü.log
        w/x.tmp
        w/y.tmp/z
        """;
    for (String name : names.lines().toList()) {
      file(name, "x");
    }
    file(
        ".gitignore",
        """
        # a comment
        *.log
        !keep.log
        build/
        /doc/*.txt
        tmp/**
        !tmp/keep/
        a?c
        foo/**/q
        \\#hash
        \\!bang
        vendor/*
        !vendor/keep
        q[!3].o
        deep/**/file
        *.TXT
        *.tmp/
        trailing  \s
        """);
    file("nested/.gitignore", "!a.log\n/only.txt\n");
    git("init", "-q");
    Files.writeString(folder.resolve(".git/info/exclude"), "w/x.*\n");

    assertThat(names(folder))
        .containsExactlyInAnyOrderElementsOf(git("ls-files", "-co", "--exclude-standard"));
    assertThat(names(folder.resolve("nested")))
        .containsExactly(".gitignore", "a.log", "d/only.txt");
    assertThat(names(folder.resolve("b"))).containsExactly("build.txt", "keep.log");
  }

  private List<String> git(String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of("git", "-c", "core.quotepath=off"));
    line.addAll(Arrays.asList(words));
    Process process = new ProcessBuilder(line).directory(folder.toFile()).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return said.lines().toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.java | a.java b/c.java",
        "b/*.java | b/c.java",
        "b/** | b/c.java b/d/e.kt",
        "**/e.* | b/d/e.kt",
        "/a.* | a.java",
        "*.{java,kt} | a.java b/c.java b/d/e.kt",
        "{a,b/c}.java | a.java b/c.java",
        "[!a].java | b/c.java",
        "b | ''",
        "{ | ''"
      })
  void aGlobNamesFiles(String glob, String expected) throws IOException {
    file("a.java", "");
    file("b/c.java", "");
    file("b/d/e.kt", "");

    assertThat(String.join(" ", names(folder, glob))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "needle, needle",
    "foo\\.bar, foo.bar",
    "a{2}bcd, bcd",
    "abc?de, ab",
    "(abc)?def, def",
    "(abcdef), ''",
    "x|needle, ''",
    "(?i)needle, ''",
    "[abc]+needle[^x]*y, needle",
    "\\bneedle\\b, needle",
    "ab\\d+cde, cde",
    "\\x41bcd, ''",
    "\\101bcd, ''",
    "ab+cd, ab",
    "x{, ''",
    "[[:alpha:]]bc, bc"
  })
  void everyLineThatAPatternFitsHasItsNeedle(String pattern, String needle) {
    assertThat(Needle.of(pattern)).isEqualTo(needle);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "TODO|FIXME TODO,FIXME",
        "^(TODO|FIXME): ':'",
        "\\b(TODO|FIXME)\\b TODO,FIXME",
        "(?:ab|(c|d)) ab,c,d",
        "ab(c|d)|e ab,e",
        "(ab|cd)?e e",
        "(ab|cd)+ ab,cd",
        "(ab|cd)? ''",
        "(ab|cd){0} ''",
        "ab| ''",
        "ab|.* ''",
        "[|]ab|c ab,c",
        "a\\|b a|b",
        "(?i:ab)|c ''",
        "ab)|(c ''",
        "(\\Q)(\\Exx|ab) ''",
        "ab|\uFFFDcd ''",
        "((((((((((ab|c)))))))))) ''"
      })
  void eachAlternativeHasItsNeedle(String pattern, String needles) {
    assertThat(String.join(",", Needles.of(pattern, false))).isEqualTo(needles);
  }

  @Test
  void caseIsLeftOutOfTheNeedleToo() throws IOException {
    assertThat(Needle.ofAnyCase("PassWord")).isEqualTo("word");
    assertThat(Needle.ofAnyCase("ÀBC")).isEqualTo("bc");
    file("a", "x\nÀ paſſWORD\n");

    assertThat(find(folder, "(?i)PASSword", SearchTerms.LINES).lines())
        .containsExactly(new Matches.Line("a", 2, "À paſſWORD", false));
  }

  @Test
  void aFileThatMayNotBeReadIsCountedAndNotLookedInto() throws IOException {
    file("secret", "x");
    file("open", "x");

    assertThat(find(folder, "x", SearchTerms.LINES))
        .isEqualTo(
            new Matches(List.of(new Matches.Line("open", 1, "x", false)), List.of(), true, 1));
  }

  @Test
  void hostileGlobsAndRulesTakeNoTime() throws IOException {
    String name = "a".repeat(200);
    file(name, "");
    file(".gitignore", ("*a".repeat(90) + "b\n").repeat(500));

    assertThat(names(folder, "*a".repeat(100) + "b", "**/".repeat(200) + "c")).isEmpty();
    assertThat(names(folder, "{a,b}".repeat(40))).isEmpty();
  }
}
