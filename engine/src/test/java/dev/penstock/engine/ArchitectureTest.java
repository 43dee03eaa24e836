package dev.penstock.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.regex.Pattern;

/** The arrows between packages, and which of its libraries each package may know. */
@AnalyzeClasses(packages = "dev.penstock", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    /** What works without any JVM flag in Agrona 1.x and 2.x; everything else there reaches for JDK internals. */
    private static final Pattern FLAG_FREE_AGRONA =
            Pattern.compile("org\\.agrona\\.(collections\\..+|DeadlineTimerWheel"
                    + "|BitUtil|AsciiEncoding|ErrorHandler|concurrent\\.((BusySpin|Yielding|Sleeping|SleepingMillis|Backoff)?"
                    + "IdleStrategy|Agent\\w*|CompositeAgent|\\w*Clock|SnowflakeIdGenerator))(\\$.*)?");

    @ArchTest
    static final ArchRule arrowsPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("engine")
            .definedBy("dev.penstock.engine")
            .layer("capture")
            .definedBy("dev.penstock.engine.capture")
            .layer("logs")
            .definedBy("dev.penstock.engine.logs")
            .layer("segment")
            .definedBy("dev.penstock.engine.segment")
            .layer("context")
            .definedBy("dev.penstock.engine.context")
            .layer("record")
            .definedBy("dev.penstock.engine.record")
            .layer("ring")
            .definedBy("dev.penstock.engine.ring")
            .layer("errors")
            .definedBy("dev.penstock.engine.errors")
            .layer("pipeline")
            .definedBy("dev.penstock.engine.pipeline")
            .layer("encode")
            .definedBy("dev.penstock.engine.encode")
            .layer("deflate")
            .definedBy("dev.penstock.engine.deflate")
            .layer("protocol")
            .definedBy("dev.penstock.engine.protocol")
            .layer("transport")
            .definedBy("dev.penstock.engine.transport")
            .layer("listener")
            .definedBy("dev.penstock.engine.listener")
            .layer("spool")
            .definedBy("dev.penstock.engine.spool")
            .layer("selfcheck")
            .definedBy("dev.penstock.engine.selfcheck")
            .layer("watchdog")
            .definedBy("dev.penstock.engine.watchdog")
            .layer("stats")
            .definedBy("dev.penstock.engine.stats")
            .layer("time")
            .definedBy("dev.penstock.engine.time")
            .layer("flags")
            .definedBy("dev.penstock.engine.flags")
            .layer("flags load")
            .definedBy("dev.penstock.engine.flags.load")
            .layer("flags definitions")
            .definedBy("dev.penstock.engine.flags.definitions")
            .layer("flags evaluation")
            .definedBy("dev.penstock.engine.flags.evaluation")
            .layer("flags matcher")
            .definedBy("dev.penstock.engine.flags.matcher")
            .layer("flags result")
            .definedBy("dev.penstock.engine.flags.result")
            .layer("flags remote")
            .definedBy("dev.penstock.engine.flags.remote")
            .layer("flags usage")
            .definedBy("dev.penstock.engine.flags.usage")
            .whereLayer("engine")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("capture")
            .mayOnlyBeAccessedByLayers("engine", "logs", "segment")
            .whereLayer("logs")
            .mayOnlyBeAccessedByLayers("engine")
            .whereLayer("segment")
            .mayOnlyBeAccessedByLayers("engine")
            .whereLayer("context")
            .mayOnlyBeAccessedByLayers("engine", "capture")
            .whereLayer("errors")
            .mayOnlyBeAccessedByLayers("engine", "capture")
            .whereLayer("pipeline")
            .mayOnlyBeAccessedByLayers("engine")
            .whereLayer("selfcheck")
            .mayOnlyBeAccessedByLayers("engine")
            .whereLayer("protocol")
            .mayOnlyBeAccessedByLayers("engine", "pipeline", "selfcheck")
            .whereLayer("transport")
            .mayOnlyBeAccessedByLayers("engine", "pipeline", "flags", "flags load", "flags remote", "selfcheck")
            .whereLayer("spool")
            .mayOnlyBeAccessedByLayers("engine", "pipeline")
            .whereLayer("listener")
            .mayOnlyBeAccessedByLayers("engine", "pipeline")
            .whereLayer("deflate")
            .mayOnlyBeAccessedByLayers("encode")
            .whereLayer("encode")
            .mayOnlyBeAccessedByLayers("engine", "pipeline", "protocol", "listener")
            .whereLayer("ring")
            .mayOnlyBeAccessedByLayers("engine", "capture", "pipeline")
            .whereLayer("record")
            .mayOnlyBeAccessedByLayers(
                    "engine", "capture", "context", "encode", "protocol", "pipeline", "flags", "flags remote")
            .whereLayer("time")
            .mayOnlyBeAccessedByLayers("engine", "capture", "pipeline")
            .whereLayer("watchdog")
            .mayOnlyBeAccessedByLayers("engine")
            .whereLayer("stats")
            .mayOnlyBeAccessedByLayers(
                    "engine", "logs", "capture", "pipeline", "spool", "transport", "flags", "watchdog")
            .whereLayer("flags")
            .mayOnlyBeAccessedByLayers("engine")
            .whereLayer("flags load")
            .mayOnlyBeAccessedByLayers("flags")
            .whereLayer("flags definitions")
            .mayOnlyBeAccessedByLayers("flags", "flags evaluation")
            .whereLayer("flags evaluation")
            .mayOnlyBeAccessedByLayers("flags")
            .whereLayer("flags matcher")
            .mayOnlyBeAccessedByLayers("flags evaluation")
            .whereLayer("flags result")
            .mayOnlyBeAccessedByLayers("flags", "flags evaluation", "flags usage")
            .whereLayer("flags remote")
            .mayOnlyBeAccessedByLayers("flags")
            .whereLayer("flags usage")
            .mayOnlyBeAccessedByLayers("engine", "flags");

    @ArchTest
    static final ArchRule onlyMatchersKnowRegularExpressions = noClasses()
            .that()
            .resideOutsideOfPackage("dev.penstock.engine.flags.matcher..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.re2j..");

    @ArchTest
    static final ArchRule agronaStaysWithinItsFlagFreePart = noClasses()
            .should()
            .dependOnClassesThat(outside("Agrona outside its flag-free part", "org.agrona.", FLAG_FREE_AGRONA));

    @ArchTest
    static final ArchRule theApiKnowsOnlyTheJdk = noClasses()
            .that()
            .resideInAPackage("dev.penstock.client..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "javax.net.ssl..", "dev.penstock.client..");

    @ArchTest
    static final ArchRule onlyTheTransportKnowsHttpClient = noClasses()
            .that()
            .resideOutsideOfPackage("dev.penstock.engine.transport..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.hc..");

    @ArchTest
    static final ArchRule onlyTheRingKnowsTheDisruptor = noClasses()
            .that()
            .resideOutsideOfPackage("dev.penstock.engine.ring..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.lmax..");

    @ArchTest
    static final ArchRule theCollectorKnowsNothingOfTheEngine = noClasses()
            .that()
            .resideInAPackage("dev.penstock.collector..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.penstock.engine..", "dev.penstock.client..");

    private static DescribedPredicate<JavaClass> outside(String description, String prefix, Pattern allowed) {
        return new DescribedPredicate<>(description) {
            @Override
            public boolean test(JavaClass type) {
                return type.getName().startsWith(prefix)
                        && !allowed.matcher(type.getName()).matches();
            }
        };
    }
}
