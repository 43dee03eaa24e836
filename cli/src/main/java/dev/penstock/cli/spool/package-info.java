/**
 * {@code penstock spool}: looks at the directory in which a client keeps events, and sends what is in it.
 * <p>
 * {@code InspectCommand} reads a directory without owning it; {@code SpoolContents} sums it up by whom it is for, {@code
 * InspectReport} and {@code InspectJson} tell. {@code DrainCommand} reads options, {@code KeyCheck} asks whether the key is
 * good before anything is sent, {@code SpoolDrain} opens a client that captures nothing and waits until the directory is
 * empty, {@code DrainReport} and {@code DrainJson} tell.
 */
package dev.penstock.cli.spool;
