/**
 * {@code penstock doctor}: looks at the way to the server and says what is wrong.
 * <p>
 * The client's own self check does the work; {@code Examination} opens a client for it, {@code DoctorReport} and {@code
 * DoctorJson} show what it found.
 */
package dev.penstock.cli.doctor;
