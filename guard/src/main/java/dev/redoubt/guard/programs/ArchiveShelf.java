// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static dev.redoubt.guard.programs.Meaning.CHANGES;
import static dev.redoubt.guard.programs.Meaning.WRITES;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Programs that pack and unpack.
///
/// Sources: gzip(1) 1.12, bzip2(1), xz(1) 5.4, zstd(1) 1.5, zip(1) 3, unzip(1) 6, ar(1) of
/// binutils, the help of 7-Zip.
final class ArchiveShelf implements Shelf {

  private static final List<String> NAMES =
      List.of(
          "tar", "gtar", "bsdtar", "gzip", "gunzip", "bzip2", "bunzip2", "xz", "unxz", "lzma",
          "unlzma", "zstd", "unzstd", "zcat", "gzcat", "bzcat", "xzcat", "lzcat", "zstdcat", "zip",
          "unzip", "zipinfo", "ar", "7z", "7za", "7zr");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    return switch (name) {
      case "tar", "gtar", "bsdtar" -> new TarManual(name);
      case "gzip", "gunzip", "bzip2", "bunzip2", "xz", "unxz", "lzma", "unlzma", "zstd", "unzstd" ->
          new CompressManual(
              name,
              compress(Table.filesOnly("packs or unpacks files")),
              compress(Table.harmless("shows packed files")));
      case "zcat", "gzcat", "bzcat", "xzcat", "lzcat", "zstdcat" ->
          TableManual.of(
              name,
              Table.harmless("shows packed files")
                  .flags("-cdfqvhV --force --quiet --help --version")
                  .operands(Operands.READ)
                  .build());
      case "zip" -> new ZipManual(zip());
      case "unzip" ->
          new UnzipManual(
              unzip(Table.filesOnly("unpacks files")), unzip(Table.harmless("shows an archive")));
      case "zipinfo" ->
          TableManual.of(
              name,
              Table.harmless("lists an archive")
                  .flags("-12smlvhtTzCM")
                  .operands(Operands.READ)
                  .build());
      case "ar", "7z", "7za", "7zr" -> new KeyedArchiveManual(name);
      default -> null;
    };
  }

  /// `-N` takes the name of the output from the packed file.
  private static Table compress(Table.Builder table) {
    return table
        .flags("-0123456789cdefhklqrtvVzsCn --stdout --to-stdout --decompress")
        .flags("--uncompress --force")
        .flags(
            "--help --keep --list --no-name --quiet --recursive --rsyncable --synchronous --test")
        .flags("--verbose --version --fast --best --compress --extreme --single-stream")
        .flags("--no-sparse")
        .flags(
            "--no-warn --robot --info-memory --small --ultra --rm --no-progress --no-check --check")
        .flags(CHANGES, "-N --name")
        .values("-ST --suffix --threads --format --memlimit --block-size")
        .optional("--long --adapt")
        .values(WRITES, "-o --output-dir-flat --output-dir-mirror")
        .values(Meaning.READS, "-D")
        .build();
  }

  /// `-m` deletes what it packed; `-T` and `-TT` run a test program; `-@` reads names.
  private static Table zip() {
    return Table.filesOnly("packs files")
        .flags(
            "-0123456789rqvjufyXDoldgckSi --recurse-paths --quiet --verbose --junk-paths --update")
        .flags("-x --symlinks --include --exclude --encrypt -e --freshen --help -h")
        .flags(CHANGES, "-mT@ --move --test --names-stdin")
        .values("-Pnts --password --suffixes --from-date --split-size --before-date")
        .values(WRITES, "-bO --temp-path --output-file")
        .values(Meaning.SHELL, "--unzip-command")
        .build();
  }

  private static Table unzip(Table.Builder table) {
    return table.flags("-lvtpcqnoajCLUVXWKMTfuzZx").values("-dP").build();
  }
}
