// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.mcp;

import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.api.MatcherContract;

class McpPlaintextSecretMatcherTest extends MatcherContract {

  @Override
  protected Matcher matcher() {
    return new McpPlaintextSecretMatcher();
  }
}
