package io.github.bitnetmaven.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.image.ArchiveBuilder;
import io.github.bitnetmaven.image.ImageException;
import io.github.bitnetmaven.image.LayerBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins, and where they go. */
@Timeout(60)
class LoginTest {
    /** bob:s3cret */
    private static final String BASIC = "Basic Ym9iOnMzY3JldA==";

    private static final String TAG = "/v2/acme/app/manifests/1";

    private final ArchiveBuilder image = new ArchiveBuilder().layer(new LayerBuilder().file("a", 100));
    private final List<String> posted = new CopyOnWriteArrayList<>();
    private FakeRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = new FakeRegistry();
        registry.serve("1", image);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    /** Lets only those in who carry this. */
    private void protect(String authorization, String challenge) {
        for (String path : List.of(
                TAG, FakeRegistry.blobPath(image.configuration()), FakeRegistry.blobPath(image.blobs().get(0)))) {
            FakeRegistry.Answer answer = registry.answerAt(path);
            registry.at(path, exchange -> {
                if (authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                    answer.to(exchange);
                } else {
                    exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
                    FakeRegistry.status(exchange, 401);
                }
            });
        }
    }

    private void protectByToken() {
        protect(
                "Bearer t0ken",
                "Bearer realm=\"http://" + registry.host()
                        + "/token?a=b\",service=\"the service\",scope=\"repository:acme/app:pull\"");
    }

    private void tokenAnswer(String json) {
        registry.at("/token", exchange -> {
            posted.add(exchange.getRequestURI().getRawQuery() + FakeRegistry.text(exchange.getRequestBody()));
            FakeRegistry.bytes(exchange, 200, json.getBytes(StandardCharsets.UTF_8));
        });
    }

    @Test
    void aRegistryThatAsksForNothingIsToldNothing() throws Exception {
        registry.read(":1", null, FakeRegistry.bob());
        assertThat(registry.requests()).noneMatch(request -> request.contains("Basic"));
    }

    @Test
    void basicIsAnsweredWithUserAndPassword() throws Exception {
        protect(BASIC, "Basic realm=\"x\"");
        assertThat(registry.read(":1", null, FakeRegistry.bob()).id()).isEqualTo(image.id());
        assertThat(registry.requests()).containsOnlyOnce(TAG);
    }

    @Test
    void aTokenIsFetchedOnceAndWithoutALoginWhereNoneIsKnown() throws Exception {
        protectByToken();
        tokenAnswer("{\"access_token\":\"t0ken\"}");
        assertThat(registry.read("1").id()).isEqualTo(image.id());
        assertThat(posted).containsExactly("a=b&service=the+service&scope=repository%3Aacme%2Fapp%3Apull");
        assertThat(registry.requests()).contains("/token");
    }

    @Test
    void aTokenIsFetchedWithTheLoginWhichTheRegistryItselfNeverSees() throws Exception {
        protectByToken();
        tokenAnswer("{\"token\":\"t0ken\"}");
        assertThat(registry.read(":1", null, FakeRegistry.bob()).id()).isEqualTo(image.id());
        assertThat(registry.requests()).contains("/token " + BASIC);
        assertThat(registry.requests()).noneMatch(request -> request.startsWith("/v2/") && request.contains("Basic"));
    }

    @Test
    void anIdentityTokenIsPostedForAToken() throws Exception {
        protectByToken();
        tokenAnswer("{\"token\":\"t0ken\"}");
        CredentialSource identity =
                repository -> Optional.of(new Credential("<token>", "r3fresh", true, "the test"));
        assertThat(registry.read(":1", null, identity).id()).isEqualTo(image.id());
        assertThat(posted)
                .containsExactly("a=bgrant_type=refresh_token&client_id=bitnet-maven-plugin&service=the+service"
                        + "&scope=repository%3Aacme%2Fapp%3Apull&refresh_token=r3fresh");
    }

    @Test
    void aTokenThatRunsOutIsFetchedAgain() throws Exception {
        protectByToken();
        tokenAnswer("{\"token\":\"t0ken\"}");
        String layer = FakeRegistry.blobPath(image.blobs().get(0));
        FakeRegistry.Answer answer = registry.answerAt(layer);
        registry.at(layer, exchange -> {
            if (posted.size() == 1) {
                exchange.getResponseHeaders()
                        .set("WWW-Authenticate", "Bearer realm=\"http://" + registry.host() + "/token\"");
                FakeRegistry.status(exchange, 401);
            } else {
                answer.to(exchange);
            }
        });
        assertThat(registry.read("1").id()).isEqualTo(image.id());
        assertThat(posted).hasSize(2);
    }

    @Test
    void aRegistryThatWantsALoginIsNamedAndHowToLogIn() {
        protect(BASIC, "Basic realm=\"x\"");
        assertThatThrownBy(() -> registry.read("1"))
                .isInstanceOf(ImageException.class)
                .hasMessage("The registry " + registry.host() + " wants a login to read acme/app, or has no such"
                        + " repository. Log in with \"docker login " + registry.host() + "\", or give Maven's"
                        + " settings.xml a <server> with the <id>" + registry.host() + "</id>, a <username> and a"
                        + " <password>.");
    }

    @Test
    void aLoginThatIsRefusedIsNamedByWhereItCameFrom() {
        protect("Basic other", "Basic realm=\"x\"");
        String message = "The registry " + registry.host() + " does not let the login of the test read acme/app. Log in"
                + " again with \"docker login " + registry.host() + "\", or mend the <server> of Maven's settings.xml;"
                + " the login needs the right to pull.";
        assertThatThrownBy(() -> registry.read(":1", null, FakeRegistry.bob())).hasMessage(message);
        registry.at(TAG, exchange -> FakeRegistry.status(exchange, 403));
        assertThatThrownBy(() -> registry.read(":1", null, FakeRegistry.bob())).hasMessage(message);
    }

