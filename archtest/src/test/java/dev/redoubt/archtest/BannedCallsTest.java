// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.archtest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Calls that no code may make, each with the reason.
class BannedCallsTest {

  @Test
  void foreignInputIsNeverReadWithoutABound() {
    because(
        noClasses().should().callMethod(Files.class, "readAllBytes", java.nio.file.Path.class),
        "a 100 GB file would exhaust memory: read with a limit");
    because(
        noClasses().should().callMethod(Files.class, "readString", java.nio.file.Path.class),
        "a 100 GB file would exhaust memory: read with a limit");
    because(
        noClasses().should().callMethod(java.io.InputStream.class, "readAllBytes"),
        "an endless stream would exhaust memory: readNBytes with a limit");
  }

  @Test
  void programsAreStartedOnlyByASandbox() {
    because(
        noClasses().should().dependOnClassesThat().belongToAnyOf(ProcessBuilder.class),
        "a scan never runs what it reads; effects go through a sandbox");
  }

  @Test
  void timeAndChanceEnterAtTheCompositionRoot() {
    because(
        noClasses().should().callMethod(Instant.class, "now"),
        "a test cannot set it: pass a Clock");
    because(
        noClasses().should().callMethod(LocalDate.class, "now"),
        "a test cannot set it: pass a Clock");
    because(
        noClasses().should().dependOnClassesThat().belongToAnyOf(Random.class),
        "a failure cannot be repeated: pass a RandomGenerator");
    because(
        noClasses().should().callMethod(Thread.class, "sleep", long.class),
        "a test has to wait for it");
  }

  @Test
  void theEnvironmentIsReadOnlyByTheCommandLine() {
    because(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.redoubt.cli")
            .should()
            .callMethod(System.class, "getenv"),
        "a test cannot be the world: take Surroundings");
    because(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.redoubt.cli")
            .should()
            .callMethod(System.class, "getenv", String.class),
        "a test cannot be the world: take Surroundings");
  }

  @Test
  void onlyTheCommandLineWritesToTheStandardStreams() {
    because(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.redoubt.cli")
            .should()
            .accessTargetWhere(standardStream()),
        "standard output carries results only, in --json mode nothing else");
  }

  @Test
  void nothingIsDeserializedLookedUpOrReflected() {
    because(
        noClasses().should().dependOnClassesThat().belongToAnyOf(ObjectInputStream.class),
        "deserializing foreign bytes runs foreign code");
    because(
        noClasses().should().dependOnClassesThat().resideInAPackage("javax.naming.."),
        "a JNDI name can make the JVM load foreign code");
    because(
        noClasses().should().dependOnClassesThat().resideInAPackage("java.lang.reflect.."),
        "reflection hides who calls whom and costs start-up time");
  }

  @Test
  void connectionsAreMadeInOnePlace() {
    because(
        noClasses()
            .that()
            .doNotHaveSimpleName("HttpRemote")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(HttpClient.class),
        "what connects must be easy to find and to bound");
  }

  private static DescribedPredicate<JavaAccess<?>> standardStream() {
    return new DescribedPredicate<>("a standard stream") {
      @Override
      public boolean test(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        return owner.isEquivalentTo(System.class) && (name.equals("out") || name.equals("err"));
      }
    };
  }

  private static void because(ArchRule rule, String reason) {
    rule.because(reason).allowEmptyShould(true).check(Code.CLASSES);
  }
}
