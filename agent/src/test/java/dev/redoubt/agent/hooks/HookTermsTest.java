// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HookTermsTest {

  @ParameterizedTest
  @CsvSource({
    "bash,bash,true",
    "bash,bash2,false",
    "b*,bash,true",
    "*,'',true",
    "mcp*_write,mcp__git_write,true",
    "mcp*_write,mcp__git_writes,false",
    "a*b*c,aXbXbXc,true",
    "a*b*c,acb,false",
    "'',bash,false",
    "[a-z]*,bash,false",
  })
  void aStarIsAnyText(String pattern, String name, boolean fits) {
    assertThat(HookTerms.fits(pattern, name)).isEqualTo(fits);
  }

  @ParameterizedTest
  @CsvSource({
    "PRE_TOOL,bash,'',bash,'',true",
    "PRE_TOOL,bash,'',edit,'',false",
    "PRE_TOOL,bash,'',bash,run,false",
    "PRE_TOOL,'',run,bash,run,true",
    "PRE_TOOL,'',run,bash,'',false",
    "PRE_TOOL,bash,run,edit,run,false",
    "ON_ASK,'','',bash,run,true",
    "ON_ASK,'',write,bash,run,false",
    "TURN_END,'','','','',true",
  })
  void aHookIsAskedAboutToolsOrAboutActions(
      Moment moment, String tools, String actions, String tool, String action, boolean asked) {
    HookTerms terms =
        new HookTerms(
            "h",
            moment,
            tools.isEmpty() ? List.of() : List.of(tools),
            actions.isEmpty() ? List.of() : List.of(actions),
            Set.of(),
            Duration.ofSeconds(1));

    assertThat(terms.concerns(tool, action)).isEqualTo(asked);
  }
}