    @Test
    void aTokenServerThatRefusesTheLoginSaysSoOnce() {
        protectByToken();
        registry.at("/token", exchange -> FakeRegistry.status(exchange, 401));
        assertThatThrownBy(() -> registry.read(":1", null, FakeRegistry.bob()))
                .hasMessageContaining("does not let the login of the test read acme/app.");
        assertThatThrownBy(() -> registry.read("1")).hasMessageContaining(" wants a login to read acme/app");
    }

    @Test
    void aTokenThatIsNoUseIsNotFetchedForEver() {
        protectByToken();
        tokenAnswer("{\"token\":\"other\"}");
        assertThatThrownBy(() -> registry.read("1")).hasMessageContaining(" wants a login to read acme/app");
        assertThat(posted).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "null", "[]", "{}", "{\"token\":1.5", "{\"token\":\"\"}", "{\"token\":{\"a\":1}}",
                "{\"token\":\"a b\"}", "{\"token\":\"a\\r\\nX-Evil: 1\"}", "s3cret<html>"
            })
    void anAnswerWithoutATokenIsRefusedAndNotQuoted(String answer) {
        protectByToken();
        tokenAnswer(answer);
        String host = registry.host();
        assertThatThrownBy(() -> registry.read("1"))
                .hasMessage("The token server " + host + " of the registry " + host + " answered without a token that"
                        + " can be used. Check the registry's configuration, and the proxy if there is one.")
                .satisfies(thrown -> assertThat(stackTrace(thrown)).doesNotContain("s3cret", "X-Evil"));
    }

    @Test
    void aTokenServerThatTalksWithoutAnEndIsGivenUp() {
        protectByToken();
        registry.at("/token", exchange -> FakeRegistry.endless(exchange, new byte[] {'{'}));
        assertThatThrownBy(() -> registry.read("1"))
                .hasMessageEndingWith(" is longer than 1048576 bytes, which none needs.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://registry.invalid/token", "ftp://127.0.0.1/", "file:///etc/passwd", "", "https://u:p@x/"})
    void aLoginIsNotSentToATokenServerWithoutEncryption(String realm) {
        protect("Bearer t0ken", "Bearer realm=\"" + realm + "\"");
        assertThatThrownBy(() -> registry.read(":1", null, FakeRegistry.bob()))
                .hasMessage("The registry " + registry.host() + " names '" + realm + "' as its token server, which is no"
                        + " address that a login may be sent to: it must be https. Check the registry's"
                        + " configuration.");
    }

    @Test
    void aRedirectToAnotherServerDoesNotCarryTheLogin() throws Exception {
        try (FakeRegistry storage = new FakeRegistry()) {
            String path = FakeRegistry.blobPath(image.blobs().get(0));
            storage.serve(image);
            protect(BASIC, "Basic realm=\"x\"");
            registry.at(path, exchange -> FakeRegistry.redirect(exchange, "http://" + storage.host() + path + "?sig=1"));
            assertThat(registry.read(":1", null, FakeRegistry.bob()).id()).isEqualTo(image.id());
            assertThat(registry.requests()).contains(path + " " + BASIC);
            assertThat(storage.requests()).containsExactly(path);
        }
    }

    @Test
    void aStorageThatWantsALoginGetsNone() throws Exception {
        try (FakeRegistry storage = new FakeRegistry()) {
            storage.at("/steal", exchange -> {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
                FakeRegistry.status(exchange, 401);
            });
            registry.at(TAG, exchange -> FakeRegistry.redirect(exchange, "http://" + storage.host() + "/steal"));
            assertThatThrownBy(() -> registry.read(":1", null, FakeRegistry.bob()))
                    .hasMessage("The registry " + registry.host()
                            + " answered with status 401. Check the name of the image.");
            assertThat(storage.requests()).containsExactly("/steal");
        }
    }

    @Test
    void aLoginThatCannotBeReadOnlyMattersWhereOneIsNeeded() throws Exception {
        CredentialSource broken = repository -> {
            throw new ImageException("The helper is broken.");
        };
        protectByToken();
        tokenAnswer("{\"token\":\"t0ken\"}");
        assertThat(registry.read(":1", null, broken).id()).isEqualTo(image.id());
        protect(BASIC, "Basic realm=\"x\"");
        assertThatThrownBy(() -> registry.read(":1", null, broken)).hasMessage("The helper is broken.");
    }

    @Test
    void noSecretIsInAnythingThatIsPrinted() {
        protect("Basic other", "Basic realm=\"x\"");
        assertNoSecret(() -> registry.read(":1", null, FakeRegistry.bob()));
        assertThat(Credential.ofPassword("bob", "s3cret", "the test")).hasToString("Credential[the test]");
    }

    @Test
    void aLoginOfAKindThatIsNotKnownIsNamed() {
        protect("x", "Negotiate, NTLM");
        assertThatThrownBy(() -> registry.read("1"))
                .hasMessage("The registry " + registry.host() + " wants a login of a kind that is neither Basic nor"
                        + " Bearer. Pull the image with a client that knows it, and audit it from the engine or an"
                        + " archive.");
    }

    @Test
    void theRightChallengeOfSeveralIsAnswered() throws Exception {
        protect(BASIC, "Negotiate abc==, bAsIc realm = \"a, b\", charset=UTF-8");
        assertThat(registry.read(":1", null, FakeRegistry.bob()).id()).isEqualTo(image.id());
    }

    private static void assertNoSecret(ThrowingCallable call) {
        assertThatThrownBy(call).satisfies(thrown -> assertThat(stackTrace(thrown))
                .doesNotContain("s3cret", BASIC.substring("Basic ".length())));
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
