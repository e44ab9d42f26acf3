// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/// Everything that is replaced, in use. Its classes are loaded twice by [PlainClassTest]: as they
/// were compiled, and prepared.
public final class Sample implements Supplier<List<String>> {

  sealed interface Shape permits Circle, Square, Many, Nothing {

    /* A switch in an interface is called in another way. */
    default String name() {
      return switch (this) {
        case Circle _ -> "circle";
        case Square _ -> "square";
        case Many _ -> "many";
        case Nothing _ -> "nothing";
      };
    }
  }

  record Circle(int radius, double weight, float thick) implements Shape {}

  record Square(long side, char mark, boolean full) implements Shape {}

  record Many(byte one, short two, Optional<String> three, List<Shape> shapes) implements Shape {}

  record Nothing() implements Shape {}

  private static final List<Shape> SHAPES =
      List.of(
          new Circle(1, 2.5, 0.5f),
          new Circle(1, 2.5, 0.5f),
          new Circle(-7, Double.NaN, Float.NaN),
          new Circle(-7, -Double.NaN, Float.NaN),
          new Circle(0, 0.0, 0f),
          new Circle(0, -0.0, 0f),
          new Circle(0, 0.0, -0f),
          new Square(1L << 40, 'x', true),
          new Square(1L << 40, 'x', false),
          new Square(1L << 41, 'x', true),
          new Square(1L << 40, 'y', true),
          new Many((byte) -1, (short) 300, Optional.of("a"), List.of()),
          new Many((byte) -1, (short) 300, Optional.of("a"), List.of(new Nothing())),
          new Many((byte) -1, (short) 301, Optional.of("a"), List.of()),
          new Many((byte) 2, (short) 300, Optional.of("a"), List.of()),
          new Many((byte) -1, (short) 300, Optional.empty(), List.of()),
          new Nothing(),
          new Nothing());

  @Override
  public List<String> get() {
    List<String> said = new ArrayList<>();
    for (Shape one : SHAPES) {
      said.add(one.name() + ' ' + guarded(one) + ' ' + one.hashCode() + ' ' + one);
      for (Shape other : SHAPES) {
        said.add(one + (one.equals(other) ? " is " : " is not ") + other);
      }
      for (Object other : new Object[] {null, "another type", new Object()}) {
        said.add(one + (Objects.equals(one, other) ? " is " : " is not ") + "another thing");
      }
    }
    for (Object thing :
        new Object[] {null, "text", 1, 2L, new int[0], List.of(), Thread.State.NEW}) {
      said.add(any(thing));
    }
    said.add(refused());
    return said;
  }

  private static String guarded(Shape shape) {
    return switch (shape) {
      case Circle(int radius, double _, float _) when radius < 0 -> "hole";
      case Circle(int radius, double weight, float _) when weight > radius -> "heavy";
      case Circle circle -> "circle of " + circle.radius();
      case Square(long _, char mark, boolean full) when mark == 'x' && full -> "black";
      case Square _ -> "square";
      case Many(byte _, short _, Optional<String> three, List<Shape> shapes)
          when three.isPresent() && shapes.isEmpty() ->
          "lonely";
      case Many many -> "with " + many.shapes().size();
      case Nothing _ -> "nothing";
    };
  }

  private static String any(Object thing) {
    return switch (thing) {
      case null -> "null";
      case String text when text.length() > 10 -> "long text";
      case String text -> text;
      case Integer number -> "int " + number;
      case Number number -> "number " + number;
      case int[] numbers -> numbers.length + " ints";
      case Thread.State state -> state.name();
      case Iterable<?> all -> "all of " + all;
      default -> "something";
    };
  }

  private static String refused() {
    Shape none = null;
    try {
      return guarded(none);
    } catch (NullPointerException e) {
      return "refused";
    }
  }
}
