package dev.penstock.engine.encode;

import java.util.Set;

/**
 * The shared properties that a minimal {@code $feature_flag_called} event keeps: what links it to a session, a device and a
 * campaign.
 *
 * <p><b>Source:</b> PostHog's contract for flag-called events, which names categories and campaign parameters.
 */
final class MinimalProperties {

    private static final Set<String> NAMES = Set.of(
            "$session_id",
            "$window_id",
            "$device_id",
            "$process_person_profile",
            "$groups",
            "$geoip_disable",
            "$referring_domain",
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "utm_content",
            "utm_term",
            "gad_source",
            "mc_cid",
            "gclid",
            "gclsrc",
            "dclid",
            "gbraid",
            "wbraid",
            "fbclid",
            "msclkid",
            "twclid",
            "li_fat_id",
            "igshid",
            "ttclid",
            "rdt_cid",
            "epik",
            "qclid",
            "sccid",
            "irclid",
            "_kx");

    private MinimalProperties() {}

    static boolean keeps(String name) {
        return NAMES.contains(name);
    }
}
