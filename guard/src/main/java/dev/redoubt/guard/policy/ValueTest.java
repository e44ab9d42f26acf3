// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Place;
import dev.redoubt.guard.network.NetworkMatcher;
import dev.redoubt.guard.network.Reading;
import dev.redoubt.guard.network.Target;
import dev.redoubt.guard.paths.PathText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a value among the arguments of a tool is like.
///
/// What cannot be read as the path, machine or number that a test is about is never surely meant
/// and always possibly.
sealed interface ValueTest {

  /// Returns whether `value`, a text or a number or boolean as it is written, is meant.
  boolean accepts(String value, Scene scene, Certainty certainty);

  /// It is this text, or the number or boolean that is written so, or matches this pattern.
  record Like(TextPattern pattern) implements ValueTest {
    public Like {
      requireNonNull(pattern, "pattern");
    }

    @Override
    public boolean accepts(String value, Scene scene, Certainty certainty) {
      return pattern.matches(value, certainty);
    }
  }

  /// It is one of these texts.
  record OneOf(List<TextPattern> literals) implements ValueTest {
    public OneOf {
      literals = List.copyOf(literals);
    }

    @Override
    public boolean accepts(String value, Scene scene, Certainty certainty) {
      return Alternatives.match(literals, value, certainty);
    }
  }

  /// It matches this expression.
  record Matching(Regex regex) implements ValueTest {
    public Matching {
      requireNonNull(regex, "regex");
    }

    @Override
    public boolean accepts(String value, Scene scene, Certainty certainty) {
      return regex.matches(value, certainty);
    }
  }

  /// It is a path among these.
  record PathBelow(List<PathPattern> paths) implements ValueTest {
    public PathBelow {
      paths = List.copyOf(paths);
    }

    @Override
    public boolean accepts(String value, Scene scene, Certainty certainty) {
      boolean sure = certainty == Certainty.SURE;
      String text = sure ? value : ArgumentText.squeezed(value.strip());
      return isBelow(text, scene, sure)
          || (!sure && text.indexOf('\\') >= 0 && isBelow(text.replace('\\', '/'), scene, false));
    }

    private boolean isBelow(String text, Scene scene, boolean sure) {
      return switch (PathText.read(text, scene.situation().workspace(), scene.situation().home())) {
        case PathText.Known(Place place) ->
            paths.stream()
                .anyMatch(path ->
                    sure ? path.isSure(place, scene) : isPossible(path, text, place, scene));
        // Several lines are content, whatever the place is called.
        case PathText.Unclear _, PathText.Refused _ ->
            !sure && text.indexOf('\n') < 0 && text.length() <= PathText.LONGEST;
      };
    }

    private static boolean isPossible(PathPattern path, String text, Place place, Scene scene) {
      return path.isPossible(place, false, scene)
          || (Argument.isGlob(text)
              && path.isPossible(new Place(text, place.path(), Place.Kind.GLOB), false, scene));
    }
  }

  /// It is a machine among these, alone, with a port, or in an address.
  record HostIn(List<NetworkMatcher> targets) implements ValueTest {
    public HostIn {
      targets = List.copyOf(targets);
    }

    @Override
    public boolean accepts(String value, Scene scene, Certainty certainty) {
      NetMatcher matcher = new NetMatcher(targets);
      if (certainty == Certainty.SURE) {
        return matcher.matches(new Effect.Connect("", value), scene, certainty);
      }
      List<String> forms = new ArrayList<>(EmbeddedAddresses.of(value));
      if (!EmbeddedAddresses.hasBlank(value.strip())) {
        forms.add(value.strip());
        if (!value.contains("://")) {
          forms.add("http://" + value.strip());
        }
      }
      for (String form : forms) {
        Effect.Connect connect = new Effect.Connect("", form);
        boolean read = Target.of(connect) instanceof Reading.Good<Target>;
        // An address that nobody can read may lead anywhere.
        if ((read || EmbeddedAddresses.isAddress(value))
            && matcher.matches(connect, scene, certainty)) {
          return true;
        }
      }
      return !EmbeddedAddresses.hasBlank(value.strip()) && isOneOf(value.strip(), matcher, scene);
    }

    /* After two slashes or a name, and one of several: many tools connect with each. */
    private static boolean isOneOf(String value, NetMatcher matcher, Scene scene) {
      for (String part : value.split("[,;|]", -1)) {
        for (Effect.Connect connect : Argument.machines(part)) {
          if (matcher.matches(connect, scene, Certainty.POSSIBLE)) {
            return true;
          }
        }
      }
      return false;
    }
  }

  /// It is a number from `min` to `max`, both included; null for no bound.
  record Within(@Nullable BigDecimal min, @Nullable BigDecimal max) implements ValueTest {

    private static final int LONGEST = 100;

    @Override
    public boolean accepts(String value, Scene scene, Certainty certainty) {
      Optional<BigDecimal> number = number(value);
      if (number.isEmpty()) {
        return certainty == Certainty.POSSIBLE;
      }
      return (min == null || number.get().compareTo(min) >= 0)
          && (max == null || number.get().compareTo(max) <= 0);
    }

    /// Returns the number that is written as `text`; empty when none is.
    static Optional<BigDecimal> number(String text) {
      String digits = text.strip();
      if (digits.length() > LONGEST) {
        return Optional.empty();
      }
      try {
        return Optional.of(new BigDecimal(digits));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
  }
}
