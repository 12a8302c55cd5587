import io.github.bitnetmaven.it.GitRepository

// A repository with the tiny backend at v1, and behind that a commit that does not compile.
def repository = GitRepository.create(basedir.toPath().resolve('repository'))
repository.commit(new File(tinyBackend).toPath(), 'v1')
new File(basedir, 'repository/ggml/ggml.c').text = 'this does not compile'
repository.commit('v2')
true
