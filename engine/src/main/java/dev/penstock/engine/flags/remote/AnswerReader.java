package dev.penstock.engine.flags.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.client.flags.FlagValue;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Reads an answer in either of the two forms that servers give. A flag that makes no sense is left out; an answer that
 * has no flags in either form is not one.
 *
 * <p><b>Threads:</b> any.
 */
final class AnswerReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads a body.
     *
     * @throws IOException if it is no answer; the message may quote the body and is not for reports
     */
    RemoteAnswer read(byte[] body) throws IOException {
        JsonNode root = JSON.readTree(body);
        if (isQuotaLimited(root.path("quotaLimited"))) {
            return answer(root, Map.of(), RemoteAnswer.QUOTA_LIMITED, false);
        }
        Map<String, RemoteFlag> flags;
        if (root.path("flags").isObject()) {
            flags = flags(root.path("flags"));
        } else if (root.path("featureFlags").isObject()) {
            flags = olderFlags(root.path("featureFlags"), root.path("featureFlagPayloads"));
        } else {
            throw new IOException("no flags");
        }
        boolean incomplete = root.path("errorsWhileComputingFlags").asBoolean(false);
        return answer(root, flags, incomplete ? RemoteAnswer.ERRORS_WHILE_COMPUTING : null, true);
    }

    private static RemoteAnswer answer(JsonNode root, Map<String, RemoteFlag> flags, String error, boolean isAnswer) {
        JsonNode minimal = root.path("minimalFlagCalledEvents");
        return new RemoteAnswer(
                Collections.unmodifiableMap(flags),
                text(root.path("requestId")),
                root.path("evaluatedAt").asLong(0),
                minimal.isBoolean() && minimal.booleanValue(),
                error,
                isAnswer);
    }

    private static boolean isQuotaLimited(JsonNode resources) {
        for (JsonNode resource : resources) {
            if (resource.isTextual() && resource.textValue().equals("feature_flags")) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, RemoteFlag> flags(JsonNode nodes) {
        Map<String, RemoteFlag> flags = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : nodes.properties()) {
            JsonNode flag = entry.getValue();
            if (flag.path("enabled").isBoolean()) {
                flags.put(entry.getKey(), flag(entry.getKey(), flag));
            }
        }
        return flags;
    }

    private static RemoteFlag flag(String key, JsonNode flag) {
        JsonNode metadata = flag.path("metadata");
        JsonNode id = metadata.path("id");
        JsonNode version = metadata.path("version");
        JsonNode experiment = metadata.path("has_experiment");
        String description = text(flag.path("reason").path("description"));
        return new RemoteFlag(
                key,
                value(flag.path("enabled").booleanValue(), flag.path("variant")),
                payload(metadata.path("payload")),
                description != null ? description : text(flag.path("reason").path("code")),
                id.isIntegralNumber() && id.canConvertToLong() ? OptionalLong.of(id.longValue()) : OptionalLong.empty(),
                version.isIntegralNumber() && version.canConvertToInt()
                        ? OptionalInt.of(version.intValue())
                        : OptionalInt.empty(),
                experiment.isBoolean() ? Optional.of(experiment.booleanValue()) : Optional.empty());
    }

    private static FlagValue value(boolean enabled, JsonNode variant) {
        return enabled && variant.isTextual() && !variant.textValue().isEmpty()
                ? FlagValue.variant(variant.textValue())
                : FlagValue.of(enabled);
    }

    private static Map<String, RemoteFlag> olderFlags(JsonNode values, JsonNode payloads) {
        Map<String, RemoteFlag> flags = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : values.properties()) {
            String key = entry.getKey();
            JsonNode value = entry.getValue();
            if (value.isBoolean()) {
                flags.put(key, RemoteFlag.bare(key, FlagValue.of(value.booleanValue()), payload(payloads.path(key))));
            } else if (value.isTextual() && !value.textValue().isEmpty()) {
                flags.put(key, RemoteFlag.bare(key, FlagValue.variant(value.textValue()), payload(payloads.path(key))));
            }
        }
        return flags;
    }

    /** JSON text as a rule; a payload that came as JSON itself is written as text. */
    private static String payload(JsonNode payload) {
        if (payload.isMissingNode() || payload.isNull()) {
            return null;
        }
        return payload.isTextual() ? payload.textValue() : payload.toString();
    }

    private static String text(JsonNode node) {
        return node.isTextual() && !node.textValue().isEmpty() ? node.textValue() : null;
    }
}
