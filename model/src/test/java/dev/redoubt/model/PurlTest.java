// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.testkit.Hostile;
import dev.redoubt.testkit.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PurlTest {

  private static final String UUID = "7876af07-990d-54b4-ab0e-23690620f79a";

  @Test
  void everyComponentIsReadAndDecoded() {
    assertThat(
            Purl.parse(
                "pkg:maven/org.example/lib%20a@1.0%2F2?type=jar&classifier=a%26b#src/%C3%A9/x"))
        .isEqualTo(
            new Purl(
                "maven",
                "org.example",
                "lib a",
                "1.0/2",
                Map.of("type", "jar", "classifier", "a&b"),
                "src/é/x"));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          PKG:NPM/Left-Pad@1.3.0,                     pkg:npm/left-pad@1.3.0
          pkg:///npm//%40Scope//name@1,               pkg:npm/%40scope/name@1
          pkg:npm/%40Scope//name//,                   pkg:npm/%40scope/name
          pkg:npm/@scope/name,                        pkg:npm/%40scope/name
          pkg:npm/@scope/name@1.0.0,                  pkg:npm/%40scope/name@1.0.0
          pkg:npm/%40scope%2Fname@1.0.0,              pkg:npm/%40scope/name@1.0.0
          pkg:npm/a@1.0.0+b c,                        pkg:npm/a@1.0.0%2Bb%20c
          pkg:npm/a@,                                 pkg:npm/a
          pkg:npm/a?,                                 pkg:npm/a
          pkg:npm/a?z=1&&B=&y&a.b=2&a=3,              pkg:npm/a?a=3&a.b=2&z=1
          pkg:npm/a#./x//../y/,                       pkg:npm/a#x/y
          pkg:npm/a#/./,                              pkg:npm/a
          pkg:golang/github.com/BurntSushi/toml@v1,   pkg:golang/github.com/burntsushi/toml@v1
          pkg:golang/github.com%2Fa%2Fb@v1,           pkg:golang/github.com/a/b@v1
          pkg:golang/stdlib@1.22.1,                   pkg:golang/stdlib@1.22.1
          pkg:pypi/Foo__bar.-Baz@1.0RC1,              pkg:pypi/foo-bar-baz@1.0rc1
          pkg:pub/My-Pkg@1.0.0,                       pkg:pub/my_pkg@1.0.0
          pkg:composer/Symfony/HTTP-Kernel@v6,        pkg:composer/symfony/http-kernel@v6
          pkg:github/Actions/Checkout@v4,             pkg:github/actions/checkout@v4
          pkg:nuget/Newtonsoft.Json@13.0.1,           pkg:nuget/Newtonsoft.Json@13.0.1
          pkg:maven/Org.Example/Lib@1,                pkg:maven/Org.Example/Lib@1
          pkg:cpan/drolsky/DateTime@1.55,             pkg:cpan/DROLSKY/DateTime@1.55
          pkg:rpm/Fedora/NetworkManager@1.40,         pkg:rpm/fedora/NetworkManager@1.40
          pkg:deb/Debian/LibC6@2.36-9%2Bdeb12u3,      pkg:deb/debian/libc6@2.36-9%2Bdeb12u3
          pkg:git/example.org/A/b/c@main,             pkg:git/example.org/A/b/c@main
          pkg:git/github.com/A/B,                     pkg:git/github.com/a/b
          pkg:huggingface/Org/Model@ABCDEF,           pkg:huggingface/Org/Model@abcdef
          pkg:mlflow/M?repository_url=x.databricks.y, pkg:mlflow/m?repository_url=x.databricks.y
          pkg:mlflow/M?repository_url=x.azureml.ms,   pkg:mlflow/M?repository_url=x.azureml.ms
          pkg:yocto/Core/glibc@2,                     pkg:yocto/core/glibc@2
          pkg:generic/a%2Fb,                          pkg:generic/a%2Fb
          pkg:unheard-of/Ns/Name@V1,                  pkg:unheard-of/Ns/Name@V1
          pkg:generic/%F0%9F%98%83~,                  pkg:generic/%F0%9F%98%83~
          """)
  void anySpellingHasOneCanonicalForm(String spelling, String canonical) {
    assertThat(Purl.parse(spelling).toString()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pkg:",
        "pkg:npm",
        "pkg:npm/",
        "pkg:npm/@1.0.0",
        "pkg:npm//@1.0.0",
        "pkg:swift/github.com/owner/@5.4.3",
        "npm/left-pad@1.0.0",
        "pkg%3Anpm/left-pad",
        "http://example.org/a",
        "pkg:3d/a",
        "pkg:n_m/a",
        "pkg:n:m/a",
        "pkg:ｎｐｍ/a",
        "pkg:npm/a?in%20case=1",
        "pkg:npm/a?1k=1",
        "pkg:npm/a?=1",
        "pkg:npm/a?k=1&K=2",
        "pkg:npm/a%",
        "pkg:npm/a%2",
        "pkg:npm/a%zz",
        "pkg:npm/a%FF",
        "pkg:npm/a%ED%A0%80",
        "pkg:npm/a#b%2Fc",
        "pkg:npm/\uD83D",
        "pkg:cargo/ns/rand",
        "pkg:pypi/ns/django",
        "pkg:nuget/ns/a",
        "pkg:maven/io@1.3.4",
        "pkg:swift/Alamofire@5.4.3",
        "pkg:vscode-extension/java",
        "pkg:julia/Example@1.0.0",
        "pkg:swid/Fedora@29",
        "pkg:chrome-extension/dogs",
        "pkg:chrome-extension/aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb@1.2.3.4.5",
        "pkg:chrome-extension/aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb@1.",
        "pkg:cocoapods/a+b",
        "pkg:cocoapods/.a",
        "pkg:cpan/GDT/URI::PackageURL"
      })
  void whatIsNoPurlIsRefused(String text) {
    assertThatThrownBy(() -> Purl.parse(text))
        .isInstanceOf(PurlException.class)
        .hasMessageStartingWith("\"" + text + "\" is not a package URL: ");
  }

  @Test
  void aRefusalNamesTheReasonAndCutsTheText() {
    assertThatThrownBy(() -> Purl.parse("pkg:maven/io@1"))
        .hasMessage(
            "\"pkg:maven/io@1\" is not a package URL: the namespace is missing, which maven asks"
                + " for");
    assertThatThrownBy(() -> Purl.parse("x".repeat(5000))).message().hasSizeLessThan(300);
  }

  @Test
  void buildingNormalisesAndChecksAsParsingDoes() {
    assertThat(Purl.of("PyPI", "", "Zope.Interface", ""))
        .isEqualTo(Purl.parse("pkg:pypi/zope-interface"));
    assertThat(Purl.of("npm", null, "@Scope/Name", "1"))
        .isEqualTo(Purl.parse("pkg:npm/%40scope/name@1"));
    assertThat(new Purl("julia", null, "Example", "0.5.3", Map.of("UUID", UUID, "x", ""), ""))
        .hasToString("pkg:julia/Example@0.5.3?uuid=" + UUID);
    assertThatThrownBy(() -> Purl.of("composer", null, "php", "8.2"))
        .isInstanceOf(PurlException.class)
        .hasMessage("the namespace is missing, which composer asks for");
    assertThatThrownBy(() -> Purl.of("", null, "a", null)).isInstanceOf(PurlException.class);
    assertThatThrownBy(() -> Purl.of("npm", null, "/", null)).isInstanceOf(PurlException.class);
    assertThatThrownBy(() -> Purl.of("npm", null, "a", "\uDE03")).isInstanceOf(PurlException.class);
    assertThatThrownBy(
            () -> new Purl("npm", null, "a", null, Map.of("in production", "true"), null))
        .isInstanceOf(PurlException.class);
  }

  @Test
  void theVersionCanBeReplacedAndLeftOut() {
    Purl purl = Purl.parse("pkg:julia/Example@0.5.3?uuid=" + UUID);

    assertThat(purl.withVersion("0.5.4"))
        .isEqualTo(Purl.parse("pkg:julia/Example@0.5.4?uuid=" + UUID));
    assertThat(purl.withVersion(null)).isEqualTo(Purl.parse("pkg:julia/Example?uuid=" + UUID));
    assertThat(purl.packageText()).isEqualTo("pkg:julia/Example");
    assertThat(Purl.parse("pkg:npm/%40s/n@1?k=v#p").packageText()).isEqualTo("pkg:npm/%40s/n");
  }

  @Test
  void orderIsByComponentAndWhatIsAbsentComesFirst() {
    List<Purl> sorted =
        List.of(
            Purl.parse("pkg:cargo/z"),
            Purl.parse("pkg:generic/a"),
            Purl.parse("pkg:generic/a#s"),
            Purl.parse("pkg:generic/a?k=1"),
            Purl.parse("pkg:generic/a?k=1&l=1"),
            Purl.parse("pkg:generic/a?k=2"),
            Purl.parse("pkg:generic/a@1"),
            Purl.parse("pkg:generic/b"),
            Purl.parse("pkg:generic/ns/a"));
    List<Purl> shuffled = new ArrayList<>(sorted);
    Collections.reverse(shuffled);
    Collections.sort(shuffled);

    assertThat(shuffled).isEqualTo(sorted);
  }

  @Test
  void parsingTheTextOfAPurlGivesThePurl() {
    Seeded.check(
        5000,
        random -> {
          Purl purl = anyPurl(random);
          Purl again = Purl.parse(purl.toString());
          assertThat(again).isEqualTo(purl).isEqualByComparingTo(purl);
          assertThat(again).hasToString(purl.toString());
          assertThat(purl.toString()).isASCII();
        });
  }

  @Test
  void noTextDoesAnythingButParseOrBeRefused() {
    Hostile.inputs()
        .values()
        .forEach(bytes -> {
          String text = new String(bytes, StandardCharsets.ISO_8859_1);
          survives(text);
          survives("pkg:npm/" + text);
          survives("pkg:git/h/" + text + "?k=" + text + "#" + text);
        });
    Seeded.check(
        20_000,
        random ->
            survives(
                "pkg:" + Seeded.text(random, "npgmit:/@?=&#%.-_~+aZ0\u0000é\uD83D\uDE03 4F", 24)));
  }

  private static void survives(String text) {
    try {
      Purl purl = Purl.parse(text);
      assertThat(Purl.parse(purl.toString())).isEqualTo(purl);
    } catch (PurlException e) {
      assertThat(e).hasNoCause();
    }
  }

  private static Purl anyPurl(RandomGenerator random) {
    String alphabet = "aBz09.-_~:/@?=&#%+ é😃İ\u0000";
    String type =
        Seeded.pick(
            random,
            List.of("npm", "pypi", "git", "golang", "generic", "github", "pub", "swid", "hex"));
    boolean free = !type.equals("pypi") && !type.equals("pub");
    Map<String, String> qualifiers = new TreeMap<>();
    if (type.equals("swid")) {
      qualifiers.put("tag_id", "x");
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      qualifiers.put("k" + i, whole(Seeded.text(random, alphabet, 6)));
    }
    return new Purl(
        type,
        free ? "n" + whole(Seeded.text(random, alphabet, random.nextInt(8))) : null,
        "x" + whole(Seeded.text(random, alphabet, random.nextInt(8))),
        random.nextBoolean() ? whole(Seeded.text(random, alphabet, 5)) : null,
        qualifiers,
        random.nextBoolean() ? whole(Seeded.text(random, alphabet, 8)) : null);
  }

  /* Drawing single chars cuts the emoji in half, which is refused; here such halves become question marks. */
  private static String whole(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
