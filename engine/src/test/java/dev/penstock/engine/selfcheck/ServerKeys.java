package dev.penstock.engine.selfcheck;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A server's key with a certificate made to measure by the JDK's keytool, and a context that serves and trusts it. */
final class ServerKeys {

    private static final String PASSWORD = "changeit";

    private final Path directory;
    private final Path store;

    private ServerKeys(Path directory) {
        this.directory = directory;
        this.store = directory.resolve("server.p12");
    }

    /** One that vouches for itself; {@code dates} in keytool's options. */
    static SSLContext selfSigned(Path directory, String alternativeName, String... dates) throws Exception {
        ServerKeys keys = new ServerKeys(directory);
        keys.pair("server", "CN=penstock test", List.of("-ext", "san=" + alternativeName), dates);
        return keys.context("server");
    }

    /** One that somebody else has issued, who is not sent along; the context trusts that one. */
    static SSLContext issued(Path directory, String alternativeName) throws Exception {
        ServerKeys keys = new ServerKeys(directory);
        Path request = directory.resolve("server.csr");
        Path certificate = directory.resolve("server.pem");
        keys.pair("issuer", "CN=Penstock Issuer,O=Nobody\\, really", List.of("-ext", "bc:c"), "-validity", "60");
        keys.pair("server", "CN=penstock test", List.of(), "-validity", "60");
        keys.tool("-certreq", "-alias", "server", "-file", request.toString());
        keys.tool(
                "-gencert",
                "-alias",
                "issuer",
                "-infile",
                request.toString(),
                "-outfile",
                certificate.toString(),
                "-validity",
                "60",
                "-ext",
                "san=" + alternativeName);
        keys.tool("-importcert", "-noprompt", "-alias", "server", "-file", certificate.toString());
        return keys.context("issuer");
    }

    private void pair(String alias, String name, List<String> extensions, String... dates) throws Exception {
        List<String> options =
                new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", name));
        options.addAll(extensions);
        options.addAll(List.of(dates));
        tool(options.toArray(new String[0]));
    }

    private void tool(String... options) throws IOException, InterruptedException {
        Path said = directory.resolve("keytool.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new AssertionError("keytool failed: " + Files.readString(said));
        }
    }

    private SSLContext context(String trusted) throws IOException, GeneralSecurityException {
        KeyStore all = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            all.load(in, PASSWORD.toCharArray());
        }
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("trusted", all.getCertificate(trusted));
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(
                "server",
                all.getKey("server", PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                new java.security.cert.Certificate[] {all.getCertificate("server")});
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(own, PASSWORD.toCharArray());
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return context;
    }
}
