package dev.penstock.benchmarks.segment;

import dev.penstock.benchmarks.support.Results;
import dev.penstock.benchmarks.support.Scores;
import dev.penstock.benchmarks.support.Scores.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sets the libraries side by side: reads what JMH wrote of this package's benchmarks and prints for each case the time,
 * percentiles and bytes of an operation, and how many times those of our builder the others are.
 * <p>
 * <pre>
 * java -cp jmh-benchmarks/target/benchmarks.jar dev.penstock.benchmarks.segment.SegmentRatios FILE.csv...
 * </pre>
 */
public final class SegmentRatios {
    private static final String CONTENDER = "contender";

    /** Its bytes are not shown: the samples are among them. */
    private static final String SAMPLED = "Sampled";

    private final Map<String, Results> columns = new LinkedHashMap<>();

    private SegmentRatios() {
        for (Contender contender : Contender.values()) {
            columns.put(contender.title(), new Results());
        }
    }

    /**
     * Prints the table.
     *
     * @param args files that JMH wrote with {@code -rf csv -prof gc}
     */
    public static void main(String[] args) throws IOException {
        SegmentRatios ratios = new SegmentRatios();
        for (String file : args) {
            Scores.read(Path.of(file)).forEach(ratios::take);
        }
        Results.printRatios(ratios.columns);
    }

    private void take(Score score) {
        String unit = unit(score.figure());
        boolean withSamples =
                score.figure().equals(Scores.BYTES) && score.benchmark().endsWith(SAMPLED);
        if (unit != null && !withSamples) {
            columns.get(contender(score).title()).add(question(score) + unit, "%,.0f", score.value());
        }
    }

    /** Null for what says nothing here. */
    private static String unit(String figure) {
        return switch (figure) {
            case "" -> ", ns";
            case Scores.BYTES -> ", B";
            case "p0.50", "p0.90", "p0.99", "p0.999", "p0.9999" -> " p" + percent(figure) + ", ns";
            default -> null;
        };
    }

    private static String percent(String figure) {
        String digits = figure.substring("p0.".length());
        return digits.length() <= 2 ? digits : digits.substring(0, 2) + '.' + digits.substring(2);
    }

    /** Where only one library is asked at a time, the case says which. */
    private static Contender contender(Score score) {
        String name = score.parameters().get(CONTENDER);
        if (name != null) {
            return Contender.valueOf(name);
        }
        return switch (score.benchmark()) {
            case "builder", "ownWriter" -> Contender.PENSTOCK_BUILDER;
            case "builderNames", "ownWriterNames" -> Contender.PENSTOCK_BUILDER_NAMES;
            case "typed" -> Contender.PENSTOCK_TYPED;
            case "analyticsJava" -> Contender.ANALYTICS_JAVA;
            default -> throw new IllegalArgumentException("no benchmark of messages: " + score.benchmark());
        };
    }

    private static String question(Score score) {
        if (score.parameters().containsKey(CONTENDER)) {
            return switch (score.benchmark()) {
                case "oneProducer" -> "call, 1 producer";
                case "twoProducers" -> "call, 2 producers";
                case "oneProducerSampled" -> "sampled, 1 producer";
                case "twoProducersSampled" -> "sampled, 2 producers";
                default -> score.benchmark();
            };
        }
        String strings = score.parameters().get("strings");
        return strings == null ? "encode" : "call alone, " + strings;
    }
}
