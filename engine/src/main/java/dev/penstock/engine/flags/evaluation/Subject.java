package dev.penstock.engine.flags.evaluation;

import dev.penstock.client.flags.FlagContext;
import java.util.Map;

/**
 * Who a flag or a condition is about: the person, the person's device, or the group of some type.
 *
 * <p>A bucket is a number for the id that is hashed; a view is a number for the properties that are looked at, which the
 * person and the device share.
 */
final class Subject {

    static final int PERSON_VIEW = 0;

    static final Subject PERSON = new Subject("person", null, 0);
    static final Subject DEVICE = new Subject("device", null, 1);

    /** A group of a type that has no name, so nobody can supply it. */
    static final Subject UNMAPPED = new Subject("group of an unknown type", null, -1);

    private static final int FIRST_GROUP_BUCKET = 2;

    private final String description;
    private final String group;
    private final int bucket;
    private final int view;

    private Subject(String description, String group, int bucket) {
        this.description = description;
        this.group = group;
        this.bucket = bucket;
        this.view = Math.max(PERSON_VIEW, bucket - 1);
    }

    /** The group of a type; types are numbered from zero within a snapshot. */
    static Subject group(String name, int number) {
        return new Subject("group " + name, name, FIRST_GROUP_BUCKET + number);
    }

    /** How many buckets there are with so many group types. */
    static int buckets(int groupTypes) {
        return FIRST_GROUP_BUCKET + groupTypes;
    }

    int bucket() {
        return bucket;
    }

    int view() {
        return view;
    }

    /** The id that is hashed, or null if it is not known. */
    String idIn(FlagContext context) {
        if (group != null) {
            return context.groups().get(group);
        }
        if (bucket == PERSON.bucket) {
            return context.distinctId();
        }
        return bucket == DEVICE.bucket ? context.deviceId() : null;
    }

    /** What is known of the subject; a group that was supplied has properties, if only none. */
    Map<String, Object> propertiesIn(FlagContext context) {
        if (group == null) {
            return context.personProperties();
        }
        Map<String, Object> properties = context.groupProperties().get(group);
        return properties == null ? Map.of() : properties;
    }

    @Override
    public String toString() {
        return description;
    }
}
