package org.keptnative.api.progress;

import jakarta.enterprise.context.ApplicationScoped;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.keptnative.api.auth.ApiTokens;
import org.keptnative.api.error.ApiException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The JWT that opens the websocket: HS256, signed with a key that is derived from the API token, so that nobody who holds
 * one can try API tokens on it elsewhere. One that is signed with the API token itself, as the original does, is valid
 * too: services and clients have such while this one takes its place.
 */
@ApplicationScoped
public class ChannelToken {

    private static final int VALID_MINUTES = 360 * 24 * 60;
    private static final long REUSE_MILLIS = 60 * 60 * 1000L;
    private static final String PURPOSE = "keptn progress token 1";

    private final ApiTokens apiTokens;
    private volatile Minted latest = new Minted("", new byte[0], 0);

    private record Minted(String jwt, byte[] key, long reuseUntil) {}

    ChannelToken(ApiTokens apiTokens) {
        this.apiTokens = apiTokens;
    }

    /** Valid for 360 days; it says nothing of a context, so one serves many. */
    public String mint() {
        Minted minted = latest;
        byte[] key = apiTokens.keysFor(PURPOSE).stream()
                .findFirst()
                .orElseThrow(() -> new ApiException(503, "no API token is valid any more"));
        if (System.currentTimeMillis() > minted.reuseUntil || !Arrays.equals(key, minted.key)) {
            minted = new Minted(sign(key), key, System.currentTimeMillis() + REUSE_MILLIS);
            latest = minted;
        }
        return minted.jwt;
    }

    boolean isValid(String jwt) {
        return Stream.of(apiTokens.keysFor(PURPOSE), apiTokens.keys())
                .flatMap(List::stream)
                .anyMatch(key -> isSignedWith(key, jwt));
    }

    private static String sign(byte[] key) {
        JwtClaims claims = new JwtClaims();
        claims.setExpirationTimeMinutesInTheFuture(VALID_MINUTES);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        signature.setKey(new HmacKey(key));
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("no channel token could be signed", e);
        }
    }

    private static boolean isSignedWith(byte[] key, String jwt) {
        try {
            new JwtConsumerBuilder()
                    .setVerificationKey(new HmacKey(key))
                    .setRelaxVerificationKeyValidation()
                    .setRequireExpirationTime()
                    .setJwsAlgorithmConstraints(
                            AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256)
                    .build()
                    .processToClaims(jwt);
            return true;
        } catch (InvalidJwtException e) {
            return false;
        }
    }
}
