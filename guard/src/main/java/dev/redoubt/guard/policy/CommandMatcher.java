// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.guard.Effect;
import java.util.List;

/// Commands: each list that is not empty has to agree, with one of its entries.
///
/// @param commands the words of the command
/// @param programs the program alone
/// @param arguments what its arguments are like: all of them when sure, one when possible is enough
record CommandMatcher(List<ArgvPattern> commands, List<TextPattern> programs, List<Regex> arguments)
    implements Matcher {

  CommandMatcher {
    commands = List.copyOf(commands);
    programs = List.copyOf(programs);
    arguments = List.copyOf(arguments);
  }

  @Override
  public boolean matches(Effect effect, Scene scene, Certainty certainty) {
    if (!(effect instanceof Effect.Command command) || command.argv().isEmpty()) {
      return false;
    }
    List<String> argv = command.argv();
    return isCommand(argv, certainty)
        && isProgram(argv.getFirst(), certainty)
        && haveArguments(argv.subList(1, argv.size()), certainty);
  }

  private boolean isCommand(List<String> argv, Certainty certainty) {
    for (ArgvPattern pattern : commands) {
      if (pattern.matches(argv, certainty)) {
        return true;
      }
    }
    return commands.isEmpty();
  }

  private boolean isProgram(String program, Certainty certainty) {
    for (TextPattern pattern : programs) {
      if (ArgvPattern.isProgram(pattern, program, certainty)) {
        return true;
      }
    }
    return programs.isEmpty();
  }

  private boolean haveArguments(List<String> words, Certainty certainty) {
    if (arguments.isEmpty()) {
      return true;
    }
    for (String word : words) {
      boolean matched = false;
      for (Regex regex : arguments) {
        matched |= regex.matches(word, certainty);
      }
      if (matched == (certainty == Certainty.POSSIBLE)) {
        return matched;
      }
    }
    return certainty == Certainty.SURE && !words.isEmpty();
  }

  @Override
  public boolean covers(Matcher other) {
    return other
            instanceof
            CommandMatcher(
                List<ArgvPattern> theirs,
                List<TextPattern> theirPrograms,
                List<Regex> theirArguments)
        && Alternatives.cover(commands, theirs, ArgvPattern::covers)
        && Alternatives.cover(programs, theirPrograms, TextPattern::covers)
        && (arguments.isEmpty() || arguments.equals(theirArguments));
  }
}
