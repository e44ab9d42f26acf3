// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static dev.redoubt.guard.programs.Meaning.WRITES;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Programs that read text and print some of it: `cat`, `head`, `sort`.
///
/// Sources: the manual pages of GNU coreutils 9 of the same names.
final class TextShelf implements Shelf {

  private static final List<String> NAMES = List.of("cat", "sort");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    return switch (name) {
      case "cat" -> TableManual.of("cat", cat());
      case "sort" -> TableManual.of("sort", sort());
      default -> null;
    };
  }

  /// cat(1).
  private static Table cat() {
    return Table.harmless("shows files")
        .flags("-AbeEnstTuvl --show-all --number-nonblank --show-ends --number --squeeze-blank")
        .flags("--show-tabs --show-nonprinting --help --version")
        .operands(Operands.READ)
        .build();
  }

  /// sort(1). `--compress-program` runs a program on temporary files; `-T` says where they are.
  private static Table sort() {
    return Table.harmless("sorts lines")
        .flags("-bdfgiMhnRrVcCmsuz --ignore-leading-blanks --dictionary-order --ignore-case")
        .flags("--general-numeric-sort --ignore-nonprinting --month-sort --human-numeric-sort")
        .flags("--numeric-sort --random-sort --reverse --version-sort --debug --merge --stable")
        .flags("--unique --zero-terminated --help --version")
        .optional("--check")
        .values("-kSt --key --buffer-size --field-separator --batch-size --parallel --sort")
        .values(Meaning.READS, "--files0-from --random-source")
        .values(WRITES, "-o --output -T --temporary-directory")
        .values(Meaning.STARTS, "--compress-program")
        .operands(Operands.READ)
        .build();
  }
}
