package dev.penstock.cli.flags;

import dev.penstock.client.flags.FlagContext;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say whom an answer is about. */
final class ContextOptions {

    @Option(names = "--distinct-id", paramLabel = "ID", required = true, description = "The person's distinct id.")
    private String distinctId;

    @Option(
            names = "--person",
            paramLabel = "NAME=VALUE",
            description = "A property of the person; may be repeated. The value is JSON if it can be read as such, so"
                    + " 7 and true are no texts while '\"7\"' is one; otherwise it is taken as the text it is.")
    private List<String> person = new ArrayList<>();

    @Option(names = "--group", paramLabel = "TYPE=KEY", description = "A group the person belongs to; may be repeated.")
    private List<String> groups = new ArrayList<>();

    @Option(
            names = "--group-property",
            paramLabel = "TYPE.NAME=VALUE",
            description = "A property of a group; may be repeated.")
    private List<String> groupProperties = new ArrayList<>();

    @Option(names = "--device-id", paramLabel = "ID", description = "The device, by which some flags are rolled out.")
    private String deviceId;

    /** The context; a wrong option is an {@link IllegalArgumentException} for people. */
    FlagContext context() {
        if (distinctId.isBlank()) {
            throw new IllegalArgumentException("--distinct-id must not be blank");
        }
        FlagContext.Builder context = FlagContext.builder(distinctId).deviceId(deviceId);
        for (String property : person) {
            int equals = split(property, '=', 0, "--person", "name=value");
            context.personProperty(property.substring(0, equals), JsonValues.typed(property.substring(equals + 1)));
        }
        for (String group : groups) {
            int equals = split(group, '=', 0, "--group", "type=key");
            String key = group.substring(equals + 1);
            if (key.isBlank()) {
                throw new IllegalArgumentException("--group " + group + " has no key; give it as type=key");
            }
            context.group(group.substring(0, equals), key);
        }
        for (String property : groupProperties) {
            int dot = split(property, '.', 0, "--group-property", "type.name=value");
            int equals = split(property, '=', dot + 1, "--group-property", "type.name=value");
            String type = property.substring(0, dot);
            if (groups.stream().noneMatch(group -> group.startsWith(type + "="))) {
                throw new IllegalArgumentException(
                        "--group-property " + property + " needs --group " + type + "=KEY, or it has no effect");
            }
            context.groupProperty(
                    type, property.substring(dot + 1, equals), JsonValues.typed(property.substring(equals + 1)));
        }
        return context.build();
    }

    private static int split(String text, char separator, int from, String option, String form) {
        int place = text.indexOf(separator, from);
        if (place <= from) {
            throw new IllegalArgumentException(option + " " + text + " is not of the form " + form);
        }
        return place;
    }
}
