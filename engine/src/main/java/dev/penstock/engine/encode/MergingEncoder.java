package dev.penstock.engine.encode;

import dev.penstock.engine.encode.SpaceWriter.Entry;
import dev.penstock.engine.record.RecordLayout;
import dev.penstock.engine.record.ReservedProperties;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the properties of an event in which names meet. From the weakest to the strongest: system properties, super
 * properties, request context, flags, the caller's own, and last the client's identity and the caller's word on GeoIP.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> in proportion to the event; only events that {@link EventEncoder} cannot write
 * in one pass come here.
 */
final class MergingEncoder {

    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OPTIONS = ",\"options\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PROPERTIES = ",\"properties\":".getBytes(StandardCharsets.US_ASCII);

    private final SystemProperties system;
    private final EventShape shape;
    private final EntryWriter entries;
    private final SpaceWriter spaces;
    private final JsonOutput scratch = new JsonOutput(256);

    /** What is not the caller's: name to JSON member with a comma before it. */
    private final Map<String, byte[]> shared = new LinkedHashMap<>();

    /** The kind of the event at hand. */
    private byte kind;

    /** The caller's own, without those overruled. */
    private final Map<String, Entry> callers = new LinkedHashMap<>();

    MergingEncoder(SystemProperties system, EventShape shape, EntryWriter entries, SpaceWriter spaces) {
        this.system = system;
        this.shape = shape;
        this.entries = entries;
        this.spaces = spaces;
    }

    /** Goes on behind the event's time. The shared properties may be null. */
    void encode(
            byte[] record,
            int offset,
            SharedProperties superProperties,
            SharedProperties context,
            FlagProperties features,
            JsonOutput out) {
        int flags = RecordLayout.flags(record, offset);
        kind = record[offset + RecordLayout.KIND];
        shared.clear();
        callers.clear();
        addOwn(flags);
        addShared(superProperties, flags);
        addShared(context, flags);
        if (features != null) {
            shared.putAll(features.members());
        }
        addCallers();
        if (kind == RecordLayout.KIND_ALIAS) {
            addDistinctId();
        }
        decideGeoIp(flags);
        decideProfile(flags);
        int used = (flags & RecordLayout.FLAG_SPACES) != 0 ? spaces.used() : 0;
        removeSpaces(used);
        write((flags & RecordLayout.FLAG_PERSONLESS) != 0, used, out);
    }

    private void addOwn(int flags) {
        boolean complete = (flags & RecordLayout.FLAG_COMPLETE) != 0;
        system.members().forEach((name, member) -> {
            if (!complete || isIdentity(name)) {
                shared.put(name, member);
            }
        });
    }

    private void addShared(SharedProperties properties, int flags) {
        if (properties == null) {
            return;
        }
        boolean minimal = (flags & RecordLayout.FLAG_MINIMAL) != 0;
        properties.members().forEach((name, member) -> {
            if (!isFact(name) && !isForeign(name) && (!minimal || MinimalProperties.keeps(name))) {
                shared.put(name, member);
            }
        });
    }

    private void addCallers() {
        int at = entries.toEntries();
        while (at < entries.end()) {
            if (entries.space(at) == RecordLayout.SPACE_PROPERTIES) {
                String name = entries.keyAt(at);
                if (!isFact(name)) {
                    callers.remove(name); // so that its place is that of the last value
                    callers.put(name, new Entry(at, entries.textAt()));
                    shared.remove(name);
                }
            }
            at = entries.skip(at);
        }
    }

    /** The client's identity and place are facts; where it runs and who is located are the caller's to say. */
    private boolean isFact(String name) {
        return shared.containsKey(name) && (isIdentity(name) || name.equals("$is_server"));
    }

    /** Not for events of this kind: an exception's metadata, which only its details say, and a group's own groups. */
    private boolean isForeign(String name) {
        return switch (kind) {
            case RecordLayout.KIND_EXCEPTION -> ReservedProperties.contains(name);
            case RecordLayout.KIND_GROUP_IDENTIFY -> name.equals("$groups");
            default -> false;
        };
    }

