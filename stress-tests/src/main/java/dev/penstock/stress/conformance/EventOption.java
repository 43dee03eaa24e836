package dev.penstock.stress.conformance;

import java.util.LinkedHashMap;
import java.util.Map;

/** A control of a single event, which callers of a client set as a property. */
enum EventOption {
    COOKIELESS_MODE("cookieless_mode", "$cookieless_mode"),
    DISABLE_SKEW_CORRECTION("disable_skew_correction", "$ignore_sent_at"),
    PROCESS_PERSON_PROFILE("process_person_profile", "$process_person_profile"),
    PRODUCT_TOUR_ID("product_tour_id", "$product_tour_id");

    private final String option;
    private final String property;

    EventOption(String option, String property) {
        this.option = option;
        this.property = property;
    }

    /** The properties that say the same as options do; an option without a value says nothing. */
    static Map<String, Object> asProperties(Map<String, Object> options) throws BadCallException {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Map.Entry<String, Object> given : options.entrySet()) {
            String property = named(given.getKey()).property;
            if (given.getValue() != null) {
                properties.put(property, given.getValue());
            }
        }
        return properties;
    }

    private static EventOption named(String name) throws BadCallException {
        for (EventOption candidate : values()) {
            if (candidate.option.equals(name)) {
                return candidate;
            }
        }
        throw new BadCallException("there is no option " + name);
    }
}
