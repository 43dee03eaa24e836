package dev.penstock.engine.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.errors.ExceptionSettings;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameRulesTest {

    @Nested
    class InApp {

        @Test
        void shouldBeEverythingNotExcludedWithoutIncludes() {
            InAppRule rule = new InAppRule(List.of(), List.of("org.lib"));

            assertThat(rule.isInApp("com.acme.Main")).isTrue();
            assertThat(rule.isInApp("Main")).isTrue();
            assertThat(rule.isInApp("org.lib.Codec")).isFalse();
        }

        @Test
        void shouldBeOnlyWhatIsIncludedWithIncludes() {
            InAppRule rule = new InAppRule(List.of("com.acme", "com.other."), List.of());

            assertThat(rule.isInApp("com.acme.Main")).isTrue();
            assertThat(rule.isInApp("com.other.Main")).isTrue();
            assertThat(rule.isInApp("org.lib.Codec")).isFalse();
        }

        @Test
        void shouldLetExcludesWin() {
            InAppRule rule = new InAppRule(List.of("com.acme", "com.acme.lib.Own"), List.of("com.acme.lib"));

            assertThat(rule.isInApp("com.acme.Main")).isTrue();
            assertThat(rule.isInApp("com.acme.lib.Own")).isFalse();
        }

        @ParameterizedTest
        @CsvSource({
            "com.acme.Main, true",
            "com.acme.Main$Inner, true",
            "com.acme.Main.Sub, true",
            "com.acme.Main2, false",
            "com.acme.Mai, false",
            "com.acme, false"
        })
        void shouldCompareWholeNames(String className, boolean inApp) {
            assertThat(new InAppRule(List.of("com.acme.Main"), List.of()).isInApp(className))
                    .isEqualTo(inApp);
            assertThat(new InAppRule(List.of("com.acme.Main."), List.of()).isInApp(className))
                    .isEqualTo(inApp);
        }

        @ParameterizedTest
        @CsvSource({
            "java.util.HashMap, false",
            "javax.crypto.Cipher, false",
            "jdk.internal.reflect.DirectMethodHandleAccessor, false",
            "sun.nio.ch.Net, false",
            "com.sun.proxy.$Proxy7, false",
            "jakarta.servlet.Filter, false",
            "kotlin.Unit, false",
            "javassist.Loader, true",
            "com.acme.Main, true"
        })
        void shouldKnowTheJdkByDefault(String className, boolean inApp) {
            InAppRule rule =
                    new InAppRule(ExceptionSettings.DEFAULT.inAppIncludes(), ExceptionSettings.DEFAULT.inAppExcludes());

            assertThat(rule.isInApp(className)).isEqualTo(inApp);
        }
    }

    @Nested
    class Compilers {

        @ParameterizedTest
        @CsvSource({
            "com.acme.Store, lambda$save$0",
            "com.acme.Store, access$000",
            "com.acme.Store$$Lambda$14, run",
            "com.acme.Store$$EnhancerBySpringCGLIB$$1f, save",
            "com.acme.Store$$FastClassBySpringCGLIB$$1f, invoke",
            "com.acme.Store$$SpringCGLIB$$0, save",
            "com.acme.Store, CGLIB$save$0",
            "com.acme.Store$HibernateProxy$Ab, load",
            "com.acme.Store$ByteBuddy$Ab, load",
            "jdk.proxy2.$Proxy12, save",
            "$Proxy1, save",
            "jdk.internal.reflect.GeneratedMethodAccessor7, invoke"
        })
        void shouldHaveMade(String className, String method) {
            assertThat(CompilerMade.is(className, method)).isTrue();
        }

        @ParameterizedTest
        @CsvSource({
            "com.acme.Store, save",
            "com.acme.Store$Inner, save",
            "com.acme.Store$1, run",
            "com.acme.Store, <init>",
            "com.acme.Proxy1, save",
            "com.acme.$Proxy, save",
            "com.acme.$ProxyFactory, save",
            "com.acme.Store$Proxy1, save",
            "com.acme.Store, lambda",
            "com.acme.Store, mylambda$0"
        })
        void shouldNotHaveMade(String className, String method) {
            assertThat(CompilerMade.is(className, method)).isFalse();
        }
    }

    @Nested
    class Names {

        private final Object anonymous = new Object() {};

        @Test
        void shouldBeSplitIntoPackageAndRest() {
            assertThat(TypeName.of(java.sql.SQLException.class)).isEqualTo(new TypeName("SQLException", "java.sql"));
            assertThat(TypeName.of(java.util.Map.Entry.class)).isEqualTo(new TypeName("Map$Entry", "java.util"));
        }

        @Test
        void shouldNeverBeEmpty() {
            Runnable lambda = () -> {};

            assertThat(TypeName.of(anonymous.getClass()))
                    .isEqualTo(new TypeName("FrameRulesTest$Names$1", "dev.penstock.engine.errors"));
            assertThat(TypeName.of(int[].class)).isEqualTo(new TypeName("int[]", ""));
            assertThat(TypeName.of(String[][].class)).isEqualTo(new TypeName("String[][]", "java.lang"));
            assertThat(TypeName.of(lambda.getClass()).name())
                    .startsWith("FrameRulesTest$Names$$Lambda")
                    .doesNotContain("/");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a.B", "B", "/"})
        void shouldKeepWhatHasNoAddress(String name) {
            assertThat(TypeName.withoutSuffix(name)).isEqualTo(name);
        }
    }
}
