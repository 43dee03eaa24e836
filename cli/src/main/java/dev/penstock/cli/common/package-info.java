/**
 * What the commands share: the screen, number formats, files of lines, the orderly end of a client, its log. Knows no
 * command.
 */
package dev.penstock.cli.common;
