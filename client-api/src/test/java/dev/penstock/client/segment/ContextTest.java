package dev.penstock.client.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContextTest {

    private static final Traits TRAITS = Traits.builder().name("Ada").build();

    private static SetterTable.Row<Context.Builder> row(
            String name, Object written, UnaryOperator<Context.Builder> call) {
        return new SetterTable.Row<>(name, name, written, call);
    }

    private static SetterTable.Row<Context.Builder> nested(
            String setter, String object, String name, Object written, UnaryOperator<Context.Builder> call) {
        return new SetterTable.Row<>(setter, object, Map.of(name, written), call);
    }

    static Stream<SetterTable.Row<Context.Builder>> setters() {
        return Stream.of(
                nested("appName", "app", "name", "a appName", b -> b.appName("a appName")),
                nested("appVersion", "app", "version", "a appVersion", b -> b.appVersion("a appVersion")),
                nested("appBuild", "app", "build", "a appBuild", b -> b.appBuild("a appBuild")),
                nested("appNamespace", "app", "namespace", "a appNamespace", b -> b.appNamespace("a appNamespace")),
                nested("campaignName", "campaign", "name", "a campaignName", b -> b.campaignName("a campaignName")),
                nested(
                        "campaignSource",
                        "campaign",
                        "source",
                        "a campaignSource",
                        b -> b.campaignSource("a campaignSource")),
                nested(
                        "campaignMedium",
                        "campaign",
                        "medium",
                        "a campaignMedium",
                        b -> b.campaignMedium("a campaignMedium")),
                nested("campaignTerm", "campaign", "term", "a campaignTerm", b -> b.campaignTerm("a campaignTerm")),
                nested(
                        "campaignContent",
                        "campaign",
                        "content",
                        "a campaignContent",
                        b -> b.campaignContent("a campaignContent")),
                nested("deviceId", "device", "id", "a deviceId", b -> b.deviceId("a deviceId")),
                nested(
                        "deviceManufacturer",
                        "device",
                        "manufacturer",
                        "a deviceManufacturer",
                        b -> b.deviceManufacturer("a deviceManufacturer")),
                nested("deviceModel", "device", "model", "a deviceModel", b -> b.deviceModel("a deviceModel")),
                nested("deviceName", "device", "name", "a deviceName", b -> b.deviceName("a deviceName")),
                nested("deviceType", "device", "type", "a deviceType", b -> b.deviceType("a deviceType")),
                nested(
                        "deviceVersion",
                        "device",
                        "version",
                        "a deviceVersion",
                        b -> b.deviceVersion("a deviceVersion")),
                nested(
                        "deviceAdvertisingId",
                        "device",
                        "advertisingId",
                        "a deviceAdvertisingId",
                        b -> b.deviceAdvertisingId("a deviceAdvertisingId")),
                nested("locationCity", "location", "city", "a locationCity", b -> b.locationCity("a locationCity")),
                nested(
                        "locationCountry",
                        "location",
                        "country",
                        "a locationCountry",
                        b -> b.locationCountry("a locationCountry")),
                nested(
                        "locationRegion",
                        "location",
                        "region",
                        "a locationRegion",
                        b -> b.locationRegion("a locationRegion")),
                nested("locationLatitude", "location", "latitude", 1.5, b -> b.locationLatitude(1.5)),
                nested("locationLongitude", "location", "longitude", 2.5, b -> b.locationLongitude(2.5)),
                nested("locationSpeed", "location", "speed", 3.5, b -> b.locationSpeed(3.5)),
                nested("networkBluetooth", "network", "bluetooth", true, b -> b.networkBluetooth(true)),
                nested("networkCellular", "network", "cellular", false, b -> b.networkCellular(false)),
                nested("networkWifi", "network", "wifi", true, b -> b.networkWifi(true)),
                nested(
                        "networkCarrier",
                        "network",
                        "carrier",
                        "a networkCarrier",
                        b -> b.networkCarrier("a networkCarrier")),
                nested("osName", "os", "name", "a osName", b -> b.osName("a osName")),
                nested("osVersion", "os", "version", "a osVersion", b -> b.osVersion("a osVersion")),
                nested("pageHash", "page", "hash", "a pageHash", b -> b.pageHash("a pageHash")),
                nested("pagePath", "page", "path", "a pagePath", b -> b.pagePath("a pagePath")),
                nested("pageReferrer", "page", "referrer", "a pageReferrer", b -> b.pageReferrer("a pageReferrer")),
                nested("pageSearch", "page", "search", "a pageSearch", b -> b.pageSearch("a pageSearch")),
                nested("pageTitle", "page", "title", "a pageTitle", b -> b.pageTitle("a pageTitle")),
                nested("pageUrl", "page", "url", "a pageUrl", b -> b.pageUrl("a pageUrl")),
                nested("referrerType", "referrer", "type", "a referrerType", b -> b.referrerType("a referrerType")),
                nested("referrerName", "referrer", "name", "a referrerName", b -> b.referrerName("a referrerName")),
                nested("referrerUrl", "referrer", "url", "a referrerUrl", b -> b.referrerUrl("a referrerUrl")),
                nested("referrerLink", "referrer", "link", "a referrerLink", b -> b.referrerLink("a referrerLink")),
                nested("screenDensity", "screen", "density", 4.5, b -> b.screenDensity(4.5)),
                nested("screenWidth", "screen", "width", 480, b -> b.screenWidth(480)),
                nested("screenHeight", "screen", "height", 640, b -> b.screenHeight(640)),
                row("ip", "a ip", b -> b.ip("a ip")),
                row("direct", false, b -> b.direct(false)),
                row("locale", "a locale", b -> b.locale("a locale")),
                row("groupId", "a groupId", b -> b.groupId("a groupId")),
                row("timezone", "a timezone", b -> b.timezone("a timezone")),
                row("userAgent", "a userAgent", b -> b.userAgent("a userAgent")),
                row("traits", TRAITS.asMap(), b -> b.traits(TRAITS)));
    }

    @ParameterizedTest
    @MethodSource("setters")
    void shouldWriteTheMemberOfEachSetter(SetterTable.Row<Context.Builder> row) {
        assertThat(row.call().apply(Context.builder()).build().asMap())
                .containsExactly(entry(row.member(), row.written()));
    }

    @ParameterizedTest
    @MethodSource("setters")
    void shouldLetEachSetterWinOverACustomMember(SetterTable.Row<Context.Builder> row) {
        Context.Builder custom = Context.builder().put(row.member(), Map.of("custom", true));
        Context.Builder known = row.call().apply(Context.builder());

        assertThat(row.call().apply(custom).build().asMap()).containsExactly(entry(row.member(), row.written()));
        assertThat(known.put(row.member(), null).build().asMap()).containsExactly(entry(row.member(), row.written()));
    }

    @Test
    void shouldHaveARowForEachSetter() {
        assertThat(setters().map(SetterTable.Row::setter))
                .containsExactlyInAnyOrderElementsOf(SetterTable.settersOf(Context.Builder.class)
                        .map(Method::getName)
                        .toList());
    }

    @Test
    void shouldWriteNothingForNullOrEmptyValues() throws Exception {
        Context.Builder builder = Context.builder();
        SetterTable.callAll(builder, Object.class, null);
        SetterTable.callAll(builder, String.class, "");
        builder.traits(Traits.builder().build());

        assertThat(builder.build().asMap()).isEmpty();
    }

    @Test
    void shouldTakeBackNothingForNullOrEmptyValues() throws Exception {
        Context.Builder builder = Context.builder();
        SetterTable.callAll(builder, String.class, "kept");
        builder.traits(TRAITS);
        Map<String, Object> before = builder.build().asMap();
        SetterTable.callAll(builder, Object.class, null);
        SetterTable.callAll(builder, String.class, "");
        builder.traits(Traits.builder().build());

        assertThat(builder.build().asMap()).isEqualTo(before).hasSizeGreaterThan(10);
    }

    @Test
    void shouldKeepACustomMemberWhoseSetterWroteNothing() {
        Context context = Context.builder()
                .put("ip", 7)
                .put("app", "lobby")
                .put("traits", "t")
                .ip("")
                .appName(null)
                .traits(Traits.builder().build())
                .build();

        assertThat(context.asMap()).containsExactly(entry("ip", 7), entry("app", "lobby"), entry("traits", "t"));
    }

    @Test
    void shouldGatherWhatBelongsToOneObject() {
        Context context = Context.builder()
                .pageUrl("https://example.org/pricing?a=b")
                .ip("203.0.113.9")
                .pageSearch("?a=b")
                .put("shard", "eu-2")
                .pagePath("/pricing")
                .build();

        assertThat(context.asMap())
                .containsExactly(
                        entry(
                                "page",
                                Map.of("url", "https://example.org/pricing?a=b", "search", "?a=b", "path", "/pricing")),
                        entry("ip", "203.0.113.9"),
                        entry("shard", "eu-2"));
        assertThat(((Map<?, ?>) context.asMap().get("page")).keySet().toString())
                .isEqualTo("[url, search, path]");
    }

    @Test
    void shouldKeepTheLastValueOfASetterAndOfACustomMember() {
        Context context = Context.builder()
                .osName("one")
                .locale("sv")
                .put("shard", 1)
                .put("shard", 2)
                .osName("two")
                .locale("fi")
                .build();

        assertThat(context.asMap())
                .containsExactly(entry("os", Map.of("name", "two")), entry("locale", "fi"), entry("shard", 2));
    }

    @Test
    void shouldIgnoreLibraryAndNothingLikeIt() {
        Context context = Context.builder()
                .put("library", Map.of("name", "mine"))
                .put("Library", 1)
                .put("extra", 2)
                .build();

        assertThat(context.asMap()).containsExactly(entry("Library", 1), entry("extra", 2));
    }

    @Test
    void shouldKeepCustomMembersOfAnyTypeAndNull() {
        Object anything = new Object();
        Context context = Context.builder()
                .put("anything", anything)
                .put("gone", null)
                .put("empty", "")
                .put(null, 1)
                .build();

        assertThat(context.asMap())
                .containsExactly(entry("anything", anything), entry("gone", null), entry("empty", ""), entry(null, 1));
        assertThat(context.asMap().get("anything")).isSameAs(anything);
    }

    @Test
    void shouldNotChangeWithTheBuilderItCameFrom() {
        Context.Builder builder = Context.builder().appName("lobby").put("shard", 1);
        Context first = builder.build();
        Context second =
                builder.appName("arena").appBuild("7").put("shard", 2).ip("::1").build();

        assertThat(first.asMap())
                .containsExactly(entry("app", Map.of("name", "lobby")), entry("shard", 1))
                .isUnmodifiable();
        assertThat((Map<?, ?>) first.asMap().get("app")).isUnmodifiable();
        assertThat(second.asMap())
                .containsExactly(
                        entry("app", Map.of("name", "arena", "build", "7")), entry("shard", 2), entry("ip", "::1"));
    }

    @Test
    void shouldShowNoContent() {
        assertThat(Context.builder().ip("203.0.113.9").put("secret", "hunter2").build())
                .hasToString("Context{members=2}");
    }
}
