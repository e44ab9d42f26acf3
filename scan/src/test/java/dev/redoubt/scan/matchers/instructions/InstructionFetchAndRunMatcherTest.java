// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.instructions;

import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.api.MatcherContract;

class InstructionFetchAndRunMatcherTest extends MatcherContract {

  @Override
  protected Matcher matcher() {
    return new InstructionFetchAndRunMatcher();
  }
}
