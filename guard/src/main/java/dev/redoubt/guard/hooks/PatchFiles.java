// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.hooks;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The files a patch in Codex's own form touches.
///
/// The form starts with `*** Begin Patch`; each file starts with `*** Add File:`, `*** Update
/// File:` or `*** Delete File:`, an update may go on with `*** Move to:`. Any other line that
/// starts with `***` is not understood, so a file can not be hidden behind an unknown word.
final class PatchFiles {

  private PatchFiles() {}

  /// Returns one action for each file of `patch`, paths against `folder`.
  static HookReading read(String patch, Path folder) throws ToolEvent.MalformedException {
    List<Action> actions = new ArrayList<>();
    Content content = Content.of(patch);
    String[] lines = patch.strip().split("\\R", -1);
    if (!lines[0].strip().equals("*** Begin Patch")) {
      return new HookReading.NotUnderstood("the patch does not start with *** Begin Patch");
    }
    for (String line : lines) {
      String text = line.strip();
      if (!text.startsWith("***")) {
        continue;
      }
      int colon = text.indexOf(": ");
      String word = colon < 0 ? text : text.substring(0, colon);
      switch (word) {
        case "*** Begin Patch", "*** End Patch", "*** End of File" -> {}
        case "*** Add File", "*** Update File", "*** Move to" ->
            actions.add(new Action.Write(path(text, colon, folder), content));
        case "*** Delete File" -> actions.add(new Action.Delete(path(text, colon, folder)));
        default -> {
          return new HookReading.NotUnderstood("the patch has the line \"%s\"".formatted(text));
        }
      }
    }
    return actions.isEmpty()
        ? new HookReading.NotUnderstood("the patch names no file")
        : new HookReading.Does(actions);
  }

  private static Path path(String line, int colon, Path folder)
      throws ToolEvent.MalformedException {
    return ToolEvent.resolved(line.substring(colon + 2).strip(), folder);
  }
}
