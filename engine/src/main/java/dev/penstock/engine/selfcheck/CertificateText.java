package dev.penstock.engine.selfcheck;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** Reads certificates for people. */
final class CertificateText {

    private static final int NAME_OF_HOST = 2;
    private static final int ADDRESS = 7;
    private static final int SHOWN = 4;

    /** In the form of RFC 2253, where a backslash comes before what would otherwise mean something. */
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=((?:\\\\.|[^,\\\\])*)");

    private CertificateText() {}

    /** What hosts a certificate is for. */
    static String names(X509Certificate certificate) {
        List<String> names = alternatives(certificate);
        if (names.isEmpty()) {
            return name(certificate.getSubjectX500Principal());
        }
        String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
    }

    static String issuer(X509Certificate certificate) {
        return name(certificate.getIssuerX500Principal());
    }

    static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }

    /** The day it ends on, in UTC. */
    static LocalDate lastDay(X509Certificate certificate) {
        return day(certificate.getNotAfter().toInstant());
    }

    /** The day it begins on, in UTC. */
    static LocalDate firstDay(X509Certificate certificate) {
        return day(certificate.getNotBefore().toInstant());
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static List<String> alternatives(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all != null) {
                for (List<?> entry : all) {
                    if ((Integer) entry.get(0) == NAME_OF_HOST || (Integer) entry.get(0) == ADDRESS) {
                        names.add(String.valueOf(entry.get(1)));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            return List.of(); // then its subject has to do
        }
        return names;
    }

    /** The common name; else the whole. */
    private static String name(X500Principal principal) {
        Matcher common = COMMON_NAME.matcher(principal.getName());
        return common.find() ? common.group(1).replace("\\", "") : principal.getName();
    }
}
