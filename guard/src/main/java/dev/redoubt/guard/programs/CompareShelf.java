// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static dev.redoubt.guard.programs.Meaning.READS;
import static dev.redoubt.guard.programs.Meaning.RECURSES;
import static dev.redoubt.guard.programs.Meaning.STARTS;
import static dev.redoubt.guard.programs.Meaning.WRITES;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Programs that compare files or name them by a digest: `diff`, `cmp`, `sha256sum`.
///
/// Sources: diff(1), diff3(1), sdiff(1), cmp(1) of GNU diffutils 3.8, the digest programs of GNU
/// coreutils 9, shasum(1) of Perl.
final class CompareShelf implements Shelf {

  private static final List<String> NAMES =
      List.of(
          "cmp",
          "diff",
          "diff3",
          "sdiff",
          "md5sum",
          "sha1sum",
          "sha224sum",
          "sha256sum",
          "sha384sum",
          "sha512sum",
          "b2sum",
          "cksum",
          "sum",
          "md5",
          "shasum");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    Table table = table(name);
    return table == null ? null : TableManual.of(name, table);
  }

  private static @Nullable Table table(String name) {
    return switch (name) {
      case "cmp" -> cmp();
      case "diff" -> diff();
      case "diff3" -> diff3();
      case "sdiff" -> sdiff();
      case "md5sum",
          "sha1sum",
          "sha224sum",
          "sha256sum",
          "sha384sum",
          "sha512sum",
          "b2sum",
          "cksum" ->
          digest();
      case "sum" ->
          Table.harmless("adds bytes")
              .flags("-rs --sysv --help --version")
              .operands(Operands.READ)
              .build();
      case "md5" ->
          Table.harmless("computes digests")
              .flags("-pqrtx")
              .values("-s")
              .operands(Operands.READ)
              .build();
      case "shasum" -> shasum();
      default -> null;
    };
  }

  private static Table cmp() {
    return Table.harmless("compares files")
        .flags("-blsv --print-bytes --verbose --quiet --silent --help --version")
        .values("-in --ignore-initial --bytes")
        .operands(Operands.READ)
        .build();
  }

  private static Table diff() {
    return Table.harmless("compares files")
        .numbers()
        .flags("-abBcdeEilnNpPqstTuvwyZ --brief --context-lines --ed --expand-tabs --help")
        .flags("--ignore-all-space --ignore-blank-lines --ignore-case --ignore-file-name-case")
        .flags("--ignore-space-change --ignore-tab-expansion --ignore-trailing-space")
        .flags("--initial-tab --left-column --minimal --new-file --no-dereference --normal")
        .flags("--no-ignore-file-name-case --paginate --rcs --report-identical-files")
        .flags("--show-c-function --side-by-side --speed-large-files --strip-trailing-cr")
        .flags("--suppress-blank-empty --suppress-common-lines --text --unidirectional-new-file")
        .flags("--version")
        .flags(RECURSES, "-r --recursive")
        .optional("--color --context --unified")
        .values("-CDFIUWxSL --horizon-lines --ifdef --ignore-matching-lines --label --palette")
        .values("--show-function-line --starting-file --tabsize --width --exclude --line-format")
        .values("--old-line-format --new-line-format --unchanged-line-format --old-group-format")
        .values("--new-group-format --unchanged-group-format --changed-group-format")
        .values(READS, "-X --exclude-from --from-file --to-file")
        .operands(Operands.READ)
        .build();
  }

  private static Table diff3() {
    return Table.harmless("compares three files")
        .flags("-aAeE3xXimTv --text --show-all --ed --show-overlap --easy-only --overlap-only")
        .flags("--merge --strip-trailing-cr --initial-tab --help --version")
        .values("-L --label")
        .values(STARTS, "--diff-program")
        .operands(Operands.READ)
        .build();
  }

  private static Table sdiff() {
    return Table.harmless("compares files side by side")
        .flags("-abBdEilstvWZH --text --ignore-space-change --ignore-blank-lines --minimal")
        .flags("--ignore-tab-expansion --ignore-trailing-space --ignore-case --left-column")
        .flags("--suppress-common-lines --expand-tabs --ignore-all-space --speed-large-files")
        .flags("--strip-trailing-cr --help --version")
        .values("-Iw --ignore-matching-lines --width --tabsize")
        .values(WRITES, "-o --output")
        .values(STARTS, "--diff-program")
        .operands(Operands.READ)
        .build();
  }

  /// With `-c` the files named inside are read too, but only whether they match is shown.
  private static Table digest() {
    return Table.harmless("computes digests")
        .flags("-bctwz --binary --check --text --warn --tag --untagged --raw --base64 --debug")
        .flags("--quiet --status --strict --ignore-missing --zero --help --version")
        .values("-al --algorithm --length")
        .operands(Operands.READ)
        .build();
  }

  private static Table shasum() {
    return Table.harmless("computes digests")
        .flags("-bctUpqs0whv --binary --check --tag --text --UNIVERSAL --01 --ignore-missing")
        .flags("--quiet --status --strict --warn --help --version --portable")
        .values("-a --algorithm")
        .operands(Operands.READ)
        .build();
  }
}
