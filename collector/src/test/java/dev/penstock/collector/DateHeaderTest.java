package dev.penstock.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DateHeaderTest {

    @Test
    void shouldSayTheTimeToTheSecond() {
        AtomicLong now =
                new AtomicLong(Instant.parse("1994-11-06T08:49:37.999Z").toEpochMilli());
        DateHeader date = new DateHeader(new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(now.get());
            }
        });

        assertThat(date.value()).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
        now.incrementAndGet();
        assertThat(date.value()).isEqualTo("Sun, 06 Nov 1994 08:49:38 GMT");
    }

    @Test
    void shouldBeInEveryAnswerOnce() throws Exception {
        try (Collector collector = Collector.start()) {
            for (String path : List.of("/stats", "/nowhere", "/batch")) {
                List<String> dates = get(collector, path).headers().allValues("date");

                assertThat(dates).hasSize(1);
                Instant said = ZonedDateTime.parse(dates.get(0), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                assertThat(Duration.between(said, Instant.now()).abs()).isLessThan(Duration.ofSeconds(10));
            }
        }
    }

    @Test
    void shouldGiveWayToAScriptedDate() throws Exception {
        String past = "Sun, 06 Nov 1994 08:49:37 GMT";
        try (Collector collector = Collector.start()) {
            collector.answerAll(Answer.status(503).header("date", past));

            HttpRequest request = HttpRequest.newBuilder(collector.uri().resolve("/batch"))
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(response.headers().allValues("date")).containsExactly(past);
        }
    }

    private static HttpResponse<String> get(Collector collector, String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(collector.uri().resolve(path)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
