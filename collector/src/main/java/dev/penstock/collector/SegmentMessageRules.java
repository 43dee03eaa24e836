package dev.penstock.collector;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * The rules of one Segment message, whichever of the six it is.
 * <p>
 * What a message must have depends on its type, which may come last: so the walk notes in bits what it met, and the type
 * is asked afterwards. One thread at a time.
 */
final class SegmentMessageRules implements EventReader.ObjectRules {
    private static final int USER_ID = 1;
    private static final int ANONYMOUS_ID = 1 << 1;
    private static final int MESSAGE_ID = 1 << 2;
    private static final int TIMESTAMP = 1 << 3;
    private static final int EVENT = 1 << 4;
    private static final int GROUP_ID = 1 << 5;
    private static final int PREVIOUS_ID = 1 << 6;
    private static final int PROPERTIES = 1 << 7;
    private static final int TRAITS = 1 << 8;

    private final EventReader reader;
    private final SegmentContextRules context;
    private boolean isImport;

    SegmentMessageRules(EventReader reader, SegmentContextRules context) {
        this.reader = reader;
        this.context = context;
    }

    /** The messages that follow come by the import path, or by the other. */
    void begin(boolean byImport) {
        isImport = byImport;
    }

    @Override
    public void read() throws IOException, InvalidRequestException {
        SegmentType type = null;
        int met = 0;
        reader.enterObject();
        for (String name = reader.nextName(); name != null; name = reader.nextName()) {
            JsonToken token = reader.nextNonNull(name);
            if (name.equals("type")) {
                type = type(name, token);
            } else {
                met |= member(name, token);
            }
        }
        reader.leaveObject();
        reader.check(type != null, "type", "is missing");
        reader.check((met & MESSAGE_ID) != 0, "messageId", "is missing");
        reader.check((met & TIMESTAMP) != 0, "timestamp", "is missing");
        checkIds(type, met);
        reader.check(type != SegmentType.TRACK || (met & EVENT) != 0, "event", "is missing");
        reader.check(type != SegmentType.GROUP || (met & GROUP_ID) != 0, "groupId", "is missing");
        checkOwn(type, met, PROPERTIES, "properties");
        checkOwn(type, met, TRAITS, "traits");
    }

    private SegmentType type(String name, JsonToken token) throws IOException, InvalidRequestException {
        reader.checkString(name, token);
        SegmentType type = SegmentType.of(reader);
        reader.check(type != null, name, "is none of identify, track, page, screen, group, alias");
        return type;
    }

    /** Checks one member; the bit of what it brings, or 0. */
    private int member(String name, JsonToken token) throws IOException, InvalidRequestException {
        switch (name) {
            case "messageId" -> {
                reader.readId(name, token);
                return MESSAGE_ID;
            }
            case "timestamp" -> {
                reader.checkOffsetTimestamp(name, token);
                return TIMESTAMP;
            }
            case "userId" -> {
                return id(name, token, USER_ID);
            }
            case "anonymousId" -> {
                return id(name, token, ANONYMOUS_ID);
            }
            case "event" -> {
                return text(name, token, EVENT);
            }
            case "groupId" -> {
                return text(name, token, GROUP_ID);
            }
            case "previousId" -> {
                return text(name, token, PREVIOUS_ID);
            }
            case "properties" -> {
                return object(name, token, PROPERTIES);
            }
            case "traits" -> {
                return object(name, token, TRAITS);
            }
            default -> {
                optional(name, token);
                return 0;
            }
        }
    }

    private void optional(String name, JsonToken token) throws IOException, InvalidRequestException {
        switch (name) {
            case "name", "category" -> reader.checkString(name, token);
            case "context" -> context.read(name, token);
            case "integrations" -> integrations(name, token);
            case "sentAt" -> {
                reader.check(isImport, name, "is in a message, and its place is beside batch");
                reader.checkOffsetTimestamp(name, token);
            }
            default -> reader.skip(token);
        }
    }

    /** An id that may be blank, if the other is not. */
    private int id(String name, JsonToken token, int bit) throws IOException, InvalidRequestException {
        reader.checkString(name, token);
        return reader.isBlank() ? 0 : bit;
    }

    private int text(String name, JsonToken token, int bit) throws IOException, InvalidRequestException {
        reader.checkNonBlank(name, token);
        return bit;
    }

    private int object(String name, JsonToken token, int bit) throws IOException, InvalidRequestException {
        reader.checkObject(name, token);
        reader.skip(token);
        return bit;
    }

    /** Checks that a member is one that its type has; the import path is let be. */
    private void checkOwn(SegmentType type, int met, int bit, String member) throws InvalidRequestException {
        if ((met & bit) != 0 && !isImport && !type.propertiesField().contains(member)) {
            reader.check(false, member, "is no member of a message of type " + type);
        }
    }

    private void checkIds(SegmentType type, int met) throws InvalidRequestException {
        if (type == SegmentType.ALIAS) {
            reader.check((met & PREVIOUS_ID) != 0, "previousId", "is missing");
            // The client of the import path takes any one id beside it.
            reader.check(isImport || (met & USER_ID) != 0, "userId", "is missing or blank");
        }
        reader.check((met & (USER_ID | ANONYMOUS_ID)) != 0, "userId", "is missing or blank, and so is anonymousId");
    }

    /** Checks where a message, or the batch, goes. */
    void integrations(String name, JsonToken token) throws IOException, InvalidRequestException {
        reader.checkObject(name, token);
        reader.enterObject();
        for (String member = reader.nextName(); member != null; member = reader.nextName()) {
            JsonToken value = reader.nextValue();
            reader.check(
                    value.isBoolean() || value == JsonToken.START_OBJECT,
                    member,
                    "in integrations is neither a boolean nor an object");
            reader.skip(value);
        }
        reader.leaveObject();
    }
}
