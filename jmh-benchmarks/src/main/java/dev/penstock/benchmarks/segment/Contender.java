package dev.penstock.benchmarks.segment;

import java.util.Locale;

/** A library and a way in. */
public enum Contender {
    /** This library, fluent, with registered keys. */
    PENSTOCK_BUILDER {
        @Override
        MessageClient open(String host, Wire wire) {
            return new PenstockMessages(host, wire, ReferenceMessages::builder);
        }
    },

    /** This library, fluent, with keys as text. */
    PENSTOCK_BUILDER_NAMES {
        @Override
        MessageClient open(String host, Wire wire) {
            return new PenstockMessages(host, wire, ReferenceMessages::builderNames);
        }
    },

    /** This library, typed messages. */
    PENSTOCK_TYPED {
        @Override
        MessageClient open(String host, Wire wire) {
            return new PenstockMessages(host, wire, ReferenceMessages::typed);
        }
    },

    /** {@code com.segment.analytics.java:analytics}. */
    ANALYTICS_JAVA {
        @Override
        MessageClient open(String host, Wire wire) {
            return new AnalyticsJavaMessages(host, wire);
        }
    };

    /** What the column of a table is called. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Opens it. */
    abstract MessageClient open(String host, Wire wire);
}
