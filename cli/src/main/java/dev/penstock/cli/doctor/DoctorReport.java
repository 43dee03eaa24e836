package dev.penstock.cli.doctor;

import dev.penstock.cli.common.Screen;
import dev.penstock.client.SelfCheckReport;
import dev.penstock.client.SelfCheckStatus;
import dev.penstock.client.SelfCheckStep;
import java.util.ArrayList;
import java.util.List;

/** What was found, for people: a paragraph for each step, and a last line that says it all. */
final class DoctorReport {
    private static final int WIDTH = 100;
    private static final int INDENT = 16;

    private DoctorReport() {}

    static String of(SelfCheckReport report, Screen screen) {
        List<String> lines = new ArrayList<>();
        for (SelfCheckStep step : report.steps()) {
            List<String> finding = wrapped(step.finding());
            lines.add(coloured(step.status(), screen) + String.format("%-8s", step.name()) + finding.get(0));
            finding.subList(1, finding.size()).forEach(line -> lines.add(" ".repeat(INDENT) + line));
            if (!step.remedy().isEmpty()) {
                wrapped("-> " + step.remedy()).forEach(line -> lines.add(" ".repeat(INDENT) + line));
            }
        }
        lines.add("");
        lines.add(verdict(report, screen));
        return String.join(System.lineSeparator(), lines);
    }

    private static String coloured(SelfCheckStatus status, Screen screen) {
        String padded = String.format("%-8s", status);
        return switch (status) {
            case PASSED -> screen.good(padded);
            case FAILED -> screen.bad(padded);
            case WARNING, SKIPPED -> padded;
        };
    }

    private static String verdict(SelfCheckReport report, Screen screen) {
        long warnings = count(report, SelfCheckStatus.WARNING);
        String told = warnings == 0 ? "" : ", with " + warnings + (warnings == 1 ? " warning" : " warnings");
        return report.passed()
                ? screen.good("OK") + "  events can be delivered, as far as can be told without sending one" + told
                : screen.bad("NOT WELL") + "  events cannot be delivered as things are" + told;
    }

    private static long count(SelfCheckReport report, SelfCheckStatus status) {
        return report.steps().stream().filter(step -> step.status() == status).count();
    }

    /** Broken between words; a word that is too long has a line of its own. */
    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && INDENT + line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
