// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.archtest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLConnection;
import java.net.http.HttpClient;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;

/// Calls that no code may make, each with the reason.
class BannedCallsTest {

  @Test
  void foreignInputIsNeverReadWithoutABound() {
    because(
        noClasses().should().callMethod(Files.class, "readAllBytes", Path.class),
        "a 100 GB file would exhaust memory: read with a limit");
    because(
        noClasses().should().callMethod(Files.class, "readString", Path.class),
        "a 100 GB file would exhaust memory: read with a limit");
    because(
        noClasses().should().callMethod(Files.class, "readString", Path.class, Charset.class),
        "a 100 GB file would exhaust memory: read with a limit");
    because(
        noClasses().should().callMethod(Files.class, "readAllLines", Path.class),
        "a 100 GB file would exhaust memory: read with a limit");
    because(
        noClasses().should().accessTargetWhere(isCalled("readAllBytes")),
        "an endless stream would exhaust memory: readNBytes with a limit");
  }

  @Test
  void programsAreStartedOnlyByASandbox() {
    because(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.redoubt.sandbox..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class),
        "a scan never runs what it reads; effects go through a sandbox");
    because(
        noClasses()
            .should()
            .accessTargetWhere(
                DescribedPredicate.describe(
                    "is Runtime.exec",
                    access ->
                        access.getTarget().getName().equals("exec")
                            && access.getTargetOwner().isEquivalentTo(Runtime.class))),
        "a scan never runs what it reads; effects go through a sandbox");
  }

  @Test
  void nativeCodeIsCalledInOnePlace() {
    because(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.redoubt.sandbox.kernel")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.foreign.."),
        "a wrong call crashes the JVM or reads foreign memory: ask dev.redoubt.sandbox.kernel");
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
        noClasses().should().dependOnClassesThat().belongToAnyOf(HttpClient.class),
        "it resolves names by itself, so what it dials was not judged: use WebClient");
    because(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.redoubt.sandbox.network")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(
                Socket.class,
                ServerSocket.class,
                DatagramSocket.class,
                SocketChannel.class,
                ServerSocketChannel.class,
                DatagramChannel.class,
                AsynchronousSocketChannel.class,
                SocketFactory.class,
                NetworkInterface.class),
        "there is one way out, and it is dev.redoubt.sandbox.network");
    because(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.redoubt.sandbox.network", "dev.redoubt.http")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(InetAddress.class),
        "names are resolved by dev.redoubt.sandbox.network only");
    because(
        noClasses().should().accessTargetWhere(resolution()),
        "dev.redoubt.http reads addresses as numbers and asks nobody what a name leads to");
    because(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.redoubt.sandbox.network")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.hc.."),
        "there is one way out, and it is dev.redoubt.sandbox.network");
    because(
        noClasses().should().dependOnClassesThat().belongToAnyOf(URL.class, URLConnection.class),
        "a URL opens files and archives too, and connects without being judged");
  }

  @Test
  void thereIsOneListener() {
    because(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.redoubt.http")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.helidon.."),
        "who may connect is decided in one place, and it is dev.redoubt.http");
    because(
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.sun.net.httpserver..", "io.helidon.webclient.."),
        "who may connect is decided in one place, and it is dev.redoubt.http");
  }

  @Test
  void aForeignRepositoryIsNeverOpenedByALibrary() {
    because(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.redoubt.sandbox.snapshots")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jgit.."),
        "texts are merged and compared in one place (ADR 0112)");
    because(
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.eclipse.jgit.lib..",
                "org.eclipse.jgit.api..",
                "org.eclipse.jgit.storage..",
                "org.eclipse.jgit.internal..",
                "org.eclipse.jgit.transport.."),
        "a repository is foreign input, and JGit obeys what its configuration says");
  }

  private static DescribedPredicate<JavaAccess<?>> isCalled(String method) {
    return DescribedPredicate.describe(
        "is called " + method, access -> access.getTarget().getName().equals(method));
  }

  private static DescribedPredicate<JavaAccess<?>> resolution() {
    return DescribedPredicate.describe(
        "asks what a name leads to, outside of dev.redoubt.sandbox.network",
        access ->
            access.getTargetOwner().isEquivalentTo(InetAddress.class)
                && (access.getTarget().getName().equals("getByName")
                    || access.getTarget().getName().equals("getAllByName"))
                && access.getOriginOwner().getPackageName().equals("dev.redoubt.http"));
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
