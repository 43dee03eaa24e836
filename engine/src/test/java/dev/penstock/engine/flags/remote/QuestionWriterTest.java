package dev.penstock.engine.flags.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.flags.FlagContext;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuestionWriterTest {

    @Test
    void shouldWriteEverythingThatIsKnown() {
        FlagContext context = FlagContext.builder("account-7781")
                .deviceId("dev-55")
                .personProperty("plan", "pro")
                .personProperty("trial", false)
                .personProperty("seats", 12)
                .personProperty("share", 0.5)
                .personProperty("big", new BigInteger("123456789012345678901234567890"))
                .personProperty("gone", null)
                .personProperty("tags", Arrays.asList("a", null, 1.0))
                .personProperty("nested", Map.of("x", List.of()))
                .group("company", "northwind")
                .group("guild", "g-12")
                .groupProperty("company", "seats", 40)
                .groupProperty("elsewhere", "ignored", 1)
                .build();
        Set<String> contexts = new LinkedHashSet<>(List.of("eu", "web"));

        assertThat(written(contexts, context, List.of("new-editor", "b"), true))
                .isEqualTo("{\"token\":\"phc_project\",\"distinct_id\":\"account-7781\","
                        + "\"groups\":{\"company\":\"northwind\",\"guild\":\"g-12\"},"
                        + "\"person_properties\":{\"plan\":\"pro\",\"trial\":false,\"seats\":12,\"share\":0.5,"
                        + "\"big\":123456789012345678901234567890,\"gone\":null,\"tags\":[\"a\",null,1.0],"
                        + "\"nested\":{\"x\":[]}},"
                        + "\"group_properties\":{\"company\":{\"$group_key\":\"northwind\",\"seats\":40},"
                        + "\"guild\":{\"$group_key\":\"g-12\"}},"
                        + "\"geoip_disable\":true,\"flag_keys_to_evaluate\":[\"new-editor\",\"b\"],"
                        + "\"$device_id\":\"dev-55\",\"evaluation_contexts\":[\"eu\",\"web\"]}");
    }

    @Test
    void shouldAlwaysWriteTheseFields() {
        assertThat(written(Set.of(), FlagContext.of("ana"), null, false))
                .isEqualTo("{\"token\":\"phc_project\",\"distinct_id\":\"ana\",\"groups\":{},"
                        + "\"person_properties\":{},\"group_properties\":{},\"geoip_disable\":false}");
    }

    @Test
    void shouldLeaveADeviceIdThatIsAPropertyWhereItIsAsWell() {
        FlagContext context = FlagContext.of("ana", Map.of("$device_id", "dev-55"));

        assertThat(written(Set.of(), context, null, false))
                .contains("\"person_properties\":{\"$device_id\":\"dev-55\"}", "false,\"$device_id\":\"dev-55\"}");
    }

    @Test
    void shouldLetTheCallersGroupKeyWin() {
        FlagContext context = FlagContext.builder("ana")
                .group("company", "northwind")
                .groupProperty("company", "$group_key", "other")
                .build();

        assertThat(written(Set.of(), context, null, false))
                .contains("\"group_properties\":{\"company\":{\"$group_key\":\"other\"}}");
    }

    @Test
    void shouldWriteNullForWhatIsNoNumberInJson() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("a", Double.NaN);
        properties.put("b", Double.POSITIVE_INFINITY);
        properties.put("c", List.of(Double.NEGATIVE_INFINITY, -0.0, 1e300));

        assertThat(written(Set.of(), FlagContext.of("ana", properties), null, false))
                .contains("{\"a\":null,\"b\":null,\"c\":[null,-0.0,1.0E300]}");
    }

    @Test
    void shouldWriteAnyTextIncludingHalfACharacter() {
        FlagContext context = FlagContext.of("a\"\\\n\u0001é\uD83D\uDE00\uD800z", Map.of("\uDC00", "\uD800"));

        assertThat(written(Set.of(), context, null, false))
                .contains("\"distinct_id\":\"a\\\"\\\\\\n\\u0001é\uD83D\uDE00\uFFFDz\"")
                .contains("{\"\uFFFD\":\"\uFFFD\"}");
    }

    private static String written(Set<String> contexts, FlagContext context, List<String> keys, boolean disableGeoIp) {
        byte[] body = new QuestionWriter(RemoteFixture.settings(RemoteFixture.SECRET_KEY, 1, contexts))
                .write(context, keys, disableGeoIp);
        return new String(body, UTF_8);
    }
}
