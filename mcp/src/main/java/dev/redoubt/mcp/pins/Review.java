// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.mcp.pins;

import dev.redoubt.mcp.client.ToolDescriptor;
import java.util.List;

/// What may be used of what a server says now.
///
/// @param accepted the tools that are described as they were, or that are met for the first time
/// @param differences why the others are not among them
/// @param missing the names of the tools that are pinned and there no more
public record Review(
    List<ToolDescriptor> accepted, List<Difference> differences, List<String> missing) {
  public Review {
    accepted = List.copyOf(accepted);
    differences = List.copyOf(differences);
    missing = List.copyOf(missing);
  }
}
