package dev.penstock.collector;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the flag routes answer and have received, shared by the connections of one collector. Any thread. */
final class FlagState {
    private final FlagRules rules;
    private final Optional<DefinitionsFile> file;
    private final AnswerScript<FlagRequest> script = new AnswerScript<>();
    private final HangGate gate = new HangGate();
    private final FlagRequestLog log;
    private final Map<String, String> remoteConfigs = new ConcurrentHashMap<>();
    private volatile Supplier<FlagDefinitions> definitions;
    private volatile Function<FlagRequest, String> evaluation;

    FlagState(CollectorOptions options, Optional<DefinitionsFile> file) {
        this.rules = new FlagRules(options.apiKey(), options.secretKey());
        this.file = file;
        this.log = new FlagRequestLog(options);
        restore();
    }

    FlagRules rules() {
        return rules;
    }

    AnswerScript<FlagRequest> script() {
        return script;
    }

    HangGate gate() {
        return gate;
    }

    FlagRequestLog log() {
        return log;
    }

    void define(FlagDefinitions fixed) {
        definitions = () -> fixed;
    }

    void evaluate(Function<FlagRequest, String> answers) {
        evaluation = Objects.requireNonNull(answers, "answers");
    }

    void configure(String key, String json) {
        remoteConfigs.put(key, json);
    }

    List<String> problems() {
        return file.map(DefinitionsFile::problems).orElse(List.of());
    }

    /** The ordinary answer to a valid request; a whole one is neither conditional nor packed. */
    Reply ordinary(FlagRequest request, boolean whole) {
        return switch (request.route()) {
            case DEFINITIONS -> definitions.get().reply(request, whole);
            case EVALUATION -> evaluated(request);
            case REMOTE_CONFIG -> configured(request);
        };
    }

    private Reply evaluated(FlagRequest request) {
        try {
            return Reply.json(200, evaluation.apply(request));
        } catch (RuntimeException e) {
            return Reply.json(500, Verdict.errorBody("the scripted evaluation failed: " + e));
        }
    }

    private Reply configured(FlagRequest request) {
        try {
            String json = remoteConfigs.get(PercentText.decode(FlagRoute.configKey(request.path())));
            return json == null ? Reply.json(404, Verdict.errorBody("no such remote config")) : Reply.json(200, json);
        } catch (InvalidRequestException e) {
            return Verdict.refused(e.status(), e.getMessage()).reply();
        }
    }

    void reset() {
        script.clear();
        gate.drop();
        log.reset();
        restore();
    }

    private void restore() {
        remoteConfigs.clear();
        evaluation = request ->
                "{\"flags\":{},\"errorsWhileComputingFlags\":false,\"requestId\":\"" + UUID.randomUUID() + "\"}";
        if (file.isPresent()) {
            definitions = file.get();
        } else {
            define(FlagDefinitions.NONE);
        }
    }
}
