// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.scan;

import static java.util.Objects.requireNonNull;

import dev.redoubt.scan.reports.ReportFormat;
import dev.redoubt.scan.reports.ScanReport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A format that remembers the SHA-256 of what it wrote, in UTF-8, so that a report can be told
/// from a changed one later. For one report, and not safe to share between threads.
final class DigestedReport implements ReportFormat {

  private final ReportFormat format;
  private final MessageDigest digest;

  DigestedReport(ReportFormat format) {
    this.format = requireNonNull(format, "format");
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String id() {
    return format.id();
  }

  @Override
  public void write(ScanReport report, Appendable out) throws IOException {
    try (Writer writer = new Both(out, digest)) {
      format.write(report, writer);
    }
  }

  /// Returns the digest of what was written, in hex digits.
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /// Writes everything twice. Closing it does not close `out`.
  private static final class Both extends Writer {

    private final Appendable out;
    private final Writer digested;

    Both(Appendable out, MessageDigest digest) {
      this.out = out;
      this.digested =
          new OutputStreamWriter(
              new DigestOutputStream(OutputStream.nullOutputStream(), digest),
              StandardCharsets.UTF_8);
    }

    @Override
    public void write(char[] buffer, int offset, int length) throws IOException {
      write(new String(buffer, offset, length));
    }

    @Override
    public void write(String text) throws IOException {
      digested.write(text);
      out.append(text);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
      write(text.substring(offset, offset + length));
    }

    @Override
    public void flush() {}

    @Override
    public void close() throws IOException {
      digested.close();
    }
  }
}
