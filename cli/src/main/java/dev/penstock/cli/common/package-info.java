/**
 * What the commands share: the screen, number formats, files of lines, the orderly end of a client, its log. Knows no
 * command.
 * <p>
 * A command speaks to its server through an {@code EventClient} and an {@code OutgoingEvent}, both made by the {@code
 * WireProtocol} that the user names; what is PostHog's or Segment's is behind them and nowhere else.
 */
package dev.penstock.cli.common;
