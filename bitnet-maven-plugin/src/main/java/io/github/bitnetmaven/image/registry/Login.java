package io.github.bitnetmaven.image.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.bitnetmaven.image.ImageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers a registry that wants to know who asks: with a user and a password (Basic), or with a token that another server
 * gives out, to anybody or for a login (https://distribution.github.io/distribution/spec/auth/token/ and oauth/). Safe for
 * use by several threads.
 */
final class Login {
    private static final int MAXIMUM_ANSWER = 1 << 20;
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,65536}");

    private final Repository repository;
    private final CredentialSource credentials;
    private final RegistryHttp http;
    private @Nullable String authorization;
    private boolean searched;
    private @Nullable Credential found;
    private @Nullable ImageException unreadable;

    Login(Repository repository, CredentialSource credentials, RegistryHttp http) {
        this.repository = repository;
        this.credentials = credentials;
        this.http = http;
    }

    /** What requests carry; null as long as the registry has not asked for anything. */
    synchronized @Nullable String authorization() {
        return authorization;
    }

    /**
     * Logs in, unless another thread just has.
     *
     * @param refused what the request carried that the registry refused
     * @param first whether the request was refused for the first time: a token may just have run out
     * @param plain whether the registry is spoken to without encryption
     * @throws ImageException when there is no login, or it is refused
     */
    synchronized void answer(HttpHeaders headers, @Nullable String refused, boolean first, boolean plain)
            throws ImageException {
        if (authorization != null && !authorization.equals(refused)) {
            return;
        }
        Optional<Credential> credential = credential();
        if (!first) {
            throw credential.isPresent() ? refused(credential.get()) : wanted();
        }
        List<Challenge> challenges = Challenge.of(headers);
        Optional<Challenge> bearer = Challenge.find(challenges, "bearer");
        if (bearer.isPresent()) {
            authorization = "Bearer " + token(bearer.get(), credential, plain);
        } else if (Challenge.find(challenges, "basic").isPresent()) {
            Credential login = credential.orElseThrow(this::wanted);
            if (login.isIdentityToken() || login.basic().equals(refused)) {
                throw refused(login);
            }
            authorization = login.basic();
        } else {
            throw new ImageException("The registry " + repository.registry() + " wants a login of a kind that is"
                    + " neither Basic nor Bearer. Pull the image with a client that knows it, and audit it from the"
                    + " engine or an archive.");
        }
    }

    /** The exception for a registry that knows who asks, and does not give what is asked for. */
    synchronized ImageException denied() {
        Optional<Credential> credential = credential();
        return credential.isPresent() ? refused(credential.get()) : wanted();
    }

    /** Looked for once, since a helper may ask the user. */
    private Optional<Credential> credential() {
        if (!searched) {
            searched = true;
            try {
                found = credentials.find(repository).orElse(null);
            } catch (ImageException e) {
                // Without a login, a public image can be read all the same.
                unreadable = e;
            }
        }
        return Optional.ofNullable(found);
    }

    private String token(Challenge challenge, Optional<Credential> credential, boolean plain) throws ImageException {
        URI realm = realm(challenge, plain);
        String scope = challenge.parameter("scope");
        String query = "service=" + encoded(challenge.parameter("service"))
                + "&scope=" + encoded(scope.isEmpty() ? "repository:" + repository.path() + ":pull" : scope);
        HttpResponse<InputStream> response;
        if (credential.isPresent() && credential.get().isIdentityToken()) {
            String form = "grant_type=refresh_token&client_id=bitnet-maven-plugin&" + query + "&refresh_token="
                    + encoded(credential.get().secret());
            response = http.send(realm, Map.of(), null, form);
        } else {
            String separator = realm.getRawQuery() == null ? "?" : "&";
            String basic = credential.map(Credential::basic).orElse(null);
            response = http.send(URI.create(realm + separator + query), Map.of(), basic, null);
        }
        String server = "token server " + realm.getAuthority() + " of the registry " + repository.registry();
        int status = response.statusCode();
        if (status == 400 || status == 401 || status == 403) {
            RegistryHttp.close(response);
            throw credential.isPresent() ? refused(credential.get()) : wanted();
        }
        if (status != 200) {
            RegistryHttp.close(response);
            throw new ImageException("The " + server + " answered with status " + status + ". Try again later.");
        }
        return token(http.body(response, MAXIMUM_ANSWER, "answer of the " + server), server);
    }

    private static String token(byte[] json, String server) throws ImageException {
        try {
            JsonNode answer = new ObjectMapper().readTree(json);
            String token = answer.path("token").asText("");
            token = token.isEmpty() ? answer.path("access_token").asText("") : token;
            if (TOKEN.matcher(token).matches()) {
                return token;
            }
        } catch (IOException e) {
            // The exception quotes the text, which may be a token: it must not be the cause.
        }
        throw new ImageException("The " + server + " answered without a token that can be used. Check the registry's"
                + " configuration, and the proxy if there is one.");
    }

    /** Where tokens are given out: a login goes there, so it must be encrypted wherever the registry is. */
    private URI realm(Challenge challenge, boolean plain) throws ImageException {
        try {
            URI realm = URI.create(challenge.parameter("realm"));
            boolean secure = "https".equalsIgnoreCase(realm.getScheme());
            boolean mayBePlain = "http".equalsIgnoreCase(realm.getScheme()) && plain && http.mayBePlain(realm);
            if (realm.getHost() != null
                    && realm.getUserInfo() == null
                    && realm.getRawFragment() == null
                    && (secure || mayBePlain)) {
                return realm;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new ImageException("The registry " + repository.registry() + " names '"
                + Text.printable(challenge.parameter("realm")) + "' as its token server, which is no address that a"
                + " login may be sent to: it must be https. Check the registry's configuration.");
    }

    private ImageException wanted() {
        if (unreadable != null) {
            return unreadable;
        }
        return new ImageException("The registry " + repository.registry() + " wants a login to read "
                + repository.path() + ", or has no such repository. Log in with \"" + dockerLogin() + "\", or give"
                + " Maven's settings.xml a <server> with the <id>" + repository.registry() + "</id>, a <username> and"
                + " a <password>.");
    }

    private ImageException refused(Credential credential) {
        return new ImageException("The registry " + repository.registry() + " does not let the login of "
                + credential.origin() + " read " + repository.path() + ". Log in again with \"" + dockerLogin()
                + "\", or mend the <server> of Maven's settings.xml; the login needs the right to pull.");
    }

    /** Without a name, it is for Docker Hub. */
    private String dockerLogin() {
        String registry = repository.registry();
        return "docker login" + (repository.loginNames().get(0).equals(registry) ? " " + registry : "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
