// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.oauth;

import java.io.IOException;
import java.util.Map;

/// Lets a person say on a page of somebody else that this client may act for them.
public interface Consent {

  /// Returns where the page sends the person back to: on this machine, and open before the page is
  /// shown.
  String redirectUri();

  /// Shows the person the page at `url` and returns what it came back with, decoded, each name
  /// once. Whoever comes without `state` is somebody else, and is not waited for any less because
  /// of that.
  ///
  /// @param state what the page has to bring back, character by character
  /// @throws IOException if the person did not come back in time, or nobody is there
  Map<String, String> visit(String url, String state) throws IOException, InterruptedException;

  /// Shows the person the words to type at `url`, on any machine.
  ///
  /// @throws IOException if nobody is there
  void show(String url, String words) throws IOException;
}
