package dev.penstock.engine.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.CaptureResult;
import dev.penstock.client.segment.AliasMessage;
import dev.penstock.client.segment.Context;
import dev.penstock.client.segment.GroupMessage;
import dev.penstock.client.segment.IdentifyMessage;
import dev.penstock.client.segment.Integrations;
import dev.penstock.client.segment.Message;
import dev.penstock.client.segment.MessageBuilder;
import dev.penstock.client.segment.PageMessage;
import dev.penstock.client.segment.Product;
import dev.penstock.client.segment.Properties;
import dev.penstock.client.segment.ScreenMessage;
import dev.penstock.client.segment.TrackMessage;
import dev.penstock.client.segment.Traits;
import dev.penstock.engine.capture.MessageRig;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The two ways to say a message, fluent and typed, come to the same JSON: that of the file. */
class MessageFormsTest {

    private static final String ID = "0195514d-6f10-7c3a-9d2e-5b1f0a7c4e40";
    private static final Instant TIME = Instant.parse("2026-03-01T10:00:04.871Z");
    private static final Context CONTEXT = Context.builder()
            .ip("203.0.113.9")
            .pageUrl("https://example.org/pricing")
            .pageTitle("Pricing")
            .put("shard", "eu-2")
            .build();
    private static final Integrations INTEGRATIONS = Integrations.builder()
            .disableAll()
            .enable("Mixpanel")
            .options("Amplitude", Map.of("session_id", 1_772_359_204L))
            .build();

    /** A line of the file each. */
    private enum Form {
        IDENTIFY {
            @Override
            MessageBuilder fluent(MessageRig rig) {
                return rig.identify("u-19")
                        .anonymousId("a-5")
                        .put("email", "u19@example.org")
                        .put("plan", "gold")
                        .put("friends", 42);
            }

            @Override
            Message.Builder<?> typed() {
                return IdentifyMessage.builder()
                        .userId("u-19")
                        .anonymousId("a-5")
                        .traits(Traits.builder()
                                .email("u19@example.org")
                                .put("plan", "gold")
                                .put("friends", 42)
                                .build());
            }
        },
        TRACK {
            @Override
            MessageBuilder fluent(MessageRig rig) {
                Map<String, Object> product = new LinkedHashMap<>();
                product.put("sku", "sword-3");
                product.put("price", 4.5);
                return rig.track("Item Bought")
                        .userId("u-19")
                        .put("revenue", 4.5)
                        .put("products", List.of(product))
                        .put("repeat", false);
            }

            @Override
            Message.Builder<?> typed() {
                return TrackMessage.builder("Item Bought")
                        .userId("u-19")
                        .properties(Properties.builder()
                                .revenue(4.5)
                                .products(Product.builder()
                                        .sku("sword-3")
                                        .price(4.5)
                                        .build())
                                .repeat(false)
                                .build());
            }
        },
        PAGE {
            @Override
            MessageBuilder fluent(MessageRig rig) {
                return rig.page("Pricing")
                        .anonymousId("a-5")
                        .category("Docs")
                        .put("url", "https://example.org/pricing")
                        .put("title", "Pricing");
            }

            @Override
            Message.Builder<?> typed() {
                return PageMessage.builder("Pricing")
                        .anonymousId("a-5")
                        .category("Docs")
                        .properties(Properties.builder()
                                .url("https://example.org/pricing")
                                .title("Pricing")
                                .build());
            }
        },
        SCREEN {
            @Override
            MessageBuilder fluent(MessageRig rig) {
                return rig.screen("Lobby").userId("u-19").category("Game").put("players", 8);
            }

            @Override
            Message.Builder<?> typed() {
                return ScreenMessage.builder("Lobby")
                        .userId("u-19")
                        .category("Game")
                        .properties(Map.of("players", 8));
            }
        },
        GROUP {
            @Override
            MessageBuilder fluent(MessageRig rig) {
                return rig.group("guild-12")
                        .userId("u-19")
                        .put("name", "Night Shift")
                        .put("employees", 41);
            }

            @Override
            Message.Builder<?> typed() {
                return GroupMessage.builder("guild-12")
                        .userId("u-19")
                        .traits(Traits.builder()
                                .name("Night Shift")
                                .put("employees", 41)
                                .build());
            }
        },
        ALIAS {
            @Override
            MessageBuilder fluent(MessageRig rig) {
                return rig.alias().previousId("a-5").userId("u-19");
            }

            @Override
            Message.Builder<?> typed() {
                return AliasMessage.builder().previousId("a-5").userId("u-19");
            }
        };

