package org.keptnative.datastore.transfer;

import java.math.BigDecimal;

/**
 * Keptn 0.7 kept each number as a double, and answered with the shortest text of it: 1.0 as 1. What it was before can be
 * told as long as it had no more than 15 digits.
 */
final class OriginalNumber {

    private static final double LEAST_PLAIN = 1e-6;
    private static final double LEAST_WITH_EXPONENT = 1e21;

    private OriginalNumber() {}

    /**
     * @param text of a number, with or without decimals and exponent
     * @throws NumberFormatException when JSON has no such number
     */
    static String of(String text) {
        double number = Double.parseDouble(text);
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new NumberFormatException(text);
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        double size = Math.abs(number);
        return size < LEAST_PLAIN || size >= LEAST_WITH_EXPONENT ? withExponent(shortest) : shortest.toPlainString();
    }

    private static String withExponent(BigDecimal number) {
        int exponent = number.precision() - number.scale() - 1;
        String digits = number.scaleByPowerOfTen(-exponent).toPlainString();
        return digits + (exponent < 0 ? "e-" : "e+") + Math.abs(exponent);
    }
}
