package dev.penstock.stress.conformance;

import dev.penstock.client.flags.FlagContext;
import dev.penstock.client.flags.FlagOptions;
import dev.penstock.client.flags.FlagResult;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@code POST /get_feature_flag}: reads a flag's value; null in the answer says that the flag is missing. */
final class FlagHandler implements CallHandler {
    private final ClientRegistry clients;

    FlagHandler(ClientRegistry clients) {
        this.clients = clients;
    }

    @Override
    public Map<String, Object> handle(Call call) throws BadCallException {
        CallFields fields = call.fields();
        String key = fields.requiredText("key");
        FlagContext context = context(fields);
        FlagOptions options = options(fields);
        FlagResult result = clients.client(call.testId()).flags().getFlagResult(key, context, options);
        Map<String, Object> answer = new HashMap<>();
        answer.put("success", true);
        answer.put("value", result.value().toJsonValue());
        return answer;
    }

    private static FlagContext context(CallFields fields) throws BadCallException {
        FlagContext.Builder context = FlagContext.builder(fields.requiredText("distinct_id"))
                .personProperties(fields.object("person_properties"));
        for (Map.Entry<String, Object> group : fields.object("groups").entrySet()) {
            try {
                context.group(group.getKey(), String.valueOf(group.getValue()));
            } catch (IllegalArgumentException e) {
                throw new BadCallException(e.getMessage(), e);
            }
        }
        Map<String, Object> groupProperties = fields.object("group_properties");
        for (String type : groupProperties.keySet()) {
            context.groupProperties(type, CallFields.objectIn(groupProperties, type));
        }
        return context.build();
    }

    /** Clients here have no definitions, so they ask the server unless they are told not to. */
    private static FlagOptions options(CallFields fields) throws BadCallException {
        FlagOptions options = FlagOptions.DEFAULT;
        Optional<Boolean> forceRemote = fields.truth("force_remote");
        if (forceRemote.orElse(false)) {
            options = options.withRemoteFallback(true);
        }
        Optional<Boolean> disableGeoIp = fields.truth("disable_geoip");
        return disableGeoIp.isPresent() ? options.withGeoIpDisabled(disableGeoIp.get()) : options;
    }
}
