package dev.penstock.engine.flags.remote;

import static dev.penstock.engine.flags.remote.RemoteFixture.SECRET_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.transport.FailureKind;
import dev.penstock.engine.transport.FetchRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteConfigTest {

    private final RemoteFixture fixture = new RemoteFixture(1);

    @AfterEach
    void neverSaysTheSecret() {
        assertThat(fixture.reports).noneMatch(report -> report.contains(SECRET_KEY));
        assertThat(fixture.server.requests())
                .noneMatch(asked -> asked.request().path().contains(SECRET_KEY))
                .noneMatch(asked -> asked.request().toString().contains(SECRET_KEY));
    }

    @Test
    void shouldAskExactlyThis() {
        assertThat(fixture.config.fetch("a/b c")).isNotDone();

        FetchRequest request = fixture.server.last().request();
        assertThat(request.path())
                .isEqualTo("/api/projects/@current/feature_flags/a%2Fb%20c/remote_config?token=phc_project");
        assertThat(request.headers())
                .isEqualTo(Map.of("Authorization", "Bearer " + SECRET_KEY, "Accept-Encoding", "gzip"));
        assertThat(request.body()).isNull();
    }

    @Test
    void shouldBringTheBodyAsItIs() {
        CompletableFuture<Optional<String>> asked = fixture.config.fetch("a");
        fixture.answer("\"{\\\"limit\\\": 5}\"");

        assertThat(asked).isCompletedWithValue(Optional.of("\"{\\\"limit\\\": 5}\""));
        assertThat(fixture.flagThread.delays()).isEmpty();
        assertThat(fixture.reports).isEmpty();
    }

    @Test
    void shouldMakeANewRequestEachTime() {
        assertThat(fixture.config.fetch("a")).isNotDone();
        fixture.answer("1");
        assertThat(fixture.config.fetch("a")).isNotDone();

        assertThat(fixture.server.count()).isEqualTo(2);
    }

    @Test
    void shouldBringNothingForAnEmptyBody() {
        CompletableFuture<Optional<String>> asked = fixture.config.fetch("a");
        fixture.answer("");

        assertThat(asked).isCompletedWithValue(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 502, 503})
    void shouldBringNothingAndTryNothingAgainAtAnyOtherStatus(int status) {
        CompletableFuture<Optional<String>> asked = fixture.config.fetch("a");
        fixture.answer(status);
        fixture.pass(60_000);

        assertThat(asked).isCompletedWithValue(Optional.empty());
        assertThat(fixture.server.count()).isEqualTo(1);
        assertThat(fixture.reports).containsExactly("remote configuration not fetched: status " + status);
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void shouldBringNothingWithoutAnAnswer(FailureKind kind) {
        CompletableFuture<Optional<String>> asked = fixture.config.fetch("a");
        fixture.fail(kind);

        assertThat(asked).isCompletedWithValue(Optional.empty());
        assertThat(fixture.reports).containsExactly("remote configuration not fetched: reason of the transport");
    }

    @Test
    void shouldGiveUpWhenItsTimeIsUp() {
        CompletableFuture<Optional<String>> asked = fixture.config.fetch("a");
        fixture.pass(2_999);
        assertThat(asked).isNotDone();
        fixture.pass(1);

        assertThat(asked).isCompletedWithValue(Optional.empty());
        assertThat(fixture.server.last().isCancelled()).isTrue();
    }

    @ParameterizedTest
    @NullAndEmptySource
    void shouldNeedASecretKey(String secretKey) {
        RemoteFixture keyless = new RemoteFixture(RemoteFixture.settings(secretKey, 1, Set.of()));

        assertThat(keyless.config.fetch("a")).isCompletedWithValue(Optional.empty());
        assertThat(keyless.server.count()).isZero();
        assertThat(keyless.reports)
                .containsExactly("remote configuration not fetched: it needs a secret key, and none is configured");
    }

    @ParameterizedTest
    @NullAndEmptySource
    void shouldNeedAFlagsKey(String key) {
        assertThat(fixture.config.fetch(key)).isCompletedWithValue(Optional.empty());
        assertThat(fixture.server.count()).isZero();
        assertThat(fixture.reports).hasSize(1);
    }

    @Test
    void shouldHaveABoundedNumberOfRequestsOpen() {
        List<CompletableFuture<Optional<String>>> open = new ArrayList<>();
        for (int i = 0; i < RemoteConfig.MAX_OPEN; i++) {
            open.add(fixture.config.fetch("a"));
        }
        assertThat(fixture.config.fetch("a")).isCompletedWithValue(Optional.empty());
        assertThat(fixture.server.count()).isEqualTo(RemoteConfig.MAX_OPEN);
        fixture.answer("1");
        assertThat(open.get(RemoteConfig.MAX_OPEN - 1)).isDone();
        assertThat(fixture.config.fetch("a")).isNotDone();
    }
}
