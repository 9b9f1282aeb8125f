package org.keptnative.configuration.resource;

import org.keptnative.configuration.error.ApiException;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The conditions of a request on what is there (RFC 9110, section 13).
 *
 * @param ifMatch the header of this name, or null
 * @param ifNoneMatch the header of this name, or null
 */
record Preconditions(String ifMatch, String ifNoneMatch) {

    private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");

    /**
     * To be asked in the same change that writes, so that nothing can happen in between.
     *
     * @param present the entity tag of what is there, without quotes; empty when there is nothing
     * @throws ApiException 412, when a condition is not met
     */
    void check(Optional<String> present) {
        if (ifMatch != null && !names(ifMatch, present, false)) {
            throw new ApiException(412, "If-Match is not met: the present entity tag is " + describe(present));
        }
        if (ifNoneMatch != null && names(ifNoneMatch, present, true)) {
            throw new ApiException(412, "If-None-Match is not met: the present entity tag is " + describe(present));
        }
    }

    /** Whether a reader has this state already. */
    boolean isKnown(String tag) {
        return ifNoneMatch != null && names(ifNoneMatch, Optional.of(tag), true);
    }

    private static boolean names(String header, Optional<String> present, boolean weakly) {
        if (header.strip().equals("*")) {
            return present.isPresent();
        }
        Matcher tags = TAG.matcher(header);
        while (tags.find()) {
            if ((weakly || tags.group(1) == null) && present.equals(Optional.of(tags.group(2)))) {
                return true;
            }
        }
        return false;
    }

    private static String describe(Optional<String> tag) {
        return tag.map(text -> '"' + text + '"').orElse("none, since there is no such resource");
    }
}
