package dev.penstock.engine.encode;

import static dev.penstock.engine.record.RecordLayout.INTS;
import static dev.penstock.engine.record.RecordLayout.LONGS;

import dev.penstock.engine.record.AttachedFlags;
import dev.penstock.engine.record.KeyRegistry;
import dev.penstock.engine.record.PropertySnapshot;
import dev.penstock.engine.record.RecordLayout;
import java.nio.charset.StandardCharsets;

/**
 * Turns a record into the JSON of one event.
 *
 * <p>Why it is shaped so:
 *
 * <ol>
 *   <li>One pass over the record, forwards. Every property is written with a comma before it; the first comma becomes the
 *       opening bracket in the end. What many events share follows in whole blocks of bytes made once.
 *   <li>That no name is given twice is assumed and watched. When one may have been, or when a property has a name that
 *       decides about others, the event is written again by {@link MergingEncoder}. Those are rare.
 *   <li>Our own writer, because Jackson's generator takes 1.6 times as long and allocates; see {@code
 *       docs/decisions/0003-json-encoder.md}.
 * </ol>
 *
 * <p>Guarded by {@code EncodeBenchmark}.
 *
 * <p><b>Threads:</b> one. <b>Allocation:</b> none, but for events that are merged or have entries beside the properties,
 * for floats, and for doubles of more than 15 digits.
 */
public final class EventEncoder implements RecordEncoder {

    /** Where super properties, the properties of the request context and flags stand among a record's references. */
    private static final int SUPER = 0;

    private static final int CONTEXT = 1;
    private static final int FLAGS = 2;

    private static final byte[] EVENT = ascii("{\"event\":\"");
    private static final byte[] DISTINCT_ID = ascii("\",\"distinct_id\":\"");
    private static final byte[] UUID = ascii("\",\"uuid\":\"");
    private static final byte[] TIMESTAMP = ascii("\",\"timestamp\":\"");
    private static final byte[] NO_OPTIONS = ascii(",\"options\":{}");
    private static final byte[] PERSONLESS_OPTIONS = ascii(",\"options\":{\"process_person_profile\":false}");
    private static final byte[] PROPERTIES = ascii(",\"properties\":");
    private static final byte[] PERSONLESS = ascii(",\"$process_person_profile\":false");

    /** What only the merging way can write. */
    private static final int SPECIAL =
            RecordLayout.FLAG_OWNED_KEYS | RecordLayout.FLAG_COMPLETE | RecordLayout.FLAG_MINIMAL;

    private static final int PROFILE = RecordLayout.FLAG_PERSONLESS | RecordLayout.FLAG_PERSON_PROFILE;

    private final SystemProperties system;
    private final EventShape shape;
    private final int special;
    private final EntryWriter entries;
    private final SpaceWriter spaces;
    private final MergingEncoder merging;

    // The record being written.
    private byte[] record;
    private SharedProperties superProperties;
    private SharedProperties context;
    private FlagProperties features;

    /**
     * Makes an encoder.
     *
     * @param registry the registered property keys
     * @param system the client's own properties
     * @param shape what the protocol wants
     */
    public EventEncoder(KeyRegistry registry, SystemProperties system, EventShape shape) {
        this.system = system;
        this.shape = shape;
        this.special = shape == EventShape.OPTIONS ? SPECIAL | RecordLayout.FLAG_LIFTED_KEYS : SPECIAL;
        this.entries = new EntryWriter(registry);
        this.spaces = new SpaceWriter(entries);
        this.merging = new MergingEncoder(system, shape, entries, spaces);
    }

    @Override
    public void encode(byte[] bytes, int offset, Object[] references, int at, JsonOutput out) {
        int flags = RecordLayout.flags(bytes, offset);
        int start = out.length();
        record = bytes;
        takeShared(references, at);
        entries.open(bytes, offset);
        envelope(offset, out);
        if (!isSimple(offset, flags) || !properties(flags, out)) {
            out.truncate(start);
            envelope(offset, out);
            merging.encode(bytes, offset, superProperties, context, features, out);
        }
        out.ensure(1);
        out.put('}');
        if (at >= 0) {
            letGo();
        }
    }

