package org.keptnative.api.service;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Whether something begins like a chart: as a tar archive in gzip form. What is in it is looked at by whoever gets it.
 * Format: POSIX.1-2017, pax, "ustar Interchange Format".
 */
final class HelmArchive {

    private static final int HEADER = 512;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;

    private HelmArchive() {}

    static boolean isOne(byte[] bytes) {
        try (InputStream tar = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] header = tar.readNBytes(HEADER);
            return header.length == HEADER && checksum(header) == saidChecksum(header);
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }

    /** The sum of all bytes; those of the sum itself count as blanks. */
    private static int checksum(byte[] header) {
        int sum = CHECKSUM_LENGTH * ' ';
        for (int i = 0; i < HEADER; i++) {
            if (i < CHECKSUM || i >= CHECKSUM + CHECKSUM_LENGTH) {
                sum += header[i] & 0xff;
            }
        }
        return sum;
    }

    private static int saidChecksum(byte[] header) {
        String digits = new String(header, CHECKSUM, CHECKSUM_LENGTH, US_ASCII);
        return Integer.parseInt(digits.replace('\0', ' ').strip(), 8);
    }
}
