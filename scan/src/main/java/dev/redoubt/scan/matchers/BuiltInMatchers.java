// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers;

import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.matchers.instructions.InstructionExfiltrationMatcher;
import dev.redoubt.scan.matchers.instructions.InstructionFetchAndRunMatcher;
import dev.redoubt.scan.matchers.instructions.InstructionHiddenUnicodeMatcher;
import dev.redoubt.scan.matchers.instructions.InstructionHidesActionsMatcher;
import dev.redoubt.scan.matchers.instructions.InstructionReadsCredentialsMatcher;
import dev.redoubt.scan.matchers.mcp.McpBroadFilesystemMatcher;
import dev.redoubt.scan.matchers.mcp.McpDockerSocketMatcher;
import dev.redoubt.scan.matchers.mcp.McpNameShadowingMatcher;
import dev.redoubt.scan.matchers.mcp.McpPlainHttpMatcher;
import dev.redoubt.scan.matchers.mcp.McpPlaintextSecretMatcher;
import dev.redoubt.scan.matchers.mcp.McpPrivilegedContainerMatcher;
import dev.redoubt.scan.matchers.mcp.McpShellLauncherMatcher;
import dev.redoubt.scan.matchers.mcp.McpTlsDisabledMatcher;
import dev.redoubt.scan.matchers.mcp.McpUnauthenticatedRemoteMatcher;
import dev.redoubt.scan.matchers.mcp.McpUnpinnedPackageMatcher;
import java.util.List;

/// The rules that come with Redoubt, sorted by id. A written list: what is not here does not run.
///
/// Matching against advisories needs the compiled database, so the composition root adds that one.
public final class BuiltInMatchers {

  private BuiltInMatchers() {}

  /// Returns all of them, in the order in which they are asked.
  public static List<Matcher> all() {
    return List.of(
        new InstructionExfiltrationMatcher(),
        new InstructionFetchAndRunMatcher(),
        new InstructionHiddenUnicodeMatcher(),
        new InstructionHidesActionsMatcher(),
        new InstructionReadsCredentialsMatcher(),
        new McpBroadFilesystemMatcher(),
        new McpDockerSocketMatcher(),
        new McpNameShadowingMatcher(),
        new McpPlainHttpMatcher(),
        new McpPlaintextSecretMatcher(),
        new McpPrivilegedContainerMatcher(),
        new McpShellLauncherMatcher(),
        new McpTlsDisabledMatcher(),
        new McpUnauthenticatedRemoteMatcher(),
        new McpUnpinnedPackageMatcher());
  }
}
