// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.extensions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.testkit.Hostile;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PageTest {

  @Test
  void aFrontMatterHasFieldsAndTheRestIsTheBody() {
    Page page =
        Page.of("---\r\nname: a\r\ndescription: >\r\n  two\r\n  lines\r\n---\r\n\r\n# B\r\n");

    assertThat(page.field("name")).contains("a");
    assertThat(page.field("description")).contains("two lines");
    assertThat(page.body()).isEqualTo("# B");
    assertThat(page.firstLine()).contains("B");
    assertThat(page.warnings()).isEmpty();
  }

  @Test
  void aColonTooManyLosesNothing() {
    Page page = Page.of("---\nname: a\ndescription: use it: often\n---\nBody");

    assertThat(page.field("description")).contains("use it: often");
    assertThat(page.body()).isEqualTo("Body");
    assertThat(page.warnings()).singleElement().asString().contains("read line by line");
  }

  @Test
  void aPageWithoutFrontMatterIsABody() {
    assertThat(Page.of("just words").body()).isEqualTo("just words");
    assertThat(Page.of("---\nname: a\nnever ends").warnings())
        .containsExactly("its front matter never ends");
    assertThat(Page.of("").body()).isEmpty();
  }

  @Test
  void hostileTextIsReadToTheEnd() {
    for (byte[] input : Hostile.inputs().values()) {
      String text = new String(input, StandardCharsets.ISO_8859_1);
      String cut = text.substring(0, Math.min(text.length(), 64 << 10));
      assertThat(Page.of("---\n" + cut + "\n---\nend").body()).isNotNull();
    }
  }
}