    private static boolean isIdentity(String name) {
        return name.equals("$lib") || name.equals("$lib_version");
    }

    /** An alias says its distinct id among the properties too, where the protocol has nothing else. */
    private void addDistinctId() {
        callers.remove("distinct_id");
        scratch.clear();
        entries.toIds();
        entries.skipName();
        scratch.ensure(1);
        scratch.put('"');
        entries.distinctId(scratch);
        scratch.ensure(1);
        scratch.put('"');
        shared.put("distinct_id", JsonMember.of("distinct_id", takeScratch()));
    }

    /** The property is true or absent. */
    private void decideGeoIp(int flags) {
        boolean said = (flags & (RecordLayout.FLAG_GEOIP_ALLOWED | RecordLayout.FLAG_GEOIP_DISABLED)) != 0;
        if (said || Arrays.equals(valueOf(SystemProperties.GEOIP), FALSE)) {
            callers.remove(SystemProperties.GEOIP);
            shared.remove(SystemProperties.GEOIP);
        }
        if ((flags & RecordLayout.FLAG_GEOIP_DISABLED) != 0) {
            shared.put(SystemProperties.GEOIP, SystemProperties.GEOIP_DISABLED);
        }
    }

    private void decideProfile(int flags) {
        String name = LiftedProperties.PROFILE;
        if ((flags & RecordLayout.FLAG_PERSONLESS) != 0 && !callers.containsKey(name) && !shared.containsKey(name)) {
            shared.put(name, JsonMember.of(name, FALSE));
        }
    }

    /** What was set by its own method wins over a property of that name. */
    private void removeSpaces(int used) {
        for (int space = RecordLayout.SPACE_PROPERTIES + 1; space < RecordLayout.EVENT_SPACES; space++) {
            if ((used & 1 << space) != 0) {
                callers.remove(SpaceWriter.nameOf(space));
                shared.remove(SpaceWriter.nameOf(space));
            }
        }
    }

    private void write(boolean personless, int usedSpaces, JsonOutput out) {
        if (shape == EventShape.OPTIONS) {
            lift(personless, out);
        }
        out.append(PROPERTIES);
        int start = out.length();
        shared.values().forEach(out::append);
        for (Entry entry : callers.values()) {
            entries.toText(entry.text());
            entries.member(entry.at(), out);
        }
        spaces.write(usedSpaces, out);
        out.close(start, '{', '}');
    }

    private void lift(boolean personless, JsonOutput out) {
        Map<String, byte[]> lifted = new HashMap<>();
        for (String name : shared.keySet()) {
            if (LiftedProperties.isLifted(name)) {
                lifted.put(name, valueOf(name));
            }
        }
        for (String name : callers.keySet()) {
            if (LiftedProperties.isLifted(name)) {
                lifted.put(name, valueOf(name));
            }
        }
        shared.keySet().removeAll(lifted.keySet());
        callers.keySet().removeAll(lifted.keySet());
        if (personless && !LiftedProperties.isSwitch(lifted.get(LiftedProperties.PROFILE))) {
            lifted.put(LiftedProperties.PROFILE, FALSE); // what cannot be read must not make a person of a random id
        }
        LiftedProperties.writeRoots(lifted, out);
        out.append(OPTIONS);
        int start = out.length();
        LiftedProperties.writeOptions(lifted, out);
        out.close(start, '{', '}');
    }

    /** The JSON of a property's value, or null. */
    private byte[] valueOf(String name) {
        Entry entry = callers.get(name);
        if (entry != null) {
            scratch.clear();
            entries.toText(entry.text());
            entries.valueAt(entry.at(), scratch);
            return takeScratch();
        }
        byte[] member = shared.get(name);
        return member == null ? null : JsonMember.valueOf(name, member);
    }

    private byte[] takeScratch() {
        return Arrays.copyOf(scratch.bytes(), scratch.length());
    }
}
