package dev.penstock.collector;

import java.util.Optional;

/** The keys that flag requests must carry; any key will do where none is expected. Never shows one. Immutable. */
final class FlagKeys {
    private static final String SCHEME = "Bearer ";

    private final Optional<String> project;
    private final Optional<String> secret;

    FlagKeys(Optional<String> project, Optional<String> secret) {
        this.project = project;
        this.secret = secret;
    }

    void checkSecret(RequestHead head) throws InvalidRequestException {
        String authorization = head.header("authorization");
        if (authorization == null) {
            throw new InvalidRequestException(401, "Authorization header is missing");
        }
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new InvalidRequestException(401, "Authorization header is not a bearer key");
        }
        String sent = authorization.substring(SCHEME.length());
        if (secret.isPresent() && !secret.get().equals(sent)) {
            throw new InvalidRequestException(401, "the secret key is not the one expected");
        }
    }

    void checkToken(QueryParameters query) throws InvalidRequestException {
        String token = query.value("token");
        if (token.isBlank()) {
            throw new InvalidRequestException("query parameter token is blank");
        }
        checkProject("token", token);
    }

    void checkProject(String field, String sent) throws InvalidRequestException {
        if (project.isPresent() && !project.get().equals(sent)) {
            throw new InvalidRequestException(401, field + " is not the one expected");
        }
    }
}
