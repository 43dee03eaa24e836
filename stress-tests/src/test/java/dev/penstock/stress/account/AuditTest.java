package dev.penstock.stress.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.client.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
    @TempDir
    Path directory;

    private final Violations violations = new Violations();
    private Account account;

    @BeforeEach
    void begin() {
        account = Account.create(directory.resolve("account"), 5, 2, 100);
    }

    @AfterEach
    void end() {
        account.close();
    }

    @Test
    void shouldFindNothingWrongWithAProperAccount() {
        event(0, 0, true, Outcome.DELIVERED, 1);
        event(0, 1, true, Outcome.DELIVERED, 3);
        event(0, 2, true, Outcome.REFUSED, 0);
        event(0, 3, false, null, 0);
        event(1, 0, true, Outcome.EXPIRED, 1);
        event(1, 1, true, Outcome.DISCARDED, 0);
        Findings findings = Audit.of(account, violations, false, 0);
        assertThat(violations.lines()).isEmpty();
        assertThat(findings).isEqualTo(new Findings(5, 2, 1, 1, 1, 0, 0, 1, 2));
    }

    @Test
    void shouldMissADeliveredEventAtTheHost() {
        event(0, 0, true, Outcome.DELIVERED, 0);
        assertBroken(false, 0, "an event is delivered, and the host has it not");
    }

    @Test
    void shouldMissAnOutcomeUnlessItIsExplained() {
        event(0, 0, true, null, 1);
        assertThat(Audit.of(account, violations, false, 1).lost()).isZero();
        assertThat(violations.total()).isZero();
        assertBroken(false, 0, "accepted events without an outcome");
    }

    @Test
    void shouldNoticeASecondOutcome() {
        event(1, 7, true, Outcome.DELIVERED, 1);
        account.end(1, 7, Outcome.DELIVERED);
        assertBroken(false, 0, "an event has two outcomes");
    }

    @Test
    void shouldNoticeARefusedEventAtTheHostUnlessAnswersWereLost() {
        event(1, 7, true, Outcome.REFUSED, 1);
        assertThat(Audit.of(account, violations, true, 0).unconfirmed()).isEqualTo(1);
        assertThat(violations.total()).isZero();
        assertBroken(false, 0, "an event is refused, no answer was lost, and the host has it");
    }

    @Test
    void shouldNoticeWhatWasNotAccepted() {
        event(0, 3, false, null, 1);
        assertBroken(true, 0, "an event was not accepted, and the host has it");
        event(0, 4, false, Outcome.EXPIRED, 0);
        assertBroken(true, 0, "an event was not accepted, and has an outcome");
    }

    @Test
    void shouldKeepWhatAnotherProcessWrote() {
        event(1, 9, true, Outcome.EXPIRED, 2);
        try (Account same = Account.open(directory.resolve("account"))) {
            assertThat(same.producers()).isEqualTo(2);
            assertThat(same.attempted(1)).isEqualTo(10);
            assertThat(same.acceptedTick(1, 9)).isBetween(0, 100);
            assertThat(same.acceptedTick(1, 8)).isEqualTo(-1);
            assertThat(same.outcome(1, 9)).isEqualTo(Outcome.EXPIRED);
            assertThat(same.endedTick(1, 9)).isBetween(0, 100);
            assertThat(same.held(1, 9)).isEqualTo(2);
            assertThat(same.ids().high()).isEqualTo(account.ids().high());
        }
    }

    private void event(int producer, int number, boolean accepted, Outcome outcome, int held) {
        account.attempt(producer, number);
        if (accepted) {
            account.accept(producer, number);
        }
        if (outcome != null) {
            account.end(producer, number, outcome);
        }
        for (int i = 0; i < held; i++) {
            account.hold(producer, number);
        }
    }

    private void assertBroken(boolean answersWereLost, long openAllowed, String promise) {
        Audit.of(account, violations, answersWereLost, openAllowed);
        assertThat(violations.of(promise)).isEqualTo(1);
    }
}
