package io.github.bitnetmaven.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ModelCatalogueTest {
    private static final String ALL = "BitNet-b1.58-2B-4T, bitnet_b1_58-large, bitnet_b1_58-3B,"
            + " Llama3-8B-1.58-100B-tokens, Falcon3-1B-Instruct-1.58bit, Falcon3-3B-Instruct-1.58bit,"
            + " Falcon3-3B-1.58bit, Falcon3-7B-Instruct-1.58bit, Falcon3-7B-1.58bit, Falcon3-10B-Instruct-1.58bit,"
            + " Falcon3-10B-1.58bit, Falcon-E-1B-Instruct, Falcon-E-1B-Base, Falcon-E-3B-Instruct, Falcon-E-3B-Base,"
            + " bitnet-embedding-0.6b, bitnet-embedding-270m";

    private final ModelCatalogue catalogue = ModelCatalogue.load();

    @Test
    void knowsEveryModelOfBitNet() {
        assertThat(catalogue.entries()).hasSize(17);
        assertThat(catalogue.entries()).allSatisfy(entry -> {
            assertThat(entry.repository()).endsWith("/" + entry.name());
            assertThat(entry.kernels()).containsOnlyKeys("x86_64", "arm64");
            assertThat(entry.kernels().get("x86_64")).isSubsetOf("i2_s", "tl2").isNotEmpty();
            assertThat(entry.kernels().get("arm64")).isSubsetOf("i2_s", "tl1");
            assertThat(entry.files()).allSatisfy(file -> {
                assertThat(file.sha256()).matches("[0-9a-f]{64}");
                assertThat(file.bytes()).isBetween(500_000_000L, 5_000_000_000L);
                assertThat(entry.kernels().get("x86_64")).contains(file.quantization());
            });
        });
    }

    @Test
    void pinsTheDefaultModel() throws Exception {
        var file = catalogue.publishedFile(catalogue.byName("BitNet-b1.58-2B-4T"));
        assertThat(file.url("https://huggingface.co"))
                .isEqualTo("https://huggingface.co/microsoft/bitnet-b1.58-2B-4T-gguf/resolve/"
                        + "a1f2f1c765812aa8af3f6eda4a313707064bba15/ggml-model-i2_s.gguf");
        assertThat(file.bytes()).isEqualTo(1_187_801_280);
        assertThat(file.sha256()).isEqualTo("4221b252fdd5fd25e15847adfeb5ee88886506ba50b8a34548374492884c2162");
    }

    @Test
    void saysWhichModelWasPerhapsMeant() {
        assertUnknown("Bitnet-b1.58-2b-4t", " Did you mean BitNet-b1.58-2B-4T?");
        assertUnknown("Falcon-E-1B-Bse", " Did you mean Falcon-E-1B-Base?");
        assertUnknown("gpt-oss", "");
    }

    @Test
    void saysWhatToDoAboutAModelThatNobodyPublishes() {
        assertThatThrownBy(() -> catalogue.publishedFile(catalogue.byName("bitnet_b1_58-3B")))
                .isInstanceOf(ModelException.class)
                .hasMessage("Of the model bitnet_b1_58-3B no GGUF file with a known digest is published. Convert it with"
                        + " BitNet's setup_env.py and give the result as <model><file> (-Dbitnet.model.file), or give"
                        + " <model><url> and <sha256> of a file that you trust. These models can be downloaded by name:"
                        + " BitNet-b1.58-2B-4T, Falcon3-1B-Instruct-1.58bit, Falcon3-3B-Instruct-1.58bit,"
                        + " Falcon3-7B-Instruct-1.58bit, Falcon3-10B-Instruct-1.58bit, Falcon-E-1B-Instruct,"
                        + " Falcon-E-3B-Instruct.");
    }

    private void assertUnknown(String name, String meant) {
        assertThatThrownBy(() -> catalogue.byName(name))
                .isInstanceOf(ModelException.class)
                .hasMessage("<model><name> (-Dbitnet.model) is " + name + ", which is not in the catalogue." + meant
                        + " There are: " + ALL
                        + ". Any other model is given by <model><file> or by <model><url> with <sha256>.");
    }
}
