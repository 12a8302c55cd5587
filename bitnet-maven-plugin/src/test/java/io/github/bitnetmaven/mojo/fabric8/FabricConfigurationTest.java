package io.github.bitnetmaven.mojo.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.engine.EngineAddress;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FabricConfigurationTest {
    private static final EngineAddress SOCKET =
            new EngineAddress(URI.create("unix:///run/docker.sock"), null, "the test");

    private final Map<String, String> properties = new HashMap<>();

    @Test
    void everyWayToSucceedWithoutAnImageIsClosed() throws Exception {
        assertThat(of(null, SOCKET, build(null, Map.of(), false))).isEqualTo(dom("""
                <configuration>
                  <dockerHost>unix:///run/docker.sock</dockerHost>
                  <skipMachine>true</skipMachine>
                  <skip>false</skip>
                  <skipBuild>false</skipBuild>
                  <skipPom>false</skipPom>
                  <jib>false</jib>
                  <filter>acme/bitnet:1.0-building-01234567</filter>
                  <buildArchiveOnly>false</buildArchiveOnly>
                  <outputDirectory>/p/target/bitnet/fabric8</outputDirectory>
                  <images>
                    <image>
                      <name>acme/bitnet:1.0-building-01234567</name>
                      <external><type>properties</type><mode>skip</mode></external>
                      <build>
                        <contextDir>/p/target/bitnet/context</contextDir>
                        <dockerFile>/p/target/bitnet/context/Dockerfile</dockerFile>
                        <filter>false</filter>
                        <cleanup>none</cleanup>
                      </build>
                    </image>
                  </images>
                </configuration>"""));
    }

    @Test
    void aPushPushesTheOneImageWhateverElseIsConfigured() throws Exception {
        Xpp3Dom users = dom("""
                <configuration>
                  <skipPush>true</skipPush>
                  <images><image><name>other</name></image></images>
                  <retries>3</retries>
                </configuration>""");
        assertThat(new FabricConfiguration(new DockerMavenPlugin("0.49.0", false, List.of(), users), SOCKET, properties::get)
                        .push("acme/bitnet:1.0"))
                .isEqualTo(dom("""
                <configuration>
                  <retries>3</retries>
                  <dockerHost>unix:///run/docker.sock</dockerHost>
                  <skipMachine>true</skipMachine>
                  <skip>false</skip>
                  <skipPush>false</skipPush>
                  <skipPom>false</skipPom>
                  <jib>false</jib>
                  <filter>acme/bitnet:1.0</filter>
                  <images>
                    <image>
                      <name>acme/bitnet:1.0</name>
                      <external><type>properties</type><mode>skip</mode></external>
                      <build><from>scratch</from><cleanup>none</cleanup></build>
                    </image>
                  </images>
                </configuration>"""));
    }

    @Test
    void theUsersConfigurationIsCopiedButForWhatIsOurs() throws Exception {
        Xpp3Dom users = dom("""
                <configuration>
                  <dockerHost>tcp://other:2375</dockerHost>
                  <certPath>/other</certPath>
                  <skip>true</skip>
                  <images><image><name>other</name></image></images>
                  <registry>registry.example.org</registry>
                  <authConfig><username>me</username></authConfig>
                </configuration>""");
        Xpp3Dom configuration = of(users, SOCKET, build(null, Map.of(), false));
        assertThat(configuration.getChild("registry").getValue()).isEqualTo("registry.example.org");
        assertThat(configuration.getChild("authConfig").getChild("username").getValue()).isEqualTo("me");
        assertThat(configuration.getChildren("dockerHost")).hasSize(1);
        assertThat(configuration.getChild("dockerHost").getValue()).isEqualTo("unix:///run/docker.sock");
        assertThat(configuration.getChild("certPath")).isNull();
        assertThat(configuration.getChildren("skip")).hasSize(1);
        assertThat(configuration.getChild("skip").getValue()).isEqualTo("false");
        assertThat(configuration.getChild("images").getChildCount()).isEqualTo(1);
    }

    @Test
    void certificatesAreThoseOfTheAddress() throws Exception {
        EngineAddress tls = new EngineAddress(URI.create("https://host:2376"), Path.of("/certs"), "the test");
        Xpp3Dom configuration = of(null, tls, build(null, Map.of(), false));
        assertThat(configuration.getChild("dockerHost").getValue()).isEqualTo("https://host:2376");
        assertThat(configuration.getChild("certPath").getValue()).isEqualTo("/certs");
    }

    @Test
    void anArgumentThatTheUserGivesIsNotGivenTwice() throws Exception {
        properties.put("docker.buildArg.A", "theirs");
        Xpp3Dom users = dom("<configuration><buildArgs><B>theirs</B></buildArgs></configuration>");
        Xpp3Dom build = buildElement(of(users, SOCKET, build(null, Map.of("A", "1", "B", "2", "C", "3"), false)));
        assertThat(build.getChild("args")).isEqualTo(dom("<args><C>3</C></args>"));
    }

    @Test
    void aStageCanBeTheTarget() throws Exception {
        Xpp3Dom build = buildElement(of(null, SOCKET, build("backend", Map.of(), false)));
        assertThat(build.getChild("target").getValue()).isEqualTo("backend");
    }

    @Test
    void imagesThatNoRegistryHasAreNeverPulled() throws Exception {
        assertThat(buildElement(of(null, SOCKET, build(null, Map.of(), false))).getChild("imagePullPolicy"))
                .isNull();
        assertThat(buildElement(of(null, SOCKET, build(null, Map.of(), true)))
                        .getChild("imagePullPolicy")
                        .getValue())
                .isEqualTo("IfNotPresent");
    }

    private Xpp3Dom of(@Nullable Xpp3Dom users, EngineAddress address, FabricBuild build) {
        return new FabricConfiguration(
                        new DockerMavenPlugin("0.49.0", false, List.of(), users), address, properties::get)
                .of(build);
    }

    private static Xpp3Dom buildElement(Xpp3Dom configuration) {
        return configuration.getChild("images").getChild("image").getChild("build");
    }

    private static FabricBuild build(@Nullable String target, Map<String, String> args, boolean localImages) {
        return new FabricBuild(
                "acme/bitnet:1.0-building-01234567",
                Path.of("/p/target/bitnet/context"),
                Path.of("/p/target/bitnet/context/Dockerfile"),
                target,
                args,
                Path.of("/p/target/bitnet/fabric8"),
                localImages);
    }

    private static Xpp3Dom dom(String xml) throws Exception {
        return Xpp3DomBuilder.build(new StringReader(xml));
    }
}
