// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.extractors;

import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.extractors.agents.AgentInstructionsExtractor;
import dev.redoubt.scan.extractors.agents.DockerMcpRegistryExtractor;
import dev.redoubt.scan.extractors.agents.McpConfigJsonExtractor;
import dev.redoubt.scan.extractors.agents.McpConfigTomlExtractor;
import dev.redoubt.scan.extractors.agents.McpConfigYamlExtractor;
import dev.redoubt.scan.extractors.cargo.CargoLockExtractor;
import dev.redoubt.scan.extractors.cargo.CargoTomlExtractor;
import dev.redoubt.scan.extractors.cocoapods.PodfileLockExtractor;
import dev.redoubt.scan.extractors.composer.ComposerJsonExtractor;
import dev.redoubt.scan.extractors.composer.ComposerLockExtractor;
import dev.redoubt.scan.extractors.conan.ConanLockExtractor;
import dev.redoubt.scan.extractors.cran.RenvLockExtractor;
import dev.redoubt.scan.extractors.golang.GoModExtractor;
import dev.redoubt.scan.extractors.golang.GoSumExtractor;
import dev.redoubt.scan.extractors.gradle.GradleBuildExtractor;
import dev.redoubt.scan.extractors.gradle.GradleLockfileExtractor;
import dev.redoubt.scan.extractors.gradle.GradleVersionCatalogExtractor;
import dev.redoubt.scan.extractors.haskell.CabalFreezeExtractor;
import dev.redoubt.scan.extractors.haskell.StackYamlLockExtractor;
import dev.redoubt.scan.extractors.hex.MixLockExtractor;
import dev.redoubt.scan.extractors.hex.RebarLockExtractor;
import dev.redoubt.scan.extractors.javascript.BunLockExtractor;
import dev.redoubt.scan.extractors.javascript.DenoLockExtractor;
import dev.redoubt.scan.extractors.javascript.NpmPackageJsonExtractor;
import dev.redoubt.scan.extractors.javascript.NpmPackageLockExtractor;
import dev.redoubt.scan.extractors.javascript.PnpmLockExtractor;
import dev.redoubt.scan.extractors.javascript.YarnLockExtractor;
import dev.redoubt.scan.extractors.julia.JuliaManifestExtractor;
import dev.redoubt.scan.extractors.maven.MavenPomExtractor;
import dev.redoubt.scan.extractors.nuget.CsprojExtractor;
import dev.redoubt.scan.extractors.nuget.DirectoryPackagesPropsExtractor;
import dev.redoubt.scan.extractors.nuget.NugetPackagesConfigExtractor;
import dev.redoubt.scan.extractors.nuget.NugetPackagesLockExtractor;
import dev.redoubt.scan.extractors.pub.PubspecLockExtractor;
import dev.redoubt.scan.extractors.pub.PubspecYamlExtractor;
import dev.redoubt.scan.extractors.python.PdmLockExtractor;
import dev.redoubt.scan.extractors.python.PipRequirementsExtractor;
import dev.redoubt.scan.extractors.python.PipfileLockExtractor;
import dev.redoubt.scan.extractors.python.PoetryLockExtractor;
import dev.redoubt.scan.extractors.python.PylockExtractor;
import dev.redoubt.scan.extractors.python.PyprojectExtractor;
import dev.redoubt.scan.extractors.python.UvLockExtractor;
import dev.redoubt.scan.extractors.rubygems.GemfileExtractor;
import dev.redoubt.scan.extractors.rubygems.GemfileLockExtractor;
import dev.redoubt.scan.extractors.sbom.CyclonedxSbomExtractor;
import dev.redoubt.scan.extractors.sbom.SpdxSbomExtractor;
import dev.redoubt.scan.extractors.swift.SwiftPackageResolvedExtractor;
import dev.redoubt.secrets.Fingerprints;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The extractors that come with Redoubt, sorted by id. A written list: what is not here does not
/// run.
public final class BuiltInExtractors {

  private BuiltInExtractors() {}

  /// Returns all of them, in the order in which they are asked, giving no fingerprints of secrets.
  public static List<Extractor> all() {
    return all(Fingerprints.NONE);
  }

  /// Returns all of them, in the order in which they are asked.
  ///
  /// @param fingerprints the digests that stand for secrets found in configurations
  public static List<Extractor> all(Fingerprints fingerprints) {
    return all(fingerprints, Optional.empty());
  }

  /// Returns all of them, in the order in which they are asked.
  ///
  /// @param fingerprints the digests that stand for secrets found in configurations
  /// @param mavenRepository the local repository of Maven, empty when nothing outside of what is
  ///   scanned may be read
  public static List<Extractor> all(Fingerprints fingerprints, Optional<Path> mavenRepository) {
    return List.of(
        new AgentInstructionsExtractor(),
        new BunLockExtractor(),
        new CabalFreezeExtractor(),
        new CargoLockExtractor(),
        new CargoTomlExtractor(),
        new ComposerJsonExtractor(),
        new ComposerLockExtractor(),
        new ConanLockExtractor(),
        new CsprojExtractor(),
        new CyclonedxSbomExtractor(),
        new DenoLockExtractor(),
        new DirectoryPackagesPropsExtractor(),
        new DockerMcpRegistryExtractor(fingerprints),
        new GemfileExtractor(),
        new GemfileLockExtractor(),
        new GoModExtractor(),
        new GoSumExtractor(),
        new GradleBuildExtractor(),
        new GradleLockfileExtractor(),
        new GradleVersionCatalogExtractor(),
        new JuliaManifestExtractor(),
        new MavenPomExtractor(mavenRepository),
        new McpConfigJsonExtractor(fingerprints),
        new McpConfigTomlExtractor(fingerprints),
        new McpConfigYamlExtractor(fingerprints),
        new MixLockExtractor(),
        new NpmPackageJsonExtractor(),
        new NpmPackageLockExtractor(),
        new NugetPackagesConfigExtractor(),
        new NugetPackagesLockExtractor(),
        new PdmLockExtractor(),
        new PipRequirementsExtractor(),
        new PipfileLockExtractor(),
        new PnpmLockExtractor(),
        new PodfileLockExtractor(),
        new PoetryLockExtractor(),
        new PubspecLockExtractor(),
        new PubspecYamlExtractor(),
        new PylockExtractor(),
        new PyprojectExtractor(),
        new RebarLockExtractor(),
        new RenvLockExtractor(),
        new SpdxSbomExtractor(),
        new StackYamlLockExtractor(),
        new SwiftPackageResolvedExtractor(),
        new UvLockExtractor(),
        new YarnLockExtractor());
  }
}
