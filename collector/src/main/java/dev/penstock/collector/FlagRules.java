package dev.penstock.collector;

import java.util.Optional;

/** The rules of requests to the flag routes. Immutable. */
final class FlagRules {
    private final FlagKeys keys;
    private final EvaluationRules evaluation;

    FlagRules(Optional<String> apiKey, Optional<String> secretKey) {
        keys = new FlagKeys(apiKey, secretKey);
        evaluation = new EvaluationRules(keys);
    }

    /** Refuses the request if it breaks a rule of its route. */
    void check(FlagRoute route, RequestHead head, ByteArray body) throws InvalidRequestException {
        switch (route) {
            case DEFINITIONS -> {
                keys.checkSecret(head);
                QueryParameters query = new QueryParameters(head.query());
                keys.checkToken(query);
                query.requireBare("send_cohorts");
            }
            case EVALUATION -> {
                JsonBody.checkHead(head, "the flags route");
                QueryParameters query = new QueryParameters(head.query());
                if (!query.isEmpty() && !query.value("v").equals("2")) {
                    throw new InvalidRequestException("query parameter v is not 2");
                }
                evaluation.check(JsonBody.parse(body.bytes(), body.length()));
            }
            case REMOTE_CONFIG -> {
                keys.checkSecret(head);
                keys.checkToken(new QueryParameters(head.query()));
                PercentText.decode(FlagRoute.configKey(head.path()));
            }
        }
    }
}
