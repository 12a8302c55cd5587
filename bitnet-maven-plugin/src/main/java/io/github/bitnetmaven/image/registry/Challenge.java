package io.github.bitnetmaven.image.registry;

import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says about the login it wants, in {@code WWW-Authenticate} (RFC 9110, 11.6.1).
 *
 * @param scheme in lower case
 * @param parameters by their names in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {
    private static final int MAXIMUM_LENGTH = 8192;
    /** Either the parameter of a challenge, or the scheme that begins one. */
    private static final Pattern PART = Pattern.compile(
            "([A-Za-z0-9_-]++)[ \\t]*=[ \\t]*(?:\"([^\"]*+)\"|([^\\s,\"]++))|([A-Za-z][A-Za-z0-9-]*+)");

    static List<Challenge> of(HttpHeaders headers) {
        List<Challenge> challenges = new ArrayList<>();
        for (String header : headers.allValues("WWW-Authenticate")) {
            if (header.length() > MAXIMUM_LENGTH) {
                continue;
            }
            Map<String, String> parameters = new HashMap<>();
            Matcher part = PART.matcher(header);
            while (part.find()) {
                if (part.group(4) != null) {
                    parameters = new HashMap<>();
                    challenges.add(new Challenge(part.group(4).toLowerCase(Locale.ROOT), parameters));
                } else {
                    String value = part.group(2) == null ? part.group(3) : part.group(2);
                    parameters.putIfAbsent(part.group(1).toLowerCase(Locale.ROOT), value);
                }
            }
        }
        return challenges;
    }

    static Optional<Challenge> find(List<Challenge> challenges, String scheme) {
        return challenges.stream().filter(c -> c.scheme.equals(scheme)).findFirst();
    }

    /** Empty when the challenge has no such parameter. */
    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
