package dev.penstock.client.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExceptionSettingsTest {

    @Test
    void shouldIgnoreNothingAndExcludeTheJdkByDefault() {
        assertThat(ExceptionSettings.DEFAULT.inAppIncludes()).isEmpty();
        assertThat(ExceptionSettings.DEFAULT.inAppExcludes()).contains("java", "javax", "jdk", "sun", "jakarta");
        assertThat(ExceptionSettings.DEFAULT.ignored().test(new Exception())).isFalse();
        assertThat(ExceptionSettings.DEFAULT.flatProperties()).isTrue();
        assertThat(ExceptionSettings.DEFAULT.mapId()).isEmpty();
        assertThat(ExceptionSettings.DEFAULT.sourceLocator()).isEmpty();
    }

    @Test
    void shouldKeepEachSettingThroughTheOthers() {
        SourceLocator locator = (className, fileName) -> Optional.empty();
        ExceptionSettings settings = ExceptionSettings.DEFAULT
                .withSourceLocator(locator)
                .withMapId("map-1")
                .withFlatProperties(false)
                .withIgnored(IllegalStateException.class::isInstance)
                .withInAppExcludes(List.of("com.acme.lib"))
                .withInAppIncludes(List.of("com.acme"));

        assertThat(settings.inAppIncludes()).containsExactly("com.acme");
        assertThat(settings.inAppExcludes()).containsExactly("com.acme.lib");
        assertThat(settings.ignored().test(new IllegalStateException())).isTrue();
        assertThat(settings.flatProperties()).isFalse();
        assertThat(settings.mapId()).contains("map-1");
        assertThat(settings.sourceLocator()).contains(locator);
    }

    @Test
    void shouldTakeABlankMapIdAsNone() {
        assertThat(ExceptionSettings.DEFAULT.withMapId(" ").mapId()).isEmpty();
        assertThat(ExceptionSettings.DEFAULT.withMapId("a").withMapId(null).mapId())
                .isEmpty();
    }

    @Test
    void shouldCopyPackagesAndRefuseMissingOnes() {
        List<String> packages = new ArrayList<>(List.of("com.acme"));
        ExceptionSettings settings = ExceptionSettings.DEFAULT.withInAppIncludes(packages);
        packages.clear();

        assertThat(settings.inAppIncludes()).containsExactly("com.acme");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExceptionSettings.DEFAULT.withInAppIncludes(null))
                .withMessageContaining("inAppIncludes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExceptionSettings.DEFAULT.withInAppExcludes(Arrays.asList("a", null)))
                .withMessageContaining("inAppExcludes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExceptionSettings.DEFAULT.withInAppExcludes(List.of(" ")));
        assertThatIllegalArgumentException().isThrownBy(() -> ExceptionSettings.DEFAULT.withIgnored(null));
    }
}
