package dev.penstock.collector;

import static dev.penstock.collector.Batches.gzip;
import static dev.penstock.collector.Batches.one;
import static dev.penstock.collector.Batches.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpTest {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final String HEAD = "POST /batch HTTP/1.1\r\nHost: c\r\nContent-Type: application/json\r\n";

    private Collector collector;

    @BeforeEach
    void start() {
        collector = Collector.builder()
                .maxHeaderBytes(1024)
                .maxBodyBytes(4096)
                .maxInflatedBytes(8192)
                .start();
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void shouldServeManyRequestsOnOneConnection() throws IOException {
        try (RawClient client = new RawClient(collector)) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.post(one(i)).status()).isEqualTo(200);
            }
            assertThat(collector.openConnections()).isEqualTo(1);
        }
        assertThat(collector.totalConnections()).isEqualTo(1);
        assertThat(collector.requests())
                .hasSize(20)
                .allMatch(request -> request.connectionId() == 1 && request.status() == 200);
        collector.awaitOpenConnections(0, WAIT);
    }

    @Test
    void shouldServePipelinedRequests() throws IOException {
        String request = HEAD + "Content-Length: " + one(1).length() + "\r\n\r\n";
        try (RawClient client = new RawClient(collector)) {
            client.send(request + one(1) + request + one(2));
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(client.read().status()).isEqualTo(200);
        }
        assertThat(collector.stats().distinct()).isEqualTo(2);
    }

    @Test
    void shouldReadAHeaderThatComesInPieces() throws IOException {
        try (RawClient client = new RawClient(collector)) {
            for (byte b : utf8(HEAD + "Content-Length: " + one(1).length() + "\r\n\r\n")) {
                client.send(new byte[] {b});
            }
            client.send(one(1));
            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @Test
    void shouldReadChunkedBodies() throws IOException {
        String body = one(1);
        try (RawClient client = new RawClient(collector)) {
            client.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
            client.send("A;name=value\r\n" + body.substring(0, 10) + "\r\n");
            client.send(Integer.toHexString(body.length() - 10) + "\r\n" + body.substring(10) + "\r\n");
            client.send("0\r\nTrailer: x\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(client.post(one(2)).status()).isEqualTo(200);
        }
        assertThat(collector.requests().get(0).body()).isEqualTo(body);
        assertThat(collector.requests().get(0).wireBytes()).isEqualTo(body.length());
    }

    @Test
    void shouldRejectMalformedChunks() throws IOException {
        for (String chunks : new String[] {"x\r\n", "\r\n", "-1\r\n", "3\r\nabcd\r\n", "fffffffff\r\n"}) {
            try (RawClient client = new RawClient(collector)) {
                client.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
                assertThat(client.read().status()).as(chunks).isEqualTo(400);
                assertThat(client.readByte()).isEqualTo(-1);
            }
        }
        assertThat(collector.stats().invalid()).isEqualTo(5);
    }

    @Test
    void shouldRefuseChunksBeyondTheBound() throws IOException {
        try (RawClient client = new RawClient(collector)) {
            client.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n1001\r\n");
            assertThat(client.read().status()).isEqualTo(413);
        }
    }

    @Test
    void shouldRefuseABodyBeyondTheBound() throws IOException {
        try (RawClient client = new RawClient(collector)) {
            assertThat(client.post("/batch", new byte[4097]).status()).isEqualTo(413);
            assertThat(client.readByte()).isEqualTo(-1);
        }
        assertThat(collector.invalidReasons()).containsExactly("body larger than 4096 bytes");
    }

    @Test
    void shouldRefuseABodyThatInflatesBeyondTheBound() throws IOException {
        try (RawClient client = new RawClient(collector)) {
            byte[] bomb = gzip(new byte[100_000]);
            assertThat(client.post("/batch", bomb, "Content-Encoding: gzip").status())
                    .isEqualTo(413);
            assertThat(client.post(one(1)).status()).isEqualTo(200);
        }
    }

    @Test
    void shouldRefuseAHeaderBeyondTheBound() throws IOException {
        try (RawClient client = new RawClient(collector)) {
            client.send("GET /stats HTTP/1.1\r\nX: " + "x".repeat(2000) + "\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(431);
        }
    }

    @Test
    void shouldRefuseMalformedHeads() throws IOException {
        String[] heads = {
            "POST /batch\r\n\r\n",
            "POST batch HTTP/1.1\r\n\r\n",
            "POST /batch HTTP/2.0\r\n\r\n",
            "POST /a b HTTP/1.1\r\n\r\n",
            "GET /stats HTTP/1.1\r\nno colon\r\n\r\n",
            "GET /stats HTTP/1.1\r\nname : value\r\n\r\n",
            "GET /stats HTTP/1.1\r\na: b\nc: d\r\n\r\n",
            HEAD + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
            HEAD + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
            HEAD + "Content-Length: +5\r\n\r\n",
        };
        for (String head : heads) {
            try (RawClient client = new RawClient(collector)) {
                client.send(head);
                assertThat(client.read().status()).as(head).isEqualTo(400);
            }
        }
    }

    @Test
    void shouldRefuseABodyWithoutALength() throws IOException {
        try (RawClient client = new RawClient(collector)) {
            client.send(HEAD + "\r\n");
            assertThat(client.read().status()).isEqualTo(411);
        }
        try (RawClient client = new RawClient(collector)) {
            client.send(HEAD + "Transfer-Encoding: gzip, chunked\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(501);
        }
    }

    @Test
    void shouldAskForTheBodyWhenTheClientWaits() throws IOException {
        try (RawClient client = new RawClient(collector)) {
            client.send(HEAD + "Expect: 100-continue\r\nContent-Length: " + one(1).length() + "\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(100);
            client.send(one(1));
            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @Test
    void shouldCloseWhenTheClientAsksForIt() throws IOException {
        try (RawClient client = new RawClient(collector)) {
            RawClient.Reply reply = client.post("/batch", utf8(one(1)), "Connection: close");
            assertThat(reply.headers()).containsEntry("connection", "close");
            assertThat(client.readByte()).isEqualTo(-1);
        }
    }

    @Test
    void shouldNotCountARequestThatIsCutShort() throws IOException {
        try (RawClient client = new RawClient(collector)) {
            client.get("/stats");
            client.send(HEAD + "Content-Length: 500\r\n\r\n{");
        }
        collector.awaitOpenConnections(0, WAIT);
        assertThat(collector.stats().requests()).isZero();
    }

    @Test
    void shouldAnswerStatsAndRefuseTheRest() throws IOException {
        try (RawClient client = new RawClient(collector)) {
            client.post(one(1));
            client.post(one(1));
            client.post("{}");
            int bytes = 2 * one(1).length() + 2;
            assertThat(client.get("/stats").body())
                    .isEqualTo("{\"requests\":3,\"events\":2,\"distinct\":1,\"duplicates\":1,\"invalid\":1,"
                            + "\"bytes_wire\":" + bytes + ",\"bytes_plain\":" + bytes
                            + ",\"analytics_events\":0,\"ai_events\":0,\"segment_events\":0,\"log_records\":0}");
            assertThat(client.get("/nothing").status()).isEqualTo(404);
            assertThat(client.post("/batches", utf8(one(2))).status()).isEqualTo(404);
            assertThat(client.get("/batch").status()).isEqualTo(405);
            assertThat(client.post("/batch?compression=none", utf8(one(3))).status())
                    .isEqualTo(200);
        }
        assertThat(collector.requests().get(3).path()).isEqualTo("/batch");
        assertThat(collector.requests().get(3).query()).isEqualTo("compression=none");
        assertThat(collector.stats().requests()).isEqualTo(4);
    }

    @Test
    void shouldKeepHeadersByLowerCaseName() throws IOException {
        try (RawClient client = new RawClient(collector)) {
            client.post("/batch", utf8(one(1)), "User-Agent: penstock/0.1", "X-Two: a", "x-two: b");
        }
        assertThat(collector.requests().get(0).headers())
                .containsEntry("user-agent", "penstock/0.1")
                .containsEntry("x-two", "a, b");
    }

    @Test
    void shouldCloseConnectionsBeyondTheBound() throws IOException {
        try (Collector small = Collector.builder().maxConnections(1).start();
                RawClient first = new RawClient(small)) {
            assertThat(first.post(one(1)).status()).isEqualTo(200);
            try (RawClient second = new RawClient(small)) {
                assertThatThrownBy(() -> second.get("/stats")).isInstanceOf(IOException.class);
            }
            assertThat(first.post(one(2)).status()).isEqualTo(200);
        }
    }

    @Test
    void shouldServeTheJdkClient() throws Exception {
        HttpClient client = HttpClient.newBuilder().build();
        URI uri = collector.uri().resolve("/batch/");
        for (int i = 0; i < 3; i++) {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(WAIT)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(one(i)))
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(collector.totalConnections()).isEqualTo(1);
    }
}
