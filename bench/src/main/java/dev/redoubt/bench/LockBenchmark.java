// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.bench;

import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.scan.api.Extraction;
import dev.redoubt.scan.api.FileEntry;
import dev.redoubt.scan.api.SourceFile;
import dev.redoubt.scan.extractors.javascript.NpmPackageLockExtractor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// A generated lock file read as JSON, and as what it installs. Not final: JMH extends it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LockBenchmark {

  /// How many packages the lock file has: the time must grow as they do.
  @Param({"300", "3000", "30000"})
  public int packages;

  private byte[] lock = new byte[0];

  /// Generates the lock file.
  @Setup
  public void generate() {
    lock = PackageLock.text(packages, List.of(), 1).getBytes(StandardCharsets.UTF_8);
  }

  /// Reads the document.
  @Benchmark
  public Node document() throws IOException {
    return Json.read(lock, Limits.SCAN);
  }

  /// Extracts the components.
  @Benchmark
  public Extraction extract() throws IOException {
    return new NpmPackageLockExtractor().extract(new InMemory(lock));
  }

  private static final class InMemory implements SourceFile {

    private final byte[] bytes;

    InMemory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public byte[] bytes() {
      return bytes;
    }

    @Override
    public FileEntry entry() {
      return new FileEntry("package-lock.json", bytes.length);
    }

    @Override
    public String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public Optional<SourceFile> sibling(String relative) {
      return Optional.empty();
    }

    @Override
    public List<String> siblings() {
      return List.of();
    }

    @Override
    public List<String> siblings(String relative) {
      return List.of();
    }
  }
}