    /** What is shared belongs to others. */
    private void letGo() {
        superProperties = null;
        context = null;
        features = null;
    }

    private void takeShared(Object[] references, int at) {
        if (at < 0) {
            return;
        }
        superProperties = SharedProperties.of((PropertySnapshot) references[at + SUPER], entries);
        context = SharedProperties.of((PropertySnapshot) references[at + CONTEXT], entries);
        AttachedFlags attached = (AttachedFlags) references[at + FLAGS];
        features = attached == null ? null : FlagProperties.of(attached);
    }

    private boolean isSimple(int offset, int flags) {
        return (flags & special) == 0
                && record[offset + RecordLayout.KIND] == RecordLayout.KIND_CAPTURE
                && (superProperties == null
                        || (superProperties.isPlain(shape) && superProperties.roots(shape).length == 0))
                && (context == null || context.isPlain(shape));
    }

    /** From the opening bracket to the time's closing quote. */
    private void envelope(int offset, JsonOutput out) {
        byte[] r = record;
        entries.toIds();
        out.ensure(256);
        out.put(EVENT);
        entries.name(out);
        out.ensure(64);
        out.put(DISTINCT_ID);
        entries.distinctId(out);
        out.ensure(256);
        out.put(UUID);
        entries.uuid(out);
        out.put(TIMESTAMP);
        entries.time(
                (long) LONGS.get(r, offset + RecordLayout.EPOCH_SECOND),
                (int) INTS.get(r, offset + RecordLayout.NANOS),
                out);
        out.put('"');
    }

    /** False if a name may have been given twice. */
    private boolean properties(int flags, JsonOutput out) {
        boolean personless = (flags & PROFILE) == RecordLayout.FLAG_PERSONLESS;
        if (shape == EventShape.OPTIONS) {
            if (context != null) {
                out.appendShared(context.roots(shape));
            }
            out.append(personless ? PERSONLESS_OPTIONS : NO_OPTIONS);
        }
        int used = (flags & RecordLayout.FLAG_SPACES) != 0 ? spaces.used() : 0;
        byte[] own = own(flags);
        out.ensure(PROPERTIES.length + own.length);
        out.put(PROPERTIES);
        int start = out.length();
        out.put(own);
        if (!callers(used, out)) {
            return false;
        }
        if (features != null) {
            out.appendShared(features.all());
        }
        if (!add(context, out) || !add(superProperties, out)) {
            return false;
        }
        spaces.write(used, out);
        if (personless && shape == EventShape.PROPERTIES) {
            out.append(PERSONLESS);
        }
        out.close(start, '{', '}');
        return true;
    }

    private byte[] own(int flags) {
        if ((flags & RecordLayout.FLAG_GEOIP_ALLOWED) != 0) {
            return system.withGeoIp();
        }
        return (flags & RecordLayout.FLAG_GEOIP_DISABLED) != 0 ? system.withoutGeoIp() : system.all();
    }

    private boolean callers(int usedSpaces, JsonOutput out) {
        int at = entries.toEntries();
        int end = entries.end();
        while (at < end) {
            if (entries.space(at) != RecordLayout.SPACE_PROPERTIES) {
                at = entries.skip(at);
            } else if (features != null && FlagProperties.mayBeNamed(entries, at)) {
                return false;
            } else {
                at = entries.member(at, out);
            }
        }
        spaces.noteNames(usedSpaces);
        return !entries.mayRepeat();
    }

    /** Adds shared properties. False if one of their names may be there already. */
    private boolean add(SharedProperties properties, JsonOutput out) {
        if (properties == null) {
            return true;
        }
        for (int hash : properties.hashes()) {
            entries.note(hash);
        }
        out.appendShared(properties.properties(shape));
        return !entries.mayRepeat();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
