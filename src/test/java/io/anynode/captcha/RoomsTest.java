package io.anynode.captcha;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Holds the arrows between the rooms, as the package's map says, against the code. */
class RoomsTest {

  private static final String ROOT = "io.anynode.captcha";

  private final JavaClasses code =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void arrowsPointOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("lab")
        .definedBy(ROOT + ".server.lab..")
        .layer("server")
        .definedBy(ROOT + ".server", ROOT + ".server.launch..")
        .layer("jsp")
        .definedBy(ROOT + ".jsp..")
        .layer("tomcat")
        .definedBy(ROOT + ".tomcat..")
        .layer("web")
        .definedBy(ROOT + ".web..")
        .layer("legacy")
        .definedBy(ROOT + ".legacy..")
        .layer("http")
        .definedBy(ROOT + ".http..")
        .layer("root")
        .definedBy(ROOT)
        .layer("challenge")
        .definedBy(ROOT + ".challenge..")
        .layer("render")
        .definedBy(ROOT + ".render..")
        .layer("telemetry")
        .definedBy(ROOT + ".telemetry..")
        .layer("rate")
        .definedBy(ROOT + ".rate..")
        .layer("session")
        .definedBy(ROOT + ".session..")
        .layer("settings")
        .definedBy(ROOT + ".settings..")
        .whereLayer("lab")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("server")
        .mayOnlyBeAccessedByLayers("lab")
        .whereLayer("jsp")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("tomcat")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("web")
        .mayOnlyBeAccessedByLayers("jsp", "server", "lab")
        .whereLayer("legacy")
        .mayOnlyBeAccessedByLayers("web")
        .whereLayer("http")
        .mayOnlyBeAccessedByLayers("jsp", "legacy", "web")
        .whereLayer("telemetry")
        .mayOnlyBeAccessedByLayers("web")
        .whereLayer("root")
        .mayOnlyBeAccessedByLayers("jsp", "http", "legacy", "telemetry", "web", "server")
        .whereLayer("challenge")
        .mayOnlyBeAccessedByLayers("root", "legacy", "web")
        .whereLayer("render")
        .mayOnlyBeAccessedByLayers("root", "legacy", "web")
        .whereLayer("rate")
        .mayOnlyBeAccessedByLayers("root", "http", "legacy", "web")
        .whereLayer("session")
        .mayOnlyBeAccessedByLayers("root", "rate", "legacy", "telemetry", "web", "server", "lab")
        .whereLayer("settings")
        .mayOnlyBeAccessedByLayers("session", "rate", "http", "legacy", "web", "server", "lab")
        .check(code);
  }

  @Test
  void roomsFormNoCircle() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(code);
  }

  @Test
  void aClientLibraryIsKnownOnlyToItsOwnFolder() {
    onlyIn(".session.redis..", "redis.clients..", "org.springframework.data.redis..");
    onlyIn(
        ".session.jdbc..",
        "com.zaxxer..",
        "org.springframework.jdbc..",
        "org.springframework.transaction..",
        "org.postgresql..",
        "org.mariadb..");
    onlyIn(".render..", "cn.apiclub..", "java.awt..", "javax.imageio..");
    onlyIn(".telemetry..", "io.micrometer..", "io.prometheus..");
    onlyIn(".jsp..", "jakarta.servlet.jsp..", "jakarta.el..");
    onlyIn(".server..", "io.undertow..", "picocli..");
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".server..", ROOT + ".tomcat..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache..")
        .check(code);
  }

  @Test
  void theValveIsLoadedWithoutTheRest() {
    classes()
        .that()
        .resideInAPackage(ROOT + ".tomcat..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            ROOT + ".tomcat..", "org.apache..", "jakarta.servlet..", "java..", "org.jspecify..")
        .check(code);
  }

  @Test
  void whatIsAskedKnowsNoServletAndNoSpring() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".challenge..", ROOT + ".render..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta..", "org.springframework..")
        .check(code);
  }

  @Test
  void everyPackageIsNullMarked() {
    classes()
        .that()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith(NullMarked.class)
        .check(code);
    assertThat(packages(code.stream()))
        .isEqualTo(packages(code.stream().filter(c -> c.getSimpleName().equals("package-info"))));
  }

  private static Set<String> packages(Stream<JavaClass> classes) {
    return classes.map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void nothingHoldsStaticMutableState() {
    fields()
        .that()
        .areStatic()
        .should()
        .beFinal()
        .orShould()
        .haveModifier(JavaModifier.SYNTHETIC)
        .check(code);
  }

  @Test
  void nothingPrintsToTheConsoleButTheCommand() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".server..")
        .and()
        .haveSimpleNameNotEndingWith("Main")
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .check(code);
    GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(code);
  }

  private void onlyIn(String room, String... libraries) {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries)
        .check(code);
  }
}
