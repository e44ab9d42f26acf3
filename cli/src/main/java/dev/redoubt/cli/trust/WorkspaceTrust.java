// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.trust;

import static java.util.Objects.requireNonNull;

import dev.redoubt.cli.trust.TrustFile.Kept;
import dev.redoubt.guard.trust.Survey;
import dev.redoubt.guard.trust.TrustRecord;
import dev.redoubt.guard.trust.TrustState;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Whether a workspace is trusted: what every command asks that would load or execute something of
/// a checkout.
///
/// A folder inside a trusted checkout is trusted as long as the checkout is unchanged, the folder
/// switches on nothing itself, and no other checkout lies in between.
///
/// @param workspace the real path
/// @param state whether it is trusted as it is now
/// @param survey what it would switch on
public record WorkspaceTrust(Path workspace, TrustState state, Survey survey) {

  public WorkspaceTrust {
    requireNonNull(workspace, "workspace");
    requireNonNull(state, "state");
    requireNonNull(survey, "survey");
  }

  /// Looks at `workspace` and at what is kept about it in `dataDir`.
  ///
  /// @throws RedoubtException UNREADABLE if there is no such folder
  public static WorkspaceTrust of(Path dataDir, Path workspace) {
    Path real = real(workspace);
    Survey survey = CheckoutReader.survey(real);
    TrustState own = state(dataDir, real, survey);
    boolean inherits = own.equals(new TrustState.Untrusted(List.of())) && isEmpty(survey);
    return new WorkspaceTrust(real, inherits ? inherited(dataDir, real).orElse(own) : own, survey);
  }

  private static boolean isEmpty(Survey survey) {
    return survey.items().isEmpty() && survey.problems().isEmpty();
  }

  private static TrustState state(Path dataDir, Path real, Survey survey) {
    return switch (TrustFile.of(dataDir, real).read(real)) {
      case Kept.Nothing() -> TrustState.of(Optional.empty(), survey);
      case Kept.Found(TrustRecord record) -> TrustState.of(Optional.of(record), survey);
      case Kept.Broken(String problem) -> new TrustState.Untrusted(List.of(problem));
    };
  }

  /* From the nearest checkout above, which is the first folder with a .git. */
  private static Optional<TrustState> inherited(Path dataDir, Path real) {
    if (isCheckout(real)) {
      return Optional.empty();
    }
    for (Path above = real.getParent(); above != null; above = above.getParent()) {
      if (isCheckout(above)) {
        return TrustFile.of(dataDir, above).read(above) instanceof Kept.Nothing
            ? Optional.empty()
            : Optional.of(state(dataDir, above, CheckoutReader.survey(above)));
      }
    }
    return Optional.empty();
  }

  private static boolean isCheckout(Path folder) {
    return Files.exists(folder.resolve(".git"), LinkOption.NOFOLLOW_LINKS);
  }

  static Path real(Path workspace) {
    try {
      Path real = workspace.toRealPath();
      if (Files.isDirectory(real)) {
        return real;
      }
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "cannot read the folder \"%s\": is it there?".formatted(workspace),
          e);
    }
    throw new RedoubtException(
        ErrorCode.UNREADABLE, "\"%s\" is no folder".formatted(workspace), null);
  }
}
