package dev.penstock.cli.flags;

import dev.penstock.client.flags.FlagPayload;
import dev.penstock.engine.flags.definitions.FlagDefinition;

/** An explanation for people: the answer and its reason first, then every step. */
final class ExplanationText {

    private ExplanationText() {}

    static String of(Explanation explanation) {
        Conclusion conclusion = Conclusion.of(explanation);
        TextLines lines = new TextLines();
        FlagLines steps = new FlagLines(explanation.definitions(), lines);
        lines.text(0, conclusion.sentence());
        if (conclusion.advice() != null) {
            lines.text(0, conclusion.advice());
        }
        if (conclusion.causes().size() > 1) {
            lines.gap();
            lines.text(0, "Undecided, because");
            conclusion.causes().forEach(cause -> lines.item(2, "-", 2, cause));
        }
        lines.gap();
        steps.title(0, "Flag", flag(explanation));
        steps.show(explanation.step(), 0);
        if (explanation.result() != null && explanation.result().isEnabled()) {
            steps.title(
                    0,
                    "Payload",
                    explanation
                            .result()
                            .payload()
                            .map(FlagPayload::value)
                            .map(JsonValues::write)
                            .orElse("none"));
        }
        return lines.join();
    }

    private static String flag(Explanation explanation) {
        FlagDefinition flag = explanation.flag();
        StringBuilder text = new StringBuilder(flag.key());
        flag.id().ifPresent(id -> text.append(", id ").append(id));
        flag.version().ifPresent(version -> text.append(", version ").append(version));
        if (flag.malformed() != null) {
            return text.append(", not usable").toString();
        }
        text.append(flag.active() ? ", active" : ", not active");
        return flag.rules() == null
                ? text.toString()
                : text.append(about(explanation, flag)).toString();
    }

    private static String about(Explanation explanation, FlagDefinition flag) {
        String index = flag.rules().groupType().index();
        if (index != null) {
            String name = explanation.definitions().groupType(index);
            return ", about groups of type " + (name == null ? index + ", which has no name" : name);
        }
        return flag.rules().deviceBucketing() ? ", about persons, rolled out by device" : ", about persons";
    }
}