        abstract MessageBuilder fluent(MessageRig rig);

        abstract Message.Builder<?> typed();
    }

    private final MessageRig rig = MessageRig.create();

    private static Message typed(Form form) {
        return form.typed()
                .messageId(ID)
                .timestamp(TIME)
                .context(CONTEXT)
                .integrations(INTEGRATIONS)
                .build();
    }

    private MessageBuilder fluent(Form form) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("url", "https://example.org/pricing");
        page.put("title", "Pricing");
        return form.fluent(rig)
                .messageId(ID)
                .timestamp(TIME)
                .context("ip", "203.0.113.9")
                .context("page", page)
                .context("shard", "eu-2")
                .integration("All", false)
                .integration("Mixpanel", true)
                .integration("Amplitude", Map.of("session_id", 1_772_359_204L));
    }

    private static String file(String name) throws IOException {
        try (InputStream in = MessageFormsTest.class.getResourceAsStream("/wire/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), UTF_8).stripTrailing();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldWriteTheSameForABuilderAndATypedMessage(Form form) {
        assertThat(rig.jsonOf(typed(form))).isEqualTo(rig.json(fluent(form)));
    }

    @Test
    void shouldWriteTheSixMessagesOfTheFile() throws IOException {
        List<String> messages = new ArrayList<>();
        for (Form form : Form.values()) {
            messages.add(rig.jsonOf(typed(form)));
        }
        assertThat(String.join("\n", messages)).isEqualTo(file("segment-messages.json"));
    }

    @Test
    void shouldTakeAContextAndIntegrationsAsValuesInABuilderToo() {
        MessageBuilder builder = Form.GROUP
                .fluent(rig)
                .messageId(ID)
                .timestamp(TIME)
                .context(CONTEXT)
                .integrations(INTEGRATIONS);

        assertThat(rig.json(builder)).isEqualTo(rig.jsonOf(typed(Form.GROUP)));
    }

    @ParameterizedTest
    @EnumSource
    void shouldWriteNothingThatWasNotGiven(Form form) {
        Message bare = switch (form) {
            case IDENTIFY -> IdentifyMessage.builder().userId("u").build();
            case TRACK -> TrackMessage.builder("e").userId("u").build();
            case PAGE -> PageMessage.builder(null).userId("u").build();
            case SCREEN -> ScreenMessage.builder(" ").userId("u").category("").build();
            case GROUP -> GroupMessage.builder("g").userId("u").build();
            case ALIAS -> AliasMessage.builder().previousId("p").userId("u").build();
        };
        String named = switch (form) {
            case TRACK -> "\"event\":\"e\",";
            case GROUP -> "\"groupId\":\"g\",";
            case ALIAS -> "\"previousId\":\"p\",";
            default -> "";
        };

        assertThat(rig.jsonOf(bare).replaceFirst("\"messageId\":\"[-0-9a-f]{36}\"", "ID"))
                .isEqualTo("{\"type\":\"" + bare.type().wireName() + "\",ID," + named
                        + "\"userId\":\"u\",\"timestamp\":\"2026-03-01T10:00:04.871Z\"}");
    }

    @Test
    void shouldReadATypedMessageAnewEachTimeItIsEnqueued() {
        Message message = TrackMessage.builder("e").userId("u").build();

        assertThat(rig.enqueue(message)).isEqualTo(CaptureResult.ACCEPTED);
        assertThat(rig.enqueue(message)).isEqualTo(CaptureResult.ACCEPTED);
        assertThat(rig.drain()).hasSize(2).doesNotHaveDuplicates();
    }
}
