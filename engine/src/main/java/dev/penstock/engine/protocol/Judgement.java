package dev.penstock.engine.protocol;

/**
 * A server's word on one event.
 *
 * @param verdict what it means
 * @param reason the word and its details, bounded and on one line, for reports
 */
public record Judgement(EventVerdict verdict, String reason) {}
